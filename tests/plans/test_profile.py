"""What a person says of themselves: only with an agreement of its own, and gone with it."""

from uuid import uuid4

import pytest

from casework.cases import consenting, kinds, sections
from casework.errors import Invalid
from casework.people import consents
from casework.vault import Section
from tests import factories

TOLD = {"groups": ["woman"], "left_because": ["debt"], "abuses": ["low_pay"]}
MEETINGS = {"organise_by": "Asha", "organise_channel": "signal"}


@pytest.fixture
def ref(asha):
    return factories.case(asha, called="Amina Test").ref


def agree(actor, ref, purpose, **more):
    return consenting.record(actor, ref, factories.answer(purpose, **more), uuid4())


def save(actor, ref, section, told):
    return sections.save(actor, ref, section, told, factories.reload(actor, ref).section(section).rev)


def told(actor, ref):
    return dict(factories.reload(actor, ref).section(Section.PROFILE).values)


def test_no_question_of_it_is_asked_at_a_first_contact():
    assert not [one.key for one in kinds.first_contact() if one.section == "profile"]
    assert not [one.key for one in kinds.page("profile") if one.required or one.card]


def test_casework_alone_is_no_agreement_to_it(asha, ref):
    for part in (TOLD, MEETINGS):
        with pytest.raises(Invalid):
            save(asha, ref, Section.PROFILE, part)
    agree(asha, ref, "profile")
    save(asha, ref, Section.PROFILE, TOLD)
    with pytest.raises(Invalid, match="meetings"):
        save(asha, ref, Section.PROFILE, MEETINGS)
    agree(asha, ref, "organise")
    save(asha, ref, Section.PROFILE, MEETINGS)
    assert told(asha, ref) == TOLD | MEETINGS


@pytest.mark.parametrize(("purpose", "stays"), [("organise", TOLD), ("profile", MEETINGS)])
@pytest.mark.parametrize("how", ["withdrawn", "answered no"])
def test_taking_it_back_takes_it_away_at_once_and_nothing_else(asha, ref, purpose, stays, how):
    ids = {one: agree(asha, ref, one) for one in ("profile", "organise")}
    save(asha, ref, Section.PROFILE, TOLD | MEETINGS)
    if how == "withdrawn":
        consenting.withdraw(asha, ref, ids[purpose])
    else:
        agree(asha, ref, purpose, given=False)
    assert told(asha, ref) == stays
    case = factories.reload(asha, ref)
    assert consents.live(asha, case.keys, "casework") is not None


def test_a_safety_plan_is_kept_with_the_person_and_goes_when_names_go(asha, mei):
    ref = factories.case(asha, consent=None, danger="Held", called="Amina Test").ref
    plan = {"safe_places": "The church by the market"}
    with pytest.raises(Invalid, match="made with the person"):
        save(asha, ref, Section.SAFETY, plan)
    agreed = agree(asha, ref, "casework")
    save(asha, ref, Section.SAFETY, plan)
    consenting.withdraw(asha, ref, agreed)
    assert consenting.unasked(factories.reload(asha, ref))
    consenting.take_out(mei, ref)
    case = factories.reload(asha, ref)
    assert (case.called, case.section(Section.SAFETY).values) == (None, {})


def test_a_case_from_before_these_sections_is_empty_there_and_can_be_written(asha, ref, database):
    """Their rows and their lines of the statement are not there; the first save makes them."""
    from casework.access.policy import Action  # noqa: PLC0415
    from casework.cases import opening, stating  # noqa: PLC0415 - the attack rewrites a case as it was before
    from casework.cases.models import CaseSection  # noqa: PLC0415

    case = opening.hold(asha, ref, Action.CASE_WORK)
    for section in (Section.PLAN, Section.SAFETY, Section.PROFILE):
        database.session.query(CaseSection).filter_by(case_id=case.id, tag=case.keys.tag(section)).delete()
        del case.keys.statement._parts[section]
    stating.keep(case.keys, case.row)
    database.session.flush()
    assert factories.reload(asha, ref).section(Section.PLAN).values == {}
    save(asha, ref, Section.PLAN, {"goals": [{"goal": "My passport"}]})
    assert factories.reload(asha, ref).section(Section.PLAN).values == {"goals": [{"goal": "My passport"}]}
