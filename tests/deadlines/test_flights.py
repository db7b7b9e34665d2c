"""The timeline of a removal: steps from the domain's own list, of the flight that counts, with what was done."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from casework.cases import heads_up
from casework.deadlines import flights, service, today
from casework.deadlines.held import State
from casework.errors import Denied, Invalid, NotFound
from casework.plans import trying
from casework.vault import Section
from tests import factories
from tests.deadlines.cases import day, moment, save, shared, the

NOW = datetime(2026, 3, 22, 9, 0, tzinfo=UTC)
STEPS = [
    "int.flight_remedies",
    "int.flight_stay",
    "int.flight_fitness",
    "int.flight_last_call",
    "int.flight_watch",
]
CHECKS = ["int.return_first_day", "int.return_week", "int.return_month", "int.return_quarter"]


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(NOW)


def flying(actor, on: str = "2026-03-31", at: str | None = "22:30", **answers) -> str:
    leaves = moment(on, at, "America/Los_Angeles")
    row = factories.case(
        actor,
        called="Amina Test",
        kind="deportation",
        host="US",
        answers={"deportation.removal_at": leaves} | answers,
    )
    return shared(actor, row).ref


def line(actor, ref: str):
    return flights.of(actor, ref)[1]


def rules_of(found) -> list[str]:
    return [one.lead.rule for one in found]


def test_every_step_of_the_domains_list_stands_in_its_order(asha):
    found = line(asha, flying(asha))
    assert rules_of(found.before) == STEPS
    assert rules_of(found.after) == ["int.flight_arrival"]
    left = [found.leaves - one.strikes for one in found.before]
    assert left == [timedelta(days=7), *(timedelta(hours=each) for each in (72, 48, 24, 0))]
    assert found.leaves == datetime(2026, 4, 1, 5, 30, tzinfo=UTC)
    assert (found.zone, found.exact, found.country) == ("America/Los_Angeles", True, "US")


def test_hours_are_those_of_the_world_when_the_clock_is_changed_before_it(asha):
    """In Los Angeles Sunday 8 March 2026 had 23 hours; 24 hours before Monday noon is Sunday noon all the same."""
    ref = factories.case(
        asha,
        kind="deportation",
        host="US",
        answers={"deportation.removal_at": moment("2026-03-08", "12:00", "America/Los_Angeles")},
    ).ref
    last = the(asha, ref, "int.flight_last_call")
    assert last.strikes == datetime(2026, 3, 7, 19, 0, tzinfo=UTC)


def test_without_an_hour_the_first_minute_counts(asha):
    found = line(asha, flying(asha, at=None))
    assert found.leaves == datetime(2026, 3, 31, 7, 0, tzinfo=UTC)
    assert not found.exact


def test_a_step_is_done_with_what_came_of_it_and_stays(asha):
    ref = flying(asha)
    step = line(asha, ref).before[1]
    service.done(asha, ref, step.id, "Filed by the lawyer at noon")
    (now,) = [one for one in line(asha, ref).before if one.id == step.id]
    assert (now.state, now.turns[-1].reason, now.turns[-1].by) == (
        State.DONE,
        "Filed by the lawyer at noon",
        asha.user_id,
    )


def test_somebody_does_it_themselves_and_whose_it_was_stands_in(asha, bo, world):
    ref = flying(asha)
    step = line(asha, ref).before[0]
    service.take(asha, ref, step.id)
    service.take(bo, ref, step.id)
    _case, now = service.one(asha, ref, step.id)
    assert (now.owner_id, now.backup_id) == (world.bo.id, world.asha.id)
    turns = len(now.turns)
    service.take(bo, ref, step.id)
    assert len(service.one(asha, ref, step.id)[1].turns) == turns
    service.done(bo, ref, step.id, "Done")
    with pytest.raises(Invalid):
        service.take(asha, ref, step.id)


def test_a_flight_that_was_moved_asks_for_its_steps_anew(asha):
    ref = flying(asha)
    service.done(asha, ref, line(asha, ref).before[0].id, "Listed")
    save(
        asha,
        ref,
        Section.LEGAL,
        deportation__removal_at=moment("2026-04-09", "22:30", "America/Los_Angeles"),
    )
    found = line(asha, ref)
    assert rules_of(found.before) == STEPS
    assert all(one.running for one in found.before)


def test_of_several_flights_the_next_one_counts_and_then_the_last(asha, freeze):
    later = [{"event": "flight", "at": moment("2026-04-20", "06:00", "America/Los_Angeles")}]
    ref = flying(asha, dates=later)
    assert line(asha, ref).day.isoformat() == "2026-03-31"
    freeze(datetime(2026, 4, 2, tzinfo=UTC))
    assert line(asha, ref).day.isoformat() == "2026-04-20"
    freeze(datetime(2026, 4, 30, tzinfo=UTC))
    assert line(asha, ref).day.isoformat() == "2026-04-20"
    assert rules_of(line(asha, ref).before) == STEPS


def test_a_flight_that_is_called_off_leaves_no_steps(asha):
    ref = flying(asha)
    save(asha, ref, Section.LEGAL, deportation__removal_at=None)
    found = line(asha, ref)
    assert (found.leaves, found.before, found.after) == (None, (), ())


def test_what_can_still_stop_it_stands_the_earliest_first(asha):
    ref = flying(asha, **{"deportation.orders": [{"kind": "removal", "served_on": day("2026-03-20")}]})
    remedies = line(asha, ref).remedies
    assert "us.bia_appeal" in rules_of(remedies)
    assert [one.strikes for one in remedies] == sorted(one.strikes for one in remedies)
    assert [one.lead.rule for one in remedies if one.lead.event == "flight"] == ["int.interim_measures"]


def test_the_return_makes_its_four_checks_by_itself(asha, freeze):
    freeze(datetime(2026, 4, 3, 12, tzinfo=UTC))
    ref = flying(asha, **{"deportation.departed_on": day("2026-04-01")})
    found = line(asha, ref)
    assert found.returned
    assert [one for one in rules_of(found.after) if one in CHECKS] == CHECKS
    days = {one.lead.rule: one.due_on.isoformat() for one in found.after}
    assert [days[rule] for rule in CHECKS] == ["2026-04-02", "2026-04-08", "2026-05-01", "2026-06-30"]


def test_an_arrival_that_is_told_apart_counts_instead(asha, freeze):
    freeze(datetime(2026, 4, 3, 12, tzinfo=UTC))
    arrived = [{"event": "returned", "at": moment("2026-04-02", "08:15", "Asia/Kathmandu")}]
    ref = flying(asha, dates=arrived, **{"deportation.departed_on": day("2026-04-01")})
    checks = [one for one in line(asha, ref).after if one.lead.rule in CHECKS]
    assert rules_of(checks) == CHECKS
    assert checks[0].strikes == datetime(2026, 4, 3, 2, 30, tzinfo=UTC)


def test_a_ban_runs_from_the_day_of_leaving(asha, freeze):
    freeze(datetime(2026, 4, 21, 12, tzinfo=UTC))
    ref = factories.case(
        asha, kind="deportation", host="IT", answers={"deportation.departed_on": day("2026-04-20")}
    ).ref
    assert the(asha, ref, "eu.entry_ban").due_on.isoformat() == "2031-04-20"


def test_walls_hold(asha, ram, world):
    ref = flying(asha)
    with pytest.raises(NotFound):
        flights.of(ram, ref)
    with pytest.raises((NotFound, Denied)):
        flights.of(world.actor(world.luz), ref)
    with pytest.raises(NotFound):
        service.take(ram, ref, line(asha, ref).before[0].id)


def home(actor, **answers) -> str:
    """A case whose person left on the first of April."""
    return flying(actor, **({"deportation.departed_on": day("2026-04-01")} | answers))


def check(actor, ref: str, number: int):
    return next(one for one in line(actor, ref).after if one.lead.rule == CHECKS[number])


def test_a_check_that_was_written_down_is_done_and_the_others_run(asha, freeze):
    freeze(datetime(2026, 4, 9, 12, tzinfo=UTC))
    ref = home(asha)
    save(asha, ref, Section.STORY, deportation__return_monitoring=[{"check": "d7", "found": ["safe"]}])
    states = {one.lead.rule: one.state for one in line(asha, ref).after if one.lead.rule in CHECKS}
    assert [states[rule] for rule in CHECKS] == [State.OPEN, State.DONE, State.OPEN, State.OPEN]
    turn = check(asha, ref, 1).turns[-1]
    assert (turn.what, turn.by) == ("answered", asha.user_id)


def test_a_check_taken_up_again_is_left_to_whoever_took_it_up(asha, freeze):
    freeze(datetime(2026, 4, 9, 12, tzinfo=UTC))
    ref = home(asha)
    rows = [{"check": "d7", "found": ["safe"]}]
    save(asha, ref, Section.STORY, deportation__return_monitoring=rows)
    service.reopen(asha, ref, check(asha, ref, 1).id, "It was another man")
    save(asha, ref, Section.STORY, deportation__return_monitoring=[*rows, {"check": "other"}])
    assert check(asha, ref, 1).state is State.OPEN


def test_each_check_can_be_done_in_words(asha, freeze):
    freeze(datetime(2026, 7, 1, 12, tzinfo=UTC))
    ref = home(asha)
    for number in range(4):
        service.done(asha, ref, check(asha, ref, number).id, "Spoke with her, she is safe")
    assert all(one.state is State.DONE for one in line(asha, ref).after if one.lead.rule in CHECKS)


def test_nobody_answered_keeps_the_check_due_and_plans_the_next_try(asha, mei, freeze):
    freeze(datetime(2026, 4, 9, 12, tzinfo=UTC))
    ref = home(asha)
    reach = [{"channel": "call", "number": "+977 980 111 2233", "safe": "yes"}]
    save(asha, ref, Section.IDENTITY, reach=reach)
    told = False
    for _ in range(6):
        tried = trying.no_answer(asha, ref, "", lambda _next: "Try again", "Tried again", uuid4())
        told = told or tried.coordinator
    one = check(asha, ref, 0)
    assert one.running
    assert sum(turn.what == "tried" for turn in one.turns) == 6
    assert not any(turn.what == "tried" for turn in check(asha, ref, 2).turns), "not due yet"
    assert told
    assert [each.what for each in heads_up.waiting(mei)].count(heads_up.What.NOT_REACHED) >= 1


def test_today_has_the_press_for_nobody_answered_at_such_a_date(asha, freeze):
    freeze(datetime(2026, 4, 9, 12, tzinfo=UTC))
    ref = home(asha)
    abouts = {one.title: one.about for one in today.coming(asha).due if one.ref == ref}
    assert abouts["Second check after return"] == trying.CONTACT
    assert abouts["Did the person board?"] == ""
