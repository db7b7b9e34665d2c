"""Clock times that do not exist, or exist twice; days without midnight; days that never were."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import zones
from casework.deadlines.choices import Unit
from casework.deadlines.facts import Happened, happened
from casework.deadlines.zones import Reading
from casework.errors import Invalid
from tests.deadlines.making import one, rule

WALLS = st.datetimes(datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2090-01-01"))
ZONES = st.sampled_from(
    [
        "America/New_York",
        "Europe/London",
        "Africa/Casablanca",
        "Asia/Tehran",
        "Asia/Kathmandu",
        "America/Santiago",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Asia/Beirut",
        "America/St_Johns",
        "Asia/Gaza",
        "America/Havana",
    ]
)


def test_a_skipped_clock_time_is_read_as_the_earlier_moment():
    found, reading = zones.moment(date(2026, 3, 8), time(2, 30), "America/New_York")
    assert reading is Reading.GAP
    assert found.astimezone(UTC) == datetime(2026, 3, 8, 6, 30, tzinfo=UTC)


def test_a_clock_time_that_came_twice_is_read_as_the_first():
    found, reading = zones.moment(date(2026, 11, 1), time(1, 30), "America/New_York")
    assert reading is Reading.OVERLAP
    assert found.astimezone(UTC) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    later, _ = zones.moment(date(2026, 11, 1), time(1, 30), "America/New_York", second=True)
    assert later.astimezone(UTC) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@given(WALLS, ZONES)
def test_every_clock_time_has_an_earliest_reading(wall: datetime, zone: str):
    found, reading = zones.moment(wall.date(), wall.time(), zone)
    both = [wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)]
    assert found.astimezone(UTC) == min(both)
    assert (reading is Reading.PLAIN) == (both[0] == both[1])


@given(st.dates(date(1970, 1, 2), date(2090, 1, 1)), ZONES)
def test_days_follow_one_another_without_a_hole(day: date, zone: str):
    start, end = zones.first_moment(day, zone), zones.end_of(day, zone)
    assert timedelta(0) <= end - start <= timedelta(hours=49)
    if start < end:
        assert start.astimezone(ZoneInfo(zone)).date() == day
        assert (start - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() < day


def test_a_day_without_midnight_begins_when_the_clock_jumped():
    # Beirut skips from midnight to one o'clock on 29 March 2026.
    assert zones.first_moment(date(2026, 3, 29), "Asia/Beirut") == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_a_day_that_never_was_has_no_length():
    # Samoa went from 29 to 31 December 2011.
    assert zones.first_moment(date(2011, 12, 30), "Pacific/Apia") == zones.end_of(
        date(2011, 12, 30), "Pacific/Apia"
    )


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "", "../etc/passwd", "Europe", "europe/london/x", "A" * 400, "\0"]
)
def test_unknown_zones_are_refused_with_the_field(name: str):
    with pytest.raises(Invalid) as refused:
        zones.zone(name, "place")
    assert refused.value.field == "place"


def test_the_gap_is_said():
    hours = rule(unit=Unit.HOUR, count=48, roll=rule().roll)
    clock = one(hours, happened("decision", "2026-03-08", "02:30", "America/New_York"))
    assert "did not exist" in clock.warnings[0].say()
    assert "01:30" in clock.warnings[0].say()
    assert clock.moment == datetime(2026, 3, 10, 6, 30, tzinfo=UTC)


def test_the_overlap_is_said_until_somebody_says_which():
    hours = rule(unit=Unit.HOUR, count=48)
    said = one(hours, happened("decision", "2026-11-01", "01:30", "America/New_York"))
    assert "came twice" in said.warnings[0].say()
    known = Happened("decision", date(2026, 11, 1), time(1, 30), "America/New_York", second=True)
    sure = one(hours, known)
    assert not sure.warnings
    assert sure.strikes - said.strikes == timedelta(hours=1)


def test_an_unknown_clock_time_is_the_first_minute_and_said():
    clock = one(rule(unit=Unit.HOUR, count=24), happened("decision", "2026-03-01", zone="Asia/Kathmandu"))
    assert clock.moment == datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Kathmandu"))
    assert "clock time is not known" in clock.warnings[0].say()


@pytest.mark.parametrize(
    ("place", "clock", "counted"),
    [
        ("America/Los_Angeles", "23:30", date(2026, 3, 20)),  # it is the 21st in Virginia: the 20th counts
        ("Asia/Manila", "08:00", date(2026, 3, 19)),  # it is still the 19th in Virginia: that counts
        ("America/New_York", "23:59", date(2026, 3, 20)),
    ],
)
def test_at_both_ends_the_earlier_day_counts(place: str, clock: str, counted: date):
    found = one(rule(zone="America/New_York"), happened("decision", "2026-03-20", clock, place))
    assert found.day == counted + timedelta(days=10)
    assert bool(found.warnings) == (place != "America/New_York")
    assert found.zone == "America/New_York"
    assert found.strikes == datetime(found.day.year, found.day.month, found.day.day + 1, 4, tzinfo=UTC)


def test_without_a_zone_of_its_own_a_rule_uses_that_of_the_place():
    clock = one(rule(zone=""), happened("decision", "2026-03-20", "10:00", "Asia/Manila"), zone="Europe/Rome")
    assert clock.zone == "Asia/Manila"
    clock = one(rule(zone=""), happened("decision", "2026-03-20", "10:00"), zone="Europe/Rome")
    assert clock.zone == "Europe/Rome"
