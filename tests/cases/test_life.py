from datetime import date, timedelta
from uuid import uuid4

import pytest

from casework import clock, codes
from casework.cases import assignment, consenting, entries, life, links, sections
from casework.cases.changing import Differing
from casework.errors import Denied, Invalid, NotFound
from casework.vault import Section
from tests import factories

ENDING = factories.ending(copy_offered="no")
STATUSES = [code.key for code in codes.load("statuses")]


@pytest.fixture
def pair(world):
    return world.asha.id, world.bo.id


@pytest.fixture
def ref(asha):
    return factories.case(asha, take=False).ref


@pytest.fixture
def accepted(asha, ref, pair):
    assignment.assign(asha, ref, *pair, (None, None))
    life.move(asha, ref, "assessment", "contact")
    return ref


@pytest.mark.parametrize("to", STATUSES)
@pytest.mark.parametrize("at", [status for status in STATUSES if status not in ("contact", "closed")])
def test_a_case_moves_where_the_list_says(asha, accepted, at, to):
    if at != "assessment":
        life.move(asha, accepted, at, "assessment")
    moves = codes.load("statuses").fact(at, "moves")
    if to in moves and to != "closed":
        assert life.move(asha, accepted, to, at).row.status == to
    else:
        with pytest.raises(Invalid):
            life.move(asha, accepted, to, at)


def test_nothing_goes_on_without_two_workers(world, asha, ref):
    for primary in (None, world.asha.id):
        if primary:
            assignment.assign(asha, ref, primary, None, (None, None))
        with pytest.raises(Invalid, match="stands in"):
            life.move(asha, ref, "assessment", "contact")


def test_moving_is_recorded_and_compared(asha, bo, accepted, events):
    life.move(asha, accepted, "plan", "assessment")
    assert events(accepted)[-1] == ("status.moved", {"from": "assessment", "to": "plan"})
    with pytest.raises(Differing) as shown:
        life.move(bo, accepted, "action", "assessment")
    assert (shown.value.theirs, shown.value.mine, shown.value.base) == ("plan", "action", "assessment")


def test_an_unknown_status_is_none(asha, accepted):
    with pytest.raises(Invalid):
        life.move(asha, accepted, "won", "assessment")


#: Everything that any reason asks for.
WHOLE = {
    "accepted_by": "Valley desk (test)",
    "accepted_on": date(2020, 1, 2),
    "referrer_told": "open",
    "ask_on": date(2090, 1, 1),
}


def tries(actor, ref, days=(40, 20, 2), type_="call"):
    for day in days:
        entries.add(actor, ref, type_, clock.now() - timedelta(days=day), "No answer", uuid4())


@pytest.mark.parametrize("reason", [code.key for code in codes.load("closing_reasons")])
def test_closing_keeps_how_it_ended(world, asha, accepted, events, reason):
    tries(asha, accepted)
    case = life.close(asha, accepted, factories.ending(reason, **WHOLE), "assessment")
    assert (case.row.status, life.outcome(case)) == ("closed", reason)
    (kept,) = case.section(Section.HEADER).values["closings"]
    assert kept == {
        "reason": reason,
        "person_told": "yes",
        "copy_offered": "yes",
        "told_on": "2020-01-01",
        "told_how": "By telephone",
        "not_told_why": "",
        "accepted_by": "Valley desk (test)",
        "accepted_on": "2020-01-02",
        "referrer_told": "open",
        "ask_on": "2090-01-01",
        "from": "assessment",
        "on": clock.today().isoformat(),
        "by": str(world.asha.id),
    }
    assert events(accepted)[-1] == ("case.closed", {"reason": reason})


def test_deportation_is_never_called_solved():
    reasons = codes.load("closing_reasons")
    assert reasons.fact("deported", "monitored")
    assert not any(
        "resolved" in code.label.casefold() or "solved" in code.label.casefold() for code in reasons
    )


@pytest.mark.parametrize(
    "change",
    [{"reason": "won"}, {"person_told": "maybe"}, {"copy_offered": ""}, {"referrer_told": "perhaps"}],
)
def test_closing_with_codes_that_are_none(asha, accepted, change):
    with pytest.raises(Invalid):
        life.close(asha, accepted, factories.ending(**change), "assessment")


@pytest.mark.parametrize(
    ("reason", "without", "field"),
    [
        ("goal_met", {"told_on": None}, "told_on"),
        ("goal_met", {"told_on": date(2090, 1, 1)}, "told_on"),
        ("goal_met", {"told_how": " "}, "told_how"),
        ("withdrew", {"person_told": "no"}, "not_told_why"),
        ("lost_contact", {"person_told": "unknown"}, "not_told_why"),
        ("referred", {"accepted_by": ""}, "accepted_by"),
        ("referred", {"accepted_on": None}, "accepted_on"),
        ("referred", {"accepted_on": date(2090, 1, 1)}, "accepted_on"),
        ("deported", {"ask_on": None}, "ask_on"),
        ("deported", {"ask_on": date(2020, 1, 1)}, "ask_on"),
        ("withdrew", {"told_how": "x" * 201}, "told_how"),
    ],
)
def test_each_reason_asks_for_what_belongs_to_it(asha, accepted, reason, without, field):
    with pytest.raises(Invalid) as refused:
        life.close(asha, accepted, factories.ending(reason, **(WHOLE | without)), "assessment")
    assert refused.value.field == field
    assert factories.reload(asha, accepted).row.status == "assessment"


