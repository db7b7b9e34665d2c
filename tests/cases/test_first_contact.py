"""One page becomes one case, and nothing that identifies gets in without consent or danger."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from casework import clock
from casework.cases import first_contact, opening
from casework.cases.models import Case, CaseSection
from casework.errors import Conflict, Denied, Invalid
from casework.vault import Section
from tests import factories


def test_a_language_and_safe_now_are_enough(asha):
    row = factories.case(asha, consent=None, take=False)
    case = factories.reload(asha, row.ref)
    assert case.section(Section.HEADER).values == {"language": "ne", "safe_now": "yes"}
    assert (case.called, row.status, row.primary_id, row.backup_id) == (None, "contact", None, None)


@pytest.mark.parametrize("missing", ["language", "safe_now"])
def test_without_one_of_them_nothing_is_made(database, asha, missing):
    with pytest.raises(Invalid) as refused:
        factories.case(asha, **{missing: None})
    assert refused.value.field == missing
    assert database.session.scalar(select(func.count(Case.id))) == 0


def test_every_answer_lies_in_its_own_section(asha):
    reach = [{"channel": "signal", "number": {"written": "+977 1", "digits": "+9771"}, "safe": "yes"}]
    row = factories.kind_case(
        asha,
        "detention",
        {"facility": "Harbour centre", "custody_id": {"written": "1", "system": "", "plain": "1"}},
        called="Amina Test",
        reach=reach,
        host="QA",
        home="NP",
        what_happened="Taken at a check-in.",
        other_kinds=["wage_theft"],
        risk="high",
    )
    case = factories.reload(asha, row.ref)
    assert case.called == "Amina Test"
    assert case.kinds == ("detention", "wage_theft")
    identity = dict(case.section(Section.IDENTITY).values)
    # The ways to reach somebody count as confirmed on the day on which they were told.
    assert identity.pop("safe_contact")["confirmed_at"]
    assert identity == {
        "called": "Amina Test",
        "reach": reach,
        "detention.custody_id": {"written": "1", "system": "", "plain": "1"},
    }
    assert case.section(Section.LEGAL).values == {"detention.facility": "Harbour centre"}
    assert case.section(Section.STORY).values == {"what_happened": "Taken at a check-in."}
    assert set(case.section(Section.HEADER).values) >= {"host", "home", "kind", "other_kinds", "risk"}


def test_all_rows_look_alike_whatever_is_filled(database, asha):
    for told in ({"consent": None}, {"called": "Amina Test", "host": "QA", "what_happened": "Taken."}):
        row = factories.case(asha, **told)
        bodies = database.session.scalars(select(CaseSection.body).where(CaseSection.case_id == row.id)).all()
        assert len(bodies) == len(Section)
        assert len({len(body) for body in bodies}) == 1
    assert len({len(row.called) for row in database.session.scalars(select(Case))}) == 1


@pytest.mark.parametrize(
    "identifying",
    [
        {"called": "Amina Test"},
        {"reach": [{"number": {"written": "1", "digits": "111"}}]},
        {"answers": {"detention.custody_id": {"written": "1", "system": "", "plain": "1"}}},
    ],
)
@pytest.mark.parametrize("consent", [None, factories.answer(given=False), factories.answer("contact")])
def test_nothing_identifying_without_a_yes_to_casework(asha, identifying, consent):
    with pytest.raises(Invalid, match="agrees to casework"):
        factories.case(asha, consent=consent, **identifying)


def test_a_consent_that_does_not_count_stops_everything(database, asha):
    with pytest.raises(Invalid, match="alone"):
        factories.case(asha, consent=factories.answer(present=("employer",)), called="Amina Test")
    database.session.rollback()
    assert database.session.scalar(select(func.count(Case.id))) == 0


def test_danger_with_a_reason_keeps_a_name_for_72_hours(asha, freeze):
    start = freeze(clock.now())
    row = factories.case(asha, consent=None, danger="Held since this morning", called="Amina Test")
    case = factories.reload(asha, row.ref)
    assert (case.emergency.ends_at, case.called) == (start + timedelta(hours=72), "Amina Test")
    with pytest.raises(Invalid, match="why"):
        factories.case(asha, consent=None, danger="  ", called="Amina Test")


def test_the_same_form_makes_one_case(database, asha):
    token = uuid4()
    first = factories.case(asha, token, called="Amina Test")
    assert factories.case(asha, token, called="Another Test").id == first.id
    assert database.session.scalar(select(func.count(Case.id))) == 1
    assert factories.reload(asha, first.ref).called == "Amina Test"


def test_a_token_of_another_desk_gives_nothing_away(world, asha):
    token = uuid4()
    factories.case(asha, token)
    with pytest.raises(Conflict):
        factories.case(world.actor(world.ram), token)


def test_who_takes_it_is_its_worker(world, asha):
    assert factories.case(asha, take=True).primary_id == world.asha.id
    assert factories.case(asha, take=False).primary_id is None


def test_an_answer_that_nobody_asks_is_refused(asha):
    with pytest.raises(Invalid):
        factories.case(asha, immigration_status="none")
    with pytest.raises(Invalid):
        factories.case(asha, kind="gardening")


def test_allies_and_campaigns_log_nothing(world):
    with pytest.raises(Denied):
        factories.case(world.actor(world.luz))
    with pytest.raises(Denied):
        factories.case(world.actor(world.cara, world.network_id))


def test_references_are_fresh(asha, monkeypatch):
    taken = factories.case(asha).ref
    offered = iter([taken, taken, "BCDF-GHJ2"])
    monkeypatch.setattr(first_contact.references, "new", lambda: next(offered))
    assert factories.case(asha).ref == "BCDF-GHJ2"
    assert opening.load(asha, taken).row.ref == taken


def test_a_yes_needs_no_emergency(asha):
    row = factories.case(asha, danger="Held since this morning", called="Amina Test")
    assert row.exception_ends_at is None
    assert factories.reload(asha, row.ref).called == "Amina Test"


def test_a_no_stands_against_an_emergency(asha):
    with pytest.raises(Invalid, match="said no"):
        factories.case(asha, consent=factories.answer(given=False), danger="Held", called="Amina Test")
