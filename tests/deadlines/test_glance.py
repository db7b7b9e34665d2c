"""What stands first on the page of somebody who is held: days added up, silence, hearings, medicine."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import glance, spent
from casework.deadlines.facts import Spell

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2026, 11, 22))


def on(iso: str, clock: str | None = None, zone: str = "UTC") -> dict:
    return {"date": iso, "time": clock, "zone": zone}


def test_the_worked_example_of_two_spells():
    """Domain file, section 3.1: 10 January to 20 February, a transfer between, again 1 to 31 March 2026."""
    spells = [
        Spell(date(2026, 1, 10), date(2026, 1, 15)),
        Spell(date(2026, 1, 15), date(2026, 2, 20)),
        Spell(date(2026, 3, 1), date(2026, 3, 31)),
    ]
    found = spent.added_up(spells, date(2026, 11, 22))
    assert (found.days, found.nights, found.latest) == (73, 71, 31)
    assert (found.since, found.goes_on) == (date(2026, 3, 1), False)


def test_a_time_that_goes_on_counts_today():
    found = spent.added_up([Spell(date(2026, 11, 20))], date(2026, 11, 22))
    assert (found.days, found.nights, found.latest, found.goes_on) == (3, 2, 3, True)
    assert spent.added_up([], date(2026, 11, 22)) is None
    assert spent.added_up([Spell(date(2026, 12, 1))], date(2026, 11, 22)) is None


@given(st.lists(st.tuples(DAYS, st.integers(0, 40)), min_size=1, max_size=8))
def test_each_day_counts_once_however_spells_overlap(parts):
    today = date(2026, 11, 22)
    spells = [Spell(start, min(start + timedelta(days=n), today)) for start, n in parts]
    touched = {one.start + timedelta(days=n) for one in spells for n in range((one.end - one.start).days + 1)}
    found = spent.added_up(spells, today)
    assert found.days == len(touched)
    assert found.nights == len(touched) - len(found.times)


@pytest.mark.parametrize(
    ("heard", "days"),
    [
        (on("2026-11-22", "11:59"), 0),
        (on("2026-11-19", "12:00"), 3),
        (on("2026-11-19", "12:01"), 2),
        # Without an hour the whole day is given: nobody is called silent too early.
        (on("2026-11-19"), 2),
        (on("2026-11-22", "23:00", "Asia/Tokyo"), 0),
        (on("2026-11-30", "10:00"), 0),
        (None, None),
        ({"date": None, "written": "spring", "calendar": "gregorian", "precision": "approx"}, None),
    ],
)
def test_days_of_silence(heard, days):
    assert glance.silent_days(heard, NOW) == days


def test_the_next_hearing_is_the_earliest_that_is_not_over():
    rows = [
        {"kind": "merits", "at": on("2026-12-09", "09:00")},
        {"kind": "bond", "at": on("2026-11-22")},
        {"kind": "first", "at": on("2026-11-22", "11:00")},
        {"kind": "appeal"},
        {"kind": "interview", "at": on("2026-11-22", "20:00", "Asia/Tokyo")},
    ]
    assert glance.next_hearing(rows, NOW)["kind"] == "bond"
    assert glance.next_hearing(rows[:1], NOW)["kind"] == "merits"
    assert glance.next_hearing(rows[2:], NOW) is None
    assert glance.next_hearing("an older form", NOW) is None


def test_medicine_is_counted_from_the_day_on_which_somebody_counted():
    today = date(2026, 11, 22)
    counted = {"date": "2026-11-20", "precision": "day"}
    assert glance.medicine_days([{"days_left": 5, "counted_on": counted}, {"days_left": 9}], today) == 3
    assert glance.medicine_days([{"days_left": 1, "counted_on": counted}], today) == 0
    assert glance.medicine_days([{"name": "x"}], today) is None


def test_moves_stand_in_the_order_of_time_and_the_unknown_last():
    rows = [{"to": "c"}, {"to": "b", "on": on("2026-02-01")}, {"to": "a", "on": on("2026-01-01")}]
    assert [one.row["to"] for one in glance.moves(rows)] == ["a", "b", "c"]
