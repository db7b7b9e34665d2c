"""48 hours and 7 days, at their edges, across zones and clocks that jump."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.stories.clocks import Clock, Moment, clock, guarded

TOLD = Clock(timedelta(hours=48), timedelta(days=7))
DAY = timedelta(days=1)


def steadily(at):
    """A moment at which both clocks say the same."""
    return Moment(at, at)


def later(moment, date, ran=None):
    """A moment after so much time by the date, and by the time that the server has run."""
    return Moment(moment.at + date, moment.ran + (date if ran is None else ran))


APPROVED = steadily(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
SECOND = timedelta(seconds=1)
COOLED = later(APPROVED, 2 * DAY)


def test_the_house_has_48_hours_and_7_days():
    assert clock() == TOLD
    assert guarded().approvals == 2
    assert "trafficking" in guarded().kinds


@pytest.mark.parametrize(("more", "counts"), [(-SECOND, False), (timedelta(0), True), (SECOND, True)])
def test_a_yes_within_the_48_hours_is_none(more, counts):
    asked = later(COOLED, more)
    assert (TOLD.asked(APPROVED, [asked], asked) == asked) is counts


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        (timedelta(0), True),
        (7 * DAY, True),
        (7 * DAY + SECOND, False),
        (8 * DAY, False),
        (-SECOND, False),
    ],
)
def test_a_yes_holds_for_7_days_and_not_before_it_was_said(more, holds):
    assert TOLD.holds(COOLED, later(COOLED, more)) is holds


def test_nobody_asked_is_no():
    assert not TOLD.holds(None, COOLED)


def test_a_clock_that_was_set_back_allows_nothing():
    """The approval or the yes lies ahead then: neither has happened yet."""
    ahead = later(APPROVED, 30 * DAY)
    assert TOLD.asked(ahead, [COOLED], COOLED) is None
    assert TOLD.asked(APPROVED, [ahead], COOLED) is None


def test_a_yes_of_before_a_jump_and_one_after_it_are_each_looked_at_alone():
    jumped = [later(COOLED, 90 * DAY), COOLED]
    assert TOLD.asked(APPROVED, jumped, later(COOLED, SECOND)) == COOLED


@pytest.mark.parametrize("jump", [2 * DAY, 6 * DAY, 4000 * DAY])
def test_a_date_that_was_set_forward_ends_no_thinking_over(jump):
    """An hour after the approval somebody sets the date days on: they still think it over, for 47 hours more."""
    hour = timedelta(hours=1)
    now = later(APPROVED, jump + hour, hour)
    assert TOLD.cools(APPROVED, now)
    assert TOLD.asked(APPROVED, [now], now) is None
    assert TOLD.cooled_at(APPROVED, now) == now.at + 47 * hour
    assert not TOLD.cools(APPROVED, later(now, 47 * hour))


def test_a_server_that_was_off_makes_the_wait_longer_and_never_shorter():
    now = later(APPROVED, 3 * DAY, DAY)
    assert TOLD.cooled_at(APPROVED, now) == now.at + DAY
    assert TOLD.cooled_at(APPROVED, APPROVED) == COOLED.at


def test_a_date_that_was_set_back_makes_no_yes_last_longer():
    """A yes of five days ago; the date goes back by four. Three days later eight have passed."""
    now = later(COOLED, 4 * DAY, 8 * DAY)
    assert not TOLD.holds(COOLED, now)
    assert TOLD.holds(COOLED, later(COOLED, DAY, 7 * DAY))


def test_summer_time_makes_nothing_shorter():
    """In the night to 29 March 2026 an hour is missing in Paris: 48 hours end at ten by the clock there."""
    paris = ZoneInfo("Europe/Paris")
    approved = steadily(datetime(2026, 3, 28, 9, 0, tzinfo=paris).astimezone(UTC))
    at_nine = datetime(2026, 3, 30, 9, 0, tzinfo=paris).astimezone(UTC)
    cooled = TOLD.cooled_at(approved, approved)
    assert at_nine < cooled
    assert cooled.astimezone(paris).hour == 10


@given(
    st.integers(1_600_000_000, 2_200_000_000),
    st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York", "Pacific/Apia", "Europe/Paris"]),
    st.integers(0, 3_000_000),
)
def test_a_zone_changes_no_answer(at, zone, passed):
    approved = steadily(datetime.fromtimestamp(at, UTC))
    now = later(approved, timedelta(seconds=passed))
    there = steadily(approved.at.astimezone(ZoneInfo(zone)))
    assert (TOLD.asked(there, [now], now) is not None) is (passed >= 48 * 3600)
    assert (TOLD.asked(approved, [now], now) is not None) is (passed >= 48 * 3600)
    assert TOLD.holds(there, now) is (passed <= 7 * 24 * 3600)


@given(st.integers(-400_000_000, 400_000_000), st.integers(0, 3_000_000))
def test_by_no_date_is_somebody_asked_before_the_server_ran_for_48_hours(date, ran):
    now = later(APPROVED, timedelta(seconds=date), timedelta(seconds=ran))
    cooled = min(date, ran) >= 48 * 3600
    assert TOLD.cools(APPROVED, now) is not cooled
    assert TOLD.cooled_at(APPROVED, now) > now.at or cooled
