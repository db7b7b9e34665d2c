"""Who is told of a date and when."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines.climbing import Whom
from casework.reminders import ladder
from casework.reminders.ladder import Dated

DAY = date(2026, 4, 2)
WHOM = [Whom.OWNER, Whom.OWNER, Whom.BACKUP, Whom.COORDINATORS]


def at(day, hour=0, minute=0):
    return datetime(2026, 4, day, hour, minute, tzinfo=UTC)


def dated(strikes, wake_at=None, **more):
    said = {"exact": False, "begins": None, "owner_id": None, "backup_id": None} | more
    return Dated(uuid4(), strikes.date(), strikes, wake_at=wake_at, **said)


def told(one):
    return [step.at for step in ladder.steps(one)]


def test_a_day_is_told_two_days_ahead_on_its_day_at_noon_and_the_morning_after():
    wake = datetime(2026, 3, 31, 6, tzinfo=UTC)
    assert told(dated(at(2, 23, 59), wake)) == [wake, at(2, 6), at(2, 12), at(3, 6)]


def test_one_written_down_too_late_is_told_on_its_day():
    assert told(dated(at(2, 23, 59))) == [at(2, 6), at(2, 6), at(2, 12), at(3, 6)]


def test_a_moment_is_told_while_something_can_still_be_done():
    assert told(dated(at(2, 22, 30), at(2, 10, 30), exact=True)) == [
        at(2, 10),
        at(2, 10),
        at(2, 16),
        at(2, 20),
    ]


def test_an_emergency_goes_on_when_its_hour_has_passed_and_once_taken_a_day_later():
    one = dated(at(2, 11, 20), begins=at(2, 10, 20), exact=True)
    assert told(one) == [at(2, 10), at(2, 10), at(2, 11), at(2, 12)]
    taken = dated(at(2, 11, 20), begins=at(3, 10, 40), exact=True)
    assert told(taken) == [at(3, 10), at(3, 10), at(3, 11), at(3, 12)]


@given(
    st.integers(0, 60 * 24 * 36_500),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(1, 2000),
)
def test_every_date_has_four_full_hours_in_order_and_the_coordinators_last(minutes, exact, emergency, taken):
    strikes = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    begun = strikes + timedelta(minutes=taken) if taken else None
    begins = begun or strikes - timedelta(hours=1)
    one = dated(strikes, exact=exact or emergency, begins=begins if emergency else None)
    found = ladder.steps(one)
    assert [step.whom for step in found] == WHOM
    assert told(one) == sorted(told(one))
    assert all((step.at.minute, step.at.second) == (0, 0) for step in found)
    if not emergency:
        last = datetime.combine(one.due_on, time(6), UTC) + timedelta(days=1)
        assert found[-1].at <= max(last, strikes)
