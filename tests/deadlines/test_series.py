"""Clocks that strike more than once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines.choices import Unit
from casework.deadlines.clock import Clock
from casework.deadlines.evaluate import clocks
from casework.deadlines.facts import Facts, Happened, happened
from casework.deadlines.records import Rule, Term
from tests.deadlines.making import book, rule

DAILY = rule(
    count=24, unit=Unit.HOUR, then=(Term(24, Unit.HOUR, repeats=True),), fulfilled_by="locator_check"
)
MONTHLY = rule(
    count=48,
    unit=Unit.HOUR,
    then=(Term(7, Unit.CALENDAR_DAY), Term(30, Unit.CALENDAR_DAY, repeats=True)),
    fulfilled_by="detention_review",
)


def _next(wanted: Rule, *events: Happened, on: date, zone: str = "UTC") -> list[Clock]:
    return clocks("deportation", Facts(frozenset(), zone, events), book(wanted), on)


@given(st.integers(0, 2000), st.integers(1, 45))
def test_skipping_ahead_is_the_same_as_walking(days: int, every: int):
    start, on = date(2024, 2, 29), date(2024, 2, 29) + timedelta(days=days)
    wanted = rule(count=3, then=(Term(every, Unit.CALENDAR_DAY, repeats=True),))
    (found,) = _next(wanted, Happened("decision", start), on=on)
    day, number = start + timedelta(days=3), 1
    while day < on:
        day, number = day + timedelta(days=every), number + 1
    assert (found.day, found.number) == (day, number)


@given(st.integers(0, 2000), st.integers(1, 100))
def test_skipping_hours_ahead_is_the_same_as_walking(days: int, every: int):
    zone, on = "America/New_York", date(2024, 2, 29) + timedelta(days=days)
    wanted = rule(count=5, unit=Unit.HOUR, then=(Term(every, Unit.HOUR, repeats=True),))
    (found,) = _next(wanted, happened("decision", "2024-02-29", "23:10"), on=on, zone=zone)
    moment, number = datetime(2024, 3, 1, 4, 10, tzinfo=UTC) + timedelta(hours=5), 1
    while moment.astimezone(ZoneInfo(zone)).date() < on:
        moment, number = moment + timedelta(hours=every), number + 1
    assert (found.moment, found.number) == (moment, number)


def test_what_is_overdue_stays_beside_the_next():
    found = _next(DAILY, happened("decision", "2026-01-01", "12:00"), on=date(2026, 1, 10))
    assert [(c.number, c.day) for c in found] == [(1, date(2026, 1, 2)), (9, date(2026, 1, 10))]
    assert all(clock.leads for clock in found)


def test_a_check_moves_the_next_one():
    checked = happened("locator_check", "2026-01-09", "18:00")
    (found,) = _next(DAILY, happened("decision", "2026-01-01", "12:00"), checked, on=date(2026, 1, 10))
    assert found.moment == datetime(2026, 1, 10, 18, tzinfo=UTC)
    assert found.number == 2
    assert "Locator" not in found.label
    assert "counted from" in found.steps[0].say()


def test_a_check_before_the_start_fulfils_nothing():
    early = happened("locator_check", "2025-12-31", "18:00")
    (found,) = _next(DAILY, happened("decision", "2026-01-01", "12:00"), early, on=date(2026, 1, 1))
    assert found.number == 1


def test_days_do_not_carry_the_clock_time_along():
    reviews = [happened("detention_review", "2026-03-03", "15:00")]
    (found,) = _next(MONTHLY, happened("decision", "2026-03-01", "10:00"), *reviews, on=date(2026, 3, 4))
    assert (found.day, found.moment, found.number) == (date(2026, 3, 10), None, 2)
    assert found.strikes == datetime(2026, 3, 11, tzinfo=UTC)


def test_months_follow_one_another_from_where_the_last_one_ended():
    wanted = rule(count=2, unit=Unit.MONTH, then=(Term(2, Unit.MONTH), Term(1, Unit.MONTH)))
    for on, number, day in [
        (date(2026, 1, 1), 1, date(2026, 2, 28)),
        (date(2026, 3, 1), 2, date(2026, 4, 28)),
        (date(2026, 4, 29), 3, date(2026, 5, 28)),
        (date(2030, 1, 1), 3, date(2026, 5, 28)),
    ]:
        (found,) = _next(wanted, Happened("decision", date(2025, 12, 31)), on=on)
        assert (found.number, found.day) == (number, day)


def test_finite_steps_that_were_all_fulfilled_ask_for_nothing():
    wanted = rule(count=2, then=(Term(2, Unit.CALENDAR_DAY),), fulfilled_by="detention_review")
    held = [happened("detention_review", day) for day in ("2026-01-02", "2026-01-04")]
    assert _next(wanted, happened("decision", "2026-01-01"), *held, on=date(2026, 1, 5)) == []
    assert len(_next(wanted, happened("decision", "2026-01-01"), held[0], on=date(2026, 1, 3))) == 1


def test_working_steps():
    wanted = rule(count=2, unit=Unit.WORKING_DAY, then=(Term(12, Unit.WORKING_HOUR),))
    (found,) = _next(wanted, happened("decision", "2026-07-02"), on=date(2026, 7, 8))
    assert found.day == date(2026, 7, 7)  # Friday is a holiday: Monday, Tuesday; 12 hours of Tuesday
    assert found.moment == datetime(2026, 7, 7, 12, tzinfo=UTC)
