"""Counting days and months the way the rules about money do."""

import calendar
from datetime import date, timedelta

from casework.errors import Invalid

_YEAR = 12


def add_months(day: date, months: int) -> date:
    """The day with the same number so many months on, or the last of a shorter month.

    30 November and three months is 28 February, or 29 in a leap year.

    Args:
        day: counted from.
        months: how many; negative counts back.

    Raises:
        Invalid: the calendar ends before.
    """
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    if not date.min.year <= year <= date.max.year:
        raise Invalid("This is further away than the calendar reaches.", "day")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """So many days on.

    Raises:
        Invalid: the calendar ends before.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise Invalid("This is further away than the calendar reaches.", "day") from error


def days_touched(start: date, end: date) -> int:
    """Calendar days from the first to the last, both counted."""
    return (end - start).days + 1
