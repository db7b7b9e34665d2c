"""Attributes of a rule, one by one: what each does to the date and what it says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from casework.deadlines.choices import Direction, Filing, Lengthening, Meaning, MonthEnd, Roll, Start, Unit
from casework.deadlines.clock import Clock
from casework.deadlines.facts import Happened, happened
from casework.deadlines.records import Extension
from tests.deadlines.making import one, rule

FRIDAY = happened("decision", "2026-03-20")
PAUSE = (Extension(Lengthening.STOP_CLOCK, "acas_day_a", "acas_day_b", least_months=1),)


def _said(clock: Clock) -> str:
    return " ".join(step.say() for step in (*clock.steps, *clock.warnings))


def test_the_day_of_the_event_is_day_0_or_day_1():
    assert one(rule(count=10), FRIDAY).day == date(2026, 3, 30)
    same = one(rule(count=10, start=Start.SAME_DAY), FRIDAY)
    assert same.day == date(2026, 3, 29)
    assert "This is day 1" in _said(same)


def test_a_working_day_count_from_the_same_day():
    counted = rule(count=3, unit=Unit.WORKING_DAY, start=Start.SAME_DAY)
    assert one(counted, FRIDAY).day == date(2026, 3, 24)  # Friday, Monday, Tuesday
    assert one(counted, happened("decision", "2026-03-21")).day == date(2026, 3, 25)  # Saturday is no day 1


def test_a_count_of_nothing_is_the_day_itself():
    assert one(rule(count=0), FRIDAY).day == date(2026, 3, 20)
    assert one(rule(count=0, roll=Roll.NEXT), happened("decision", "2026-03-21")).day == date(2026, 3, 23)


@pytest.mark.parametrize(
    ("unit", "count", "day"),
    [
        (Unit.CALENDAR_DAY, 30, date(2026, 2, 18)),
        (Unit.MONTH, 1, date(2026, 2, 20)),
        (Unit.WORKING_DAY, 5, date(2026, 3, 13)),
    ],
)
def test_counting_back(unit: Unit, count: int, day: date):
    found = one(rule(count=count, unit=unit, direction=Direction.BEFORE), FRIDAY)
    assert found.day == day


def test_counting_back_from_the_same_day():
    assert one(rule(count=3, start=Start.SAME_DAY, direction=Direction.BEFORE), FRIDAY).day == date(
        2026, 3, 18
    )


def test_month_ends_are_clipped_or_carried_and_said():
    start = happened("decision", "2026-01-31")
    clipped = one(rule(count=1, unit=Unit.MONTH), start)
    assert clipped.day == date(2026, 2, 28)
    assert "no day 31: its last day" in _said(clipped)
    carried = one(rule(count=1, unit=Unit.MONTH, month_arithmetic=MonthEnd.CARRY), start)
    assert carried.day == date(2026, 3, 1)
    assert "the first day of the next one" in _said(carried)
    assert "no day" not in _said(one(rule(count=2, unit=Unit.MONTH), start))


def test_one_day_less_comes_before_the_roll():
    # 21 April less a day is Monday the 20th: nothing to roll. With the roll first it would be the same; on a Sunday not.
    monday = one(
        rule(count=1, unit=Unit.MONTH, minus_one_day=True, roll=Roll.NEXT), happened("decision", "2026-04-21")
    )
    assert monday.day == date(2026, 5, 20)
    sunday = one(
        rule(count=1, unit=Unit.MONTH, minus_one_day=True, roll=Roll.NEXT), happened("decision", "2026-03-20")
    )
    assert sunday.day == date(2026, 4, 20)  # 20 April less a day is Sunday the 19th


@pytest.mark.parametrize(
    ("event", "roll", "day"),
    [
        ("2026-12-15", Roll.NEXT, date(2026, 12, 28)),  # Christmas is a Friday
        ("2026-12-15", Roll.PREVIOUS, date(2026, 12, 24)),
        (
            "2027-01-08",
            Roll.NEXT,
            date(2027, 1, 19),
        ),  # Monday the 18th is Martin Luther King Day: not worked either
        ("2027-01-08", Roll.PREVIOUS, date(2027, 1, 15)),
        ("2026-12-25", Roll.NEXT, date(2027, 1, 4)),
    ],
)
def test_holidays_on_both_sides_of_a_weekend(event: str, roll: Roll, day: date):
    assert one(rule(count=10, roll=roll), happened("decision", event)).day == day


def test_a_roll_names_every_holiday_on_its_way():
    found = one(rule(count=9, roll=Roll.NEXT), happened("decision", "2027-01-08"))
    assert found.day == date(2027, 1, 19)
    assert "Sunday 17 January 2027 is not worked (weekend)" in _said(found)
    assert "Also not worked: Monday 18 January 2027 (Martin Luther King Jr. Day)" in _said(found)


def test_a_weekend_of_friday_and_saturday():
    doha = rule(count=7, roll=Roll.NEXT, holidays="QA", weekend=(4, 5), zone="Asia/Qatar")
    assert one(doha, happened("decision", "2026-01-02")).day == date(
        2026, 1, 11
    )  # Friday 9 January rolls to Sunday
    assert one(doha, happened("decision", "2026-01-04")).day == date(2026, 1, 11)  # a Sunday, and worked


def test_a_holiday_that_hangs_on_the_moon_is_doubted():
    dubai = rule(count=7, roll=Roll.NEXT, holidays="AE", zone="Asia/Dubai")
    found = one(dubai, happened("decision", "2027-03-02"), on=date(2026, 11, 21))
    assert found.day > date(2027, 3, 9)
    assert "hang on the moon" in _said(found)
    assert "hang on the moon" not in _said(one(dubai, happened("decision", "2027-01-25")))
    # A rule that looks at no holidays doubts none.
    assert "moon" not in _said(one(rule(count=7, holidays="AE"), happened("decision", "2027-03-02")))


def test_years_that_the_calendar_does_not_reach_are_said():
    found = one(rule(count=30, unit=Unit.WORKING_DAY), happened("decision", "2150-03-02"))
    assert "not known" in _said(found)
    assert "not known" not in _said(
        one(rule(count=30, unit=Unit.WORKING_DAY), happened("decision", "2026-03-02"))
    )


def test_received_and_sent():
    assert "must have been received" in _said(one(rule(filing=Filing.RECEIVED), FRIDAY))
    assert "must have been sent" in _said(one(rule(filing=Filing.SENT), FRIDAY))
    assert "must have been" not in _said(one(rule(), FRIDAY))


def test_a_day_lasts_until_its_midnight_at_the_office_and_a_beginning_starts_there():
    zone = ZoneInfo("America/New_York")
    by = one(rule(zone="America/New_York"), FRIDAY)
    assert by.strikes == datetime(2026, 3, 31, tzinfo=zone)
    begins = one(rule(zone="America/New_York", meaning=Meaning.NOT_BEFORE), FRIDAY)
    assert begins.strikes == datetime(2026, 3, 30, tzinfo=zone)


def test_an_uncertain_day_is_said():
    found = one(rule(), Happened("decision", date(2026, 3, 1), exact=False))
    assert "not certain" in _said(found)


def test_a_clock_that_stands_still_shows_the_date_without_the_pause():
    paused = rule(count=3, unit=Unit.MONTH, extension=PAUSE)
    found = one(paused, FRIDAY, happened("acas_day_a", "2026-05-01"))
    assert found.day == date(2026, 6, 20)
    assert "stands still since Friday 1 May 2026" in _said(found)
    assert "ACAS certificate" in _said(found)


def test_a_pause_of_another_claim_moves_nothing():
    paused = rule(count=3, unit=Unit.MONTH, extension=PAUSE)
    events = [happened("acas_day_a", "2026-05-01", ref="b"), happened("acas_day_b", "2026-06-01", ref="b")]
    assert one(paused, happened("decision", "2026-03-20", ref="a"), *events).day == date(2026, 6, 20)
    assert one(paused, happened("decision", "2026-03-20", ref="b"), *events).day == date(2026, 7, 21)


def test_a_pause_may_leave_no_month():
    plain = rule(
        count=3, unit=Unit.MONTH, extension=(Extension(Lengthening.STOP_CLOCK, "acas_day_a", "acas_day_b"),)
    )
    events = [happened("acas_day_a", "2026-06-19"), happened("acas_day_b", "2026-06-22")]
    assert one(plain, FRIDAY, *events).day == date(2026, 6, 23)


def test_a_longer_count_grows_once():
    longer = rule(
        count=3,
        unit=Unit.MONTH,
        extension=(Extension(Lengthening.LONGER, "detention_extended", count=2, unit=Unit.MONTH),),
    )
    assert one(longer, FRIDAY).day == date(2026, 6, 20)
    twice = [happened("detention_extended", "2026-06-01"), happened("detention_extended", "2026-07-01")]
    found = one(longer, FRIDAY, *twice)
    assert found.day == date(2026, 8, 20)
    assert "The count becomes 5" in _said(found)


def test_a_longer_count_is_clipped_once():
    longer = rule(
        count=1,
        unit=Unit.MONTH,
        extension=(Extension(Lengthening.LONGER, "detention_extended", count=1, unit=Unit.MONTH),),
    )
    found = one(longer, happened("decision", "2026-01-31"), happened("detention_extended", "2026-02-20"))
    assert found.day == date(2026, 3, 31)  # not 28 February and a month
