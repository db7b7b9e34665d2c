"""What is kept only until a case is closed is gone with its end: from the pages, the copy, the list, and for good."""

from uuid import uuid4

import pytest

from casework.cases import assignment, consenting, copying, kinds, legal_status, letting_go, life, sections
from casework.cases.legal_status import Needed
from casework.cases.questions import stored_key
from casework.vault import Section
from tests import factories

HEALTH = {"deportation.fear": "yes", "deportation.representation": "none"}
PLAN = {"organise_by": "Asha", "organise_channel": "signal", "groups": ["woman"]}


@pytest.fixture
def ref(asha):
    return factories.kind_case(asha, "deportation", {"fear": "yes", "representation": "none"}).ref


def values(actor, ref, section):
    return dict(factories.reload(actor, ref).section(section).values)


def save(actor, ref, section, told):
    sections.save(actor, ref, section, told, factories.reload(actor, ref).section(section).rev)


def end(actor, ref):
    life.close(actor, ref, factories.ending("out_of_scope"), factories.reload(actor, ref).row.status)


def test_it_goes_with_the_end_and_what_is_kept_longer_stays(asha, ref):
    assert values(asha, ref, Section.LEGAL) == HEALTH
    end(asha, ref)
    assert values(asha, ref, Section.LEGAL) == {"deportation.representation": "none"}


def test_it_does_not_come_back_when_the_case_is_opened_again(asha, bo, ref):
    assignment.assign(asha, ref, asha.user_id, bo.user_id, (asha.user_id, None))
    end(asha, ref)
    life.reopen(asha, ref, "They called again", "assessment")
    assert "deportation.fear" not in values(asha, ref, Section.LEGAL)


def test_no_copy_holds_it_afterwards_and_the_record_names_the_question_alone(asha, ref, events):
    end(asha, ref)
    assert "fear" not in str(copying.for_machines(copying.gather(asha, ref)))
    saved = [told["fields"] for name, told in events(ref) if name == "section.saved"]
    assert ["deportation.fear"] in saved


@pytest.mark.parametrize("kind", [None, *(one.key for one in kinds.all())])
def test_every_question_is_found_by_the_key_under_which_it_is_stored(kind):
    fields = kinds.get(kind).every_field if kind else kinds.common()
    for field in fields:
        assert letting_go.asked(stored_key(kind, field.key)) is field


def test_who_wants_to_organise_still_does_after_the_end(asha, ref):
    for purpose in ("profile", "organise"):
        consenting.record(asha, ref, factories.answer(purpose), uuid4())
    save(asha, ref, Section.PROFILE, PLAN)
    end(asha, ref)
    assert values(asha, ref, Section.PROFILE) == {"organise_by": "Asha", "organise_channel": "signal"}


def test_a_status_that_a_legal_step_needed_goes_too(asha, bo, ref):
    assignment.assign(asha, ref, asha.user_id, bo.user_id, (asha.user_id, None))
    legal_status.write(asha, ref, Needed("removal", "expired"))
    end(asha, ref)
    assert legal_status.look(asha, ref) is None


@pytest.mark.parametrize("key", ["gone_kind.what", "deportation.gone", "closings", "joined"])
def test_a_question_that_no_file_asks_any_more_harms_no_end(key):
    assert letting_go.asked(key) is None
