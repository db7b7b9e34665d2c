"""Counting hours, days, working days and months. Pure; negative counts go back in time."""

import calendar as months
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from casework.deadlines import zones
from casework.deadlines.choices import MonthEnd, Roll
from casework.deadlines.days_off import Calendar
from casework.deadlines.words import msgid
from casework.errors import Invalid

_MONTHS = 12
_TOO_FAR = msgid("This date lies too far away to be counted. Check the year.")


def add_days(day: date, count: int) -> date:
    """So many calendar days later; day 0 is `day` itself.

    Raises:
        Invalid: the result lies outside the years 1 to 9999.
    """
    try:
        return day + timedelta(days=count)
    except OverflowError:
        raise Invalid(_TOO_FAR) from None


def add_months(day: date, count: int, ends: MonthEnd = MonthEnd.CLIP) -> date:
    """The day of the same number so many months later.

    Args:
        day: counted from.
        count: of months; twelve are a year.
        ends: where a month has no such day: its last day, or the first of the month after it.

    Raises:
        Invalid: the result lies outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + count, _MONTHS)
    year, month = day.year + years, month + 1
    if not date.min.year <= year <= date.max.year:
        raise Invalid(_TOO_FAR)
    last = months.monthrange(year, month)[1]
    if day.day <= last:
        return date(year, month, day.day)
    end = date(year, month, last)
    return end if ends is MonthEnd.CLIP else add_days(end, 1)


def add_hours(moment: datetime, count: int) -> datetime:
    """So many hours of the world later, shown at the same place: a change of the clock adds none.

    Args:
        moment: aware.
        count: of hours.

    Raises:
        Invalid: the result lies outside the years 1 to 9999.
    """
    try:
        return (moment.astimezone(UTC) + timedelta(hours=count)).astimezone(moment.tzinfo)
    except OverflowError:
        raise Invalid(_TOO_FAR) from None


def add_working_days(day: date, count: int, closed: Calendar) -> date:
    """The working day of this number after `day`, which is day 0 whether it is worked or not.

    Args:
        day: counted from.
        count: 0 gives `day` itself.
        closed: the days that are not counted.

    Raises:
        Invalid: the result lies outside the years 1 to 9999.
    """
    left, step = abs(count), 1 if count > 0 else -1
    while left:
        day = add_days(day, step)
        left -= not closed.is_off(day)
    return day


def add_working_hours(moment: datetime, count: int, closed: Calendar) -> datetime:
    """So many hours later, leaving out days off from midnight to midnight at the place of the moment.

    Args:
        moment: aware, with an IANA zone.
        count: of hours, not negative.
        closed: the days that are not counted.

    Raises:
        Invalid: the result lies outside the years 1 to 9999.
    """
    place = str(moment.tzinfo)
    now, left = moment.astimezone(UTC), timedelta(hours=count)
    day = moment.date()
    while True:
        end = zones.end_of(day, place)
        if not closed.is_off(day):
            if now + left <= end:
                return (now + left).astimezone(moment.tzinfo)
            left -= end - now
        day, now = add_days(day, 1), end


def roll(day: date, how: Roll, closed: Calendar) -> date:
    """The nearest working day in the direction that the rule names; `day` itself if it is one.

    Raises:
        Invalid: the result lies outside the years 1 to 9999.
    """
    if how is not Roll.NONE:
        while closed.is_off(day):
            day = add_days(day, 1 if how is Roll.NEXT else -1)
    return day


def holidays_between(after: date, until: date, closed: Calendar) -> Iterator[tuple[date, str]]:
    """The holidays that cost a working day, with their names.

    Args:
        after: not itself looked at.
        until: the last day looked at.
        closed: whose holidays.
    """
    first, last = sorted((after, until))
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day != after and not closed.in_weekend(day) and (name := closed.holiday(day)):
            yield day, name
