"""Days of other calendars as days of ours: read from words and numbers, and converted where tables reach.

Hijri follows the Umm al-Qura tables (1343 to 1500); elsewhere the month begins when the moon is seen, a day
earlier or later, so such a day is never called exact. Bikram Sambat follows the published tables (1975 to 2100).
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import nepali_datetime  # type: ignore[import-untyped]  # it ships no types
from hijridate import Hijri

from casework import codes
from casework.cases.values.months import Parts
from casework.cases.values.numbers import digits

#: A day on which both calendars agree: 1 Meskerem 2000 was 12 September 2007.
_ETHIOPIAN_YEAR, _ETHIOPIAN_DAY = 2000, date(2007, 9, 12)
_BUDDHIST, _ROC = 543, 1911
#: Solar years that are taken. From 1277 (1898) on, eight leap days in 33 years fall where the equinox over Tehran
#: puts them, to the day; looking the equinox up costs 20 to 50 ms a date, so only a test does, year by year.
_SOLAR = range(1200, 1500)
#: 1 Farvardin 1400.
_SOLAR_YEAR, _SOLAR_DAY = 1400, date(2021, 3, 21)
_LONG_MONTHS, _LAST_MONTH = 6, 12
_YEAR_DIGITS = 3
_LONGEST_MOON = 30
_LETTER = r"[^\W\d_]"
_THREE = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})")


def read(text: str, calendar: codes.Code) -> Parts | None:
    """A day, month and year in words or numbers; None when it says something else, or more than a date.

    Args:
        text: as typed, in any digits.
        calendar: of the list `calendars`, with the names of its months and what papers write beside a date.
    """
    plain = _without_marks(digits(text), calendar).strip(" -,،.")
    if found := _THREE.fullmatch(plain):
        first, month, last = (int(found[n]) for n in (1, 2, 3))
        return Parts(last, month, first) if len(found[1]) >= _YEAR_DIGITS else Parts(first, month, last)
    tokens = [token for token in re.split(r"[\s,،.]+", plain) if token]
    numbers = [int(token) for token in tokens if token.isascii() and token.isdigit()]
    month = _named(" ".join(token for token in tokens if not token.isdigit()), calendar)
    if not month or not 1 <= len(numbers) <= 2:  # noqa: PLR2004 - a day and a year, or a year
        return None
    year = max(numbers)
    return Parts(min(numbers) if len(numbers) > 1 else 0, month, year)


def gregorian(parts: Parts, calendar: str) -> date | None:
    """The day of ours; None for less than a whole day, and where the calendar's tables do not reach.

    Args:
        parts: of a day in that calendar.
        calendar: a code of the list `calendars`.

    Raises:
        ValueError: this calendar has no such day.
    """
    if not (parts.day and parts.month and parts.year):
        return None
    if parts.day < 1 or not 1 <= parts.month <= (13 if calendar == "ethiopian" else 12):
        raise ValueError(calendar)
    try:
        return _CONVERTED[calendar](parts)
    except OverflowError:
        return None


def beyond(text: str, calendar: codes.Code) -> bool:
    """Whether a text is a whole day of a calendar whose tables do not reach it.

    Args:
        text: as it was kept.
        calendar: of the list `calendars`.
    """
    parts = read(text, calendar)
    if parts is None or not (parts.day and parts.month and parts.year):
        return False
    try:
        return gregorian(parts, calendar.key) is None
    except ValueError:
        return False


def _without_marks(text: str, calendar: codes.Code) -> str:
    """What papers write beside a date, such as the name of the era, is left out; 年 and 月 stand between its numbers."""
    for mark in sorted(calendar.facts.get("marks", ()), key=len, reverse=True):
        text = re.sub(rf"(?<!{_LETTER}){re.escape(mark)}(?!{_LETTER})", " ", text)
    return re.sub(r"\s*[年月]\s*(?=\d)", "-", text)


def _named(words: str, calendar: codes.Code) -> int:
    """The number of a month by one of its names; 0 if it has none such."""
    folded = _folded(words)
    for number, names in enumerate(calendar.facts.get("month_names", ()), start=1):
        if folded and folded in [_folded(name) for name in names.split("|")]:
            return number
    return 0


def _folded(text: str) -> str:
    """Letters alone: hyphens, apostrophes and marks of vowels are written by some and left out by others."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalpha() or unicodedata.category(char) == "Mc")


def _hijri(parts: Parts) -> date | None:
    """The thirtieth is a day of every month: where the moon was seen late, papers say so whatever the tables do."""
    if parts.day > _LONGEST_MOON:
        raise ValueError(parts)
    try:
        first: Any = Hijri(parts.year, parts.month, 1).to_gregorian()
    except OverflowError:
        return None
    return date(first.year, first.month, first.day) + timedelta(days=parts.day - 1)


def _solar(parts: Parts) -> date | None:
    """Six months of 31 days, five of 30, and a last one of 29 or 30: until the next year begins."""
    if parts.year not in _SOLAR:
        return None
    long = min(parts.month - 1, _LONG_MONTHS)
    first = _solar_new_year(parts.year) + timedelta(days=(parts.month - 1) * 30 + long)
    if parts.day > (31 if parts.month <= _LONG_MONTHS else 30):
        raise ValueError(parts)
    found = first + timedelta(days=parts.day - 1)
    if parts.month == _LAST_MONTH and found >= _solar_new_year(parts.year + 1):
        raise ValueError(parts)
    return found


def _solar_new_year(year: int) -> date:
    return _SOLAR_DAY + timedelta(days=_days_before(year) - _days_before(_SOLAR_YEAR))


def _days_before(year: int) -> int:
    """Days of the solar years before one: the 33-year cycle, as ICU's Persian calendar counts."""
    return 365 * (year - 1) + (8 * year + 21) // 33


def _bikram(parts: Parts) -> date | None:
    if not nepali_datetime.MINYEAR <= parts.year <= nepali_datetime.MAXYEAR:
        return None
    found: date = nepali_datetime.date(parts.year, parts.month, parts.day).to_datetime_date()
    return found


def _ethiopian(parts: Parts) -> date | None:
    """Twelve months of thirty days and a short one, of six days every fourth year."""
    leap = parts.year % 4 == 3  # noqa: PLR2004 - the year before the one that divides by four
    if parts.day > (30 if parts.month < 13 else 5 + leap):  # noqa: PLR2004 - the thirteenth month
        raise ValueError(parts)
    years = parts.year - _ETHIOPIAN_YEAR
    days = years * 365 + years // 4 + (parts.month - 1) * 30 + parts.day - 1
    return _ETHIOPIAN_DAY + timedelta(days=days)


def _shifted(years: int) -> Callable[[Parts], date | None]:
    """The same months and days as ours, under other years."""
    return lambda parts: date(parts.year + years, parts.month, parts.day)


_CONVERTED: dict[str, Callable[[Parts], date | None]] = {
    "hijri": _hijri,
    "solar_hijri": _solar,
    "bikram_sambat": _bikram,
    "ethiopian": _ethiopian,
    "buddhist": _shifted(-_BUDDHIST),
    "roc": _shifted(_ROC),
}
