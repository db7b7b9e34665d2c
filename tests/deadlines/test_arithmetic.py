"""Counting days, months, hours: examples, and laws that must hold for every date."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import arithmetic
from casework.deadlines.choices import MonthEnd, Roll
from casework.deadlines.days_off import Calendar
from casework.errors import Invalid

DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
CLOSED = st.sampled_from(
    [
        Calendar("US", frozenset({5, 6})),
        Calendar("GB-ENG", frozenset({5, 6})),
        Calendar("QA", frozenset({4, 5})),
        Calendar("NP", frozenset({5})),
        Calendar("HK", frozenset({5, 6})),
        Calendar("", frozenset({6})),
    ]
)
COUNTS = st.integers(-60, 60)
WALLS = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01"))
ZONES = st.sampled_from(
    [
        "Europe/London",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Asia/Beirut",
        "America/Havana",
        "UTC",
    ]
)


@pytest.mark.parametrize(
    ("day", "count", "clipped", "carried"),
    [
        (date(2026, 5, 31), 3, date(2026, 8, 31), date(2026, 8, 31)),
        (date(2025, 11, 30), 3, date(2026, 2, 28), date(2026, 3, 1)),
        (date(2027, 11, 30), 3, date(2028, 2, 29), date(2028, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28), date(2029, 3, 1)),
        (date(2028, 2, 29), 48, date(2032, 2, 29), date(2032, 2, 29)),
        (date(1899, 12, 31), 2, date(1900, 2, 28), date(1900, 3, 1)),  # 1900 was no leap year
        (date(2026, 3, 31), -1, date(2026, 2, 28), date(2026, 3, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15), date(2025, 12, 15)),
        (date(2026, 12, 31), 2, date(2027, 2, 28), date(2027, 3, 1)),
    ],
)
def test_months(day: date, count: int, clipped: date, carried: date):
    assert arithmetic.add_months(day, count) == clipped
    assert arithmetic.add_months(day, count, MonthEnd.CARRY) == carried


@given(DAYS, st.integers(-1200, 1200))
def test_clipped_months_agree_with_another_library(day: date, count: int):
    assert arithmetic.add_months(day, count) == day + relativedelta(months=count)


@given(DAYS, st.integers(-1200, 1200))
def test_months_never_pass_the_end_of_their_month(day: date, count: int):
    found = arithmetic.add_months(day, count)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    assert found.day <= day.day


@given(DAYS, st.integers(0, 400), st.integers(0, 100), st.sampled_from(MonthEnd))
def test_months_never_go_back(day: date, later: int, count: int, ends: MonthEnd):
    first = arithmetic.add_months(day, count, ends)
    assert first <= arithmetic.add_months(day + timedelta(days=later), count, ends)
    assert first <= arithmetic.add_months(day, count + 1, ends)


@given(DAYS, COUNTS, CLOSED)
def test_a_working_day_is_worked_and_counted_one_by_one(day: date, count: int, closed: Calendar):
    found = arithmetic.add_working_days(day, count, closed)
    if count == 0:
        assert found == day
        return
    assert not closed.is_off(found)
    step = timedelta(days=1 if count > 0 else -1)
    between = [day + step * number for number in range(1, abs((found - day).days) + 1)]
    assert sum(not closed.is_off(each) for each in between) == abs(count)


@given(DAYS, st.integers(0, 60), st.integers(0, 40), CLOSED)
def test_working_days_never_go_back(day: date, later: int, count: int, closed: Calendar):
    first = arithmetic.add_working_days(day, count, closed)
    assert first <= arithmetic.add_working_days(day + timedelta(days=later), count, closed)
    assert first < arithmetic.add_working_days(day, count + 1, closed)


@given(DAYS, CLOSED, st.sampled_from([Roll.NEXT, Roll.PREVIOUS]))
def test_a_rolled_day_is_the_nearest_worked_one(day: date, closed: Calendar, how: Roll):
    found = arithmetic.roll(day, how, closed)
    assert not closed.is_off(found)
    assert (found >= day) if how is Roll.NEXT else (found <= day)
    first, last = sorted((day, found))
    skipped = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert all(closed.is_off(each) for each in skipped if each != found)
    assert arithmetic.roll(found, how, closed) == found
    assert arithmetic.roll(day, Roll.NONE, closed) == day


@given(WALLS, st.integers(-9000, 9000), ZONES)
def test_hours_are_hours_of_the_world(wall: datetime, count: int, zone: str):
    start = wall.replace(tzinfo=ZoneInfo(zone))
    found = arithmetic.add_hours(start, count)
    assert found.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=count)
    assert found.tzinfo == start.tzinfo


@given(WALLS, st.integers(0, 150), ZONES, CLOSED)
def test_working_hours_are_counted_hour_by_hour(wall: datetime, count: int, zone: str, closed: Calendar):
    start = wall.replace(minute=0, second=0, microsecond=0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    end = arithmetic.add_working_hours(start.astimezone(ZoneInfo(zone)), count, closed)
    # A quarter of an hour is the smallest step in which any of these places has moved its clock.
    quarter, worked, now = timedelta(minutes=15), 0, start
    while now < end.astimezone(UTC):
        worked += not closed.is_off(now.astimezone(ZoneInfo(zone)).date())
        now += quarter
    assert worked == count * 4


def test_working_hours_that_end_at_midnight_end_with_their_day():
    closed = Calendar("US", frozenset({5, 6}))
    thursday = datetime(2026, 6, 11, tzinfo=ZoneInfo("America/New_York"))
    assert arithmetic.add_working_hours(thursday, 48, closed) == datetime(2026, 6, 13, tzinfo=thursday.tzinfo)
    assert arithmetic.add_working_hours(thursday, 49, closed) == datetime(
        2026, 6, 15, 1, tzinfo=thursday.tzinfo
    )


def test_forty_eight_hours_over_a_change_of_the_clock():
    new_york = ZoneInfo("America/New_York")
    assert arithmetic.add_hours(datetime(2026, 3, 7, 10, tzinfo=new_york), 48) == datetime(
        2026, 3, 9, 11, tzinfo=new_york
    )
    assert arithmetic.add_hours(datetime(2026, 10, 31, 10, tzinfo=new_york), 48) == datetime(
        2026, 11, 2, 9, tzinfo=new_york
    )


@pytest.mark.parametrize(
    ("what", "count"),
    [
        (arithmetic.add_days, 9_000_000),
        (arithmetic.add_days, -9_000_000),
        (arithmetic.add_months, 120_000),
        (arithmetic.add_months, -30_000),
    ],
)
def test_dates_that_leave_the_calendar_are_refused_in_words(what, count: int):
    with pytest.raises(Invalid, match="too far away"):
        what(date(2026, 1, 1), count)


def test_hours_that_leave_the_calendar_are_refused_in_words():
    with pytest.raises(Invalid, match="too far away"):
        arithmetic.add_hours(datetime(9999, 12, 31, tzinfo=UTC), 48)


def test_the_last_day_of_the_calendar_can_be_reached():
    assert arithmetic.add_months(date(9999, 11, 30), 1) == date(9999, 12, 30)
    assert arithmetic.add_days(date(9999, 12, 30), 1) == date.max
    with pytest.raises(Invalid):
        arithmetic.add_months(date(9999, 12, 1), 1)


def test_holidays_that_fall_on_a_weekend_cost_nothing():
    closed = Calendar("GB-ENG", frozenset({5, 6}))
    found = list(arithmetic.holidays_between(date(2026, 12, 24), date(2026, 12, 29), closed))
    assert [day for day, _ in found] == [date(2026, 12, 25), date(2026, 12, 28)]
