"""Attempts to keep, read or prolong an immigration status beyond who needs it and when."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.cases import assignment, cards, consenting, legal_status, sections
from casework.cases.legal_status import Needed
from casework.cases.models import LegalStatus
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import Section
from tests import factories

NEEDED = Needed("removal", "expired", "Expired in March.")


@pytest.fixture
def ref(asha, bo):
    ref = factories.case(asha, called="Amina Test").ref
    assignment.assign(asha, ref, asha.user_id, bo.user_id, (asha.user_id, None))
    return ref


def told(actor, ref):
    found = legal_status.look(actor, ref)
    return found and (found.step, found.status, found.note)


WORDS = ("removal", "expired", "Expired in March.")


def test_it_is_absent_until_a_step_makes_it(asha, ref):
    assert told(asha, ref) is None
    with pytest.raises(Invalid):
        legal_status.write(asha, ref, Needed("", "expired"))
    legal_status.write(asha, ref, NEEDED)
    assert told(asha, ref) == WORDS
    assert legal_status.look(asha, ref).until == clock.today() + timedelta(days=90)


def test_who_works_on_it_and_who_stands_in_open_it_and_nobody_else(asha, bo, mei, ram, ref):
    legal_status.write(asha, ref, NEEDED)
    assert told(bo, ref) == WORDS
    for somebody in (mei, ram):
        with pytest.raises(NotFound):
            legal_status.look(somebody, ref)
        with pytest.raises(NotFound):
            legal_status.write(somebody, ref, NEEDED)
        with pytest.raises(NotFound):
            legal_status.remove(somebody, ref)


def test_who_holds_the_cases_key_cannot_read_the_box_of_another(asha, mei, ref):
    legal_status.write(asha, ref, NEEDED)
    row = db.session.scalar(select(LegalStatus))
    case = factories.reload(mei, ref)
    boxes = case.keys.open(legal_status._BODY, row.id, Section.LEGAL, row.body)["boxes"]
    assert str(mei.user_id) not in boxes
    assert "expired" not in repr(boxes).casefold()
    stolen = {"boxes": {str(mei.user_id): boxes[str(asha.user_id)]}}
    row.body = case.keys.seal(legal_status._BODY, row.id, Section.LEGAL, stolen)
    case.row.primary_id = mei.user_id
    db.session.flush()
    with pytest.raises((Refused, NotFound)):
        legal_status.look(mei, ref)


def test_assigning_oneself_gives_no_copy_until_a_holder_shares_it(asha, bo, mei, ref):
    legal_status.write(asha, ref, NEEDED)
    assignment.assign(mei, ref, asha.user_id, mei.user_id, (asha.user_id, bo.user_id))
    with pytest.raises(NotFound):
        legal_status.look(mei, ref)
    assert told(asha, ref) == WORDS
    assert told(mei, ref) == WORDS
    with pytest.raises(NotFound):
        legal_status.look(bo, ref)


def test_where_no_holder_is_left_it_goes(asha, bo, mei, ram, ref):
    legal_status.write(asha, ref, NEEDED)
    assignment.assign(mei, ref, mei.user_id, None, (asha.user_id, bo.user_id))
    assert db.session.scalar(select(LegalStatus)) is None
    assert told(mei, ref) is None


def test_it_goes_by_itself_on_its_day(asha, ref, freeze, events):
    start = freeze(clock.now())
    legal_status.write(asha, ref, Needed("removal", "expired", until=start.date() + timedelta(days=3)))
    freeze(start + timedelta(days=2))
    assert legal_status.purge().total() == 0
    freeze(start + timedelta(days=3))
    assert told(asha, ref) is None
    assert legal_status.purge().total() == 1
    assert legal_status.purge().total() == 0
    assert ("legal_status.purged", {}) in events(ref)


def test_putting_the_plain_day_off_does_not_keep_it(asha, ref, freeze):
    start = freeze(clock.now())
    legal_status.write(asha, ref, Needed("removal", "expired", until=start.date() + timedelta(days=3)))
    db.session.execute(update(LegalStatus).values(purge_on=start.date() + timedelta(days=900)))
    freeze(start + timedelta(days=3))
    assert told(asha, ref) is None


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_its_day_is_within_a_year(asha, ref, days):
    with pytest.raises(Invalid):
        legal_status.write(
            asha, ref, Needed("removal", "expired", until=clock.today() + timedelta(days=days))
        )


def test_it_needs_consent_to_casework(asha, ref):
    (consent,) = consenting.listing(asha, ref).told
    consenting.withdraw(asha, ref, consent.id)
    with pytest.raises(Invalid, match="agrees to casework"):
        legal_status.write(asha, ref, NEEDED)


def test_it_is_on_no_card_in_no_section_and_in_no_record(asha, ref, events):
    legal_status.write(asha, ref, NEEDED)
    legal_status.look(asha, ref)
    case = factories.reload(asha, ref)
    said = [repr(cards.summary(case)), repr(events(ref))]
    said += [repr(sections.view(asha, ref, section).values) for section in Section]
    assert not any("expired" in one.casefold() for one in said)
