"""Hours until a removal, and hours in which offices are open: worked by hand, and compared minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import countdown
from casework.deadlines.days_off import Calendar

WEEK = Calendar("", frozenset({5, 6}))


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_minutes_are_counted_down():
    assert countdown.minutes_left(at("2026-03-22T09:00:30"), at("2026-03-22T10:00:00")) == 59
    assert countdown.minutes_left(at("2026-03-22T10:00:01"), at("2026-03-22T10:00:00")) == -1


@pytest.mark.parametrize(
    ("now", "end", "zone", "minutes"),
    [
        # Friday 16:00 to Monday 10:00: an hour on Friday and one on Monday.
        ("2026-03-20T16:00", "2026-03-23T10:00", "Europe/London", 120),
        # Within one evening nobody answers.
        ("2026-03-20T18:00", "2026-03-20T23:00", "Europe/London", 0),
        # The whole day, however early one asks.
        ("2026-03-20T03:00", "2026-03-20T23:00", "Europe/London", 480),
        # It leaves before offices open.
        ("2026-03-23T01:00", "2026-03-23T08:59", "Europe/London", 0),
        # It has left.
        ("2026-03-23T12:00", "2026-03-23T11:00", "Europe/London", 0),
        # The clock is put forward on Sunday 29 March: Monday is a whole day all the same.
        ("2026-03-28T12:00", "2026-03-30T23:00", "Europe/London", 480),
    ],
)
def test_office_hours_worked_by_hand(now, end, zone, minutes):
    assert countdown.office_minutes(at(now, zone), at(end, zone), zone, WEEK) == minutes


def test_holidays_on_both_sides_of_a_weekend_are_left_out():
    # From Thursday 2 April 2026, 16:00, over Good Friday and Easter Monday, to Tuesday 7 April, 11:00.
    offices = countdown.offices_of("GB")
    left = countdown.office_minutes(
        at("2026-04-02T16:00", "Europe/London"),
        at("2026-04-07T11:00", "Europe/London"),
        "Europe/London",
        Calendar("GB-ENG", offices.weekend),
    )
    assert left == 60 + 120


def test_the_weekend_is_that_of_the_place():
    assert countdown.offices_of("KW").weekend == {4, 5}
    assert countdown.offices_of("US").weekend == {5, 6}
    assert countdown.offices_of("").weekend == {5, 6}


def test_a_country_whose_holidays_nobody_knows_still_has_a_weekend():
    assert countdown.offices_of("XX") == Calendar("", frozenset({5, 6}))


@given(
    start=st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2026-12-01")),
    minutes=st.integers(0, 6 * 24 * 60),
    zone=st.sampled_from(["Europe/London", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe"]),
)
def test_they_are_the_open_minutes_counted_one_by_one(start: datetime, minutes: int, zone: str):
    now = start.replace(second=0, microsecond=0, tzinfo=UTC)
    each = (now + timedelta(minutes=number) for number in range(minutes))
    there = (one.astimezone(ZoneInfo(zone)) for one in each)
    open_ones = sum(one.weekday() < 5 and countdown.OPENS <= one.time() < countdown.CLOSES for one in there)
    assert countdown.office_minutes(now, now + timedelta(minutes=minutes), zone, WEEK) == open_ones


def test_a_flight_next_year_is_not_counted_day_by_day():
    far = countdown.office_minutes(at("2026-01-01T00:00"), at("2199-01-01T00:00"), "UTC", WEEK)
    assert far <= (countdown.MOST_DAYS + 1) * 480
    assert date(2026, 1, 1).weekday() == 3
