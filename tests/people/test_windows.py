"""Days and hours at which somebody may be reached, by the clock of the place where they are."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.people.windows import DAYS, Window

moments = st.integers(0, 10 * 366 * 24 * 60).map(
    lambda m: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=m)
)
windows = st.builds(
    Window,
    st.sets(st.sampled_from(DAYS)).map(lambda some: tuple(day for day in DAYS if day in some)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["UTC", "Asia/Qatar", "Asia/Kathmandu", "America/New_York", "Pacific/Auckland"]),
)


def at(text, zone="Asia/Qatar"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


EVENINGS = Window(("friday", "saturday"), time(20), time(22), "Asia/Qatar")
NIGHTS = Window(("friday",), time(22), time(2), "Asia/Qatar")


@pytest.mark.parametrize(
    ("window", "moment", "holds"),
    [
        (EVENINGS, "2026-11-20 19:59", False),
        (EVENINGS, "2026-11-20 20:00", True),
        (EVENINGS, "2026-11-21 21:59", True),
        (EVENINGS, "2026-11-21 22:00", False),
        (EVENINGS, "2026-11-22 21:00", False),
        # What is after midnight belongs to the day on which it began.
        (NIGHTS, "2026-11-20 23:00", True),
        (NIGHTS, "2026-11-21 01:59", True),
        (NIGHTS, "2026-11-21 02:00", False),
        (NIGHTS, "2026-11-20 01:00", False),
        (NIGHTS, "2026-11-21 22:30", False),
        (Window((), time(9), time(17), "Asia/Qatar"), "2026-11-25 12:00", True),
        (Window(("monday",), time(0), time(0), "Asia/Qatar"), "2026-11-23 23:59", True),
        (Window(("monday",), time(0), time(0), "Asia/Qatar"), "2026-11-24 00:00", False),
    ],
)
def test_a_window_holds(window, moment, holds):
    assert window.holds(at(moment)) is holds


def test_the_clock_is_theirs_and_not_ours():
    assert EVENINGS.holds(datetime(2026, 11, 20, 17, tzinfo=UTC))
    assert not EVENINGS.holds(datetime(2026, 11, 20, 20, tzinfo=UTC))
    assert EVENINGS.opens(at("2026-11-22 12:00")) == at("2026-11-27 20:00")


@given(windows, moments)
def test_where_it_opens_it_holds_and_not_a_minute_before(window, moment):
    opens = window.opens(moment)
    assert window.holds(opens)
    assert opens >= moment
    if opens > moment:
        assert not window.holds(opens - timedelta(minutes=1))


@given(windows)
def test_it_is_stored_and_read(window):
    assert Window.read(window.written()) == window