def test_nobody_is_told_where_the_person_died(asha, accepted):
    ending = factories.ending("died", person_told="no")
    assert life.close(asha, accepted, ending, "assessment").row.status == "closed"


@pytest.mark.parametrize("days", [(), (40, 20), (29, 10, 0)])
def test_contact_is_lost_only_after_three_tries_over_thirty_days(asha, accepted, days):
    tries(asha, accepted, days)
    entries.add(asha, accepted, "note", clock.now() - timedelta(days=90), "Thought of it", uuid4())
    with pytest.raises(Invalid, match="tries over"):
        life.close(asha, accepted, factories.ending("lost_contact"), "assessment")
    tries(asha, accepted, (31, 30, 0), "visit")
    assert life.close(asha, accepted, factories.ending("lost_contact"), "assessment").row.status == "closed"


_LEFT = {"text": "1 January 2026", "date": "2026-01-01", "calendar": "gregorian", "precision": "day"}


@pytest.mark.parametrize("reason", ["goal_met", "partly"])
@pytest.mark.parametrize(
    ("kind", "said"), [("detention", {"whereabouts": "returned"}), ("deportation", {"departed_on": _LEFT})]
)
def test_a_deportation_is_no_success(asha, pair, reason, kind, said):
    ref = factories.kind_case(asha, kind, said).ref
    with pytest.raises(Invalid, match="never a success"):
        life.close(asha, ref, factories.ending(reason), "contact")
    assert life.close(asha, ref, factories.ending("deported", **WHOLE), "contact").row.status == "closed"


def test_a_first_contact_is_closed_without_workers(asha, ref):
    assert life.close(asha, ref, ENDING, "contact").row.status == "closed"


def test_a_closed_case_takes_nothing_but_reading_and_refusals(world, asha, accepted, pair):
    consent = consenting.record(asha, accepted, factories.answer("trends"), uuid4())
    life.close(asha, accepted, ENDING, "assessment")
    for act in (
        lambda: sections.save(asha, accepted, Section.STORY, {"what_happened": "x"}, 1),
        lambda: entries.add(asha, accepted, "note", clock.now(), "x", uuid4()),
        lambda: links.unlink(asha, accepted, uuid4(), "employed"),
        lambda: life.move(asha, accepted, "plan", "closed"),
        lambda: life.close(asha, accepted, ENDING, "closed"),
        lambda: consenting.record(asha, accepted, factories.answer("organise"), uuid4()),
    ):
        with pytest.raises(Invalid, match="closed"):
            act()
    consenting.withdraw(asha, accepted, consent)
    consenting.record(asha, accepted, factories.answer(given=False), uuid4())
    assignment.assign(asha, accepted, world.bo.id, world.mei.id, pair)
    assert factories.reload(asha, accepted).section(Section.HEADER).values["language"] == "ne"


def test_reopening_takes_a_motive_and_keeps_the_ending(asha, bo, accepted, events):
    with pytest.raises(Invalid, match="open"):
        life.reopen(asha, accepted, "New facts", "plan")
    life.close(asha, accepted, ENDING, "assessment")
    with pytest.raises(Invalid, match="why"):
        life.reopen(asha, accepted, " \n ", "plan")
    with pytest.raises(Invalid):
        life.reopen(asha, accepted, "New facts", "contact")
    case = life.reopen(bo, accepted, "New  facts", "action")
    assert (case.row.status, life.outcome(case)) == ("action", None)
    assert events(accepted)[-1] == ("case.reopened", {"motive": "New facts"})
    life.close(asha, accepted, factories.ending("partly"), "action")
    case = factories.reload(asha, accepted)
    assert [one["reason"] for one in case.section(Section.HEADER).values["closings"]] == [
        "goal_met",
        "partly",
    ]


def test_what_was_closed_without_workers_is_given_some_before_it_is_reopened(asha, ref, pair):
    life.close(asha, ref, ENDING, "contact")
    with pytest.raises(Invalid, match="stands in"):
        life.reopen(asha, ref, "They called again", "assessment")
    assignment.assign(asha, ref, *pair, (None, None))
    assert life.reopen(asha, ref, "They called again", "assessment").row.status == "assessment"


def test_others_do_not_touch_it(world, ram, accepted):
    for who, error in ((ram, NotFound), (world.actor(world.luz), Denied)):
        for act in (
            lambda who=who: life.move(who, accepted, "plan", "assessment"),
            lambda who=who: life.close(who, accepted, ENDING, "assessment"),
            lambda who=who: life.reopen(who, accepted, "x", "plan"),
        ):
            with pytest.raises(error):
                act()
