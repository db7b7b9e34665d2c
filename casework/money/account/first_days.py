"""The first column of a pasted table: which day each row begins on, whatever the calendar and the order of its numbers.

One cell alone, such as 05/01/2026, can be two days. A whole column rarely can: another row has a day above twelve, or
only one order lets the rows follow each other. Where neither settles it, it is asked, and nothing is guessed.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from babel import Locale

from casework import codes
from casework.cases.values import calendars, dates, months
from casework.cases.values.months import Parts, TwoWays
from casework.cases.values.numbers import digits

Following = Callable[[date], date]

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_ENGLISH = Locale("en")


def settled(texts: Sequence[str], following: Following, locale: Locale | None = None) -> list[str]:
    """The cells of the column, those that the others settle written as year, month and day.

    Args:
        texts: one cell a row, as typed; days of our calendar.
        following: the first day of the next row from that of one.
        locale: of the page: names of weekdays before a day are left out.
    """
    plain = [_without_weekday(text, locale) for text in texts]
    read = [_either(text) for text in plain]
    orders = [order for order in (0, 1) if all(order < len(one) and one[order] for one in read if one)]
    ways = [order for order in orders if _follow([one[order] for one in read if one], following)]
    if len(orders) > 1 and len(ways) == 1:
        orders = ways
    if len(orders) != 1:
        return plain
    return [
        _written(one[orders[0]], text) if len(one) > 1 else text
        for one, text in zip(read, plain, strict=True)
    ]


def can_be_two(text: str) -> bool:
    """Whether numbers such as 3/4/2026 can be two different days."""
    return sum(one is not None for one in _either(text)) > 1


def next_month(written: str, calendar: str) -> date | None:
    """The day that begins the next month of another calendar; None where that is not known.

    The thirteenth month of the Ethiopian calendar, of five or six days, goes with the twelfth.

    Args:
        written: the day that began this one.
        calendar: a code of the list `calendars`.
    """
    if calendar == dates.GREGORIAN:
        return None
    parts = calendars.read(written, codes.load(dates.CALENDARS).code(calendar))
    if parts is None:
        return None
    last = parts.month >= 12  # noqa: PLR2004 - months of a year
    after = Parts(parts.day, 1 if last else parts.month + 1, parts.year + last)
    try:
        return calendars.gregorian(after, calendar)
    except ValueError:
        return None


def _either(text: str) -> list[Parts | None]:
    """Day first, and month first; one that it cannot be is None. Nothing where its numbers do not say it twice."""
    try:
        found = months.read(text)
    except TwoWays as two:
        return list(two.either)
    parts = digits(text).replace(".", "/").replace("-", "/").split("/")
    # A raised ² is a digit for isdigit and no number for int.
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    if found is None or len(numbers) != 3 or numbers[2] != found.year or numbers[0] == numbers[1]:  # noqa: PLR2004
        return []
    return [found, None] if numbers[0] == found.day else [None, found]


def _follow(column: Sequence[Parts | None], following: Following) -> bool:
    try:
        days = [date(one.year, one.month, one.day) for one in column if one]
    except ValueError:
        return False
    return len(days) > 1 and all(following(one) == after for one, after in pairwise(days))


def _written(parts: Parts | None, text: str) -> str:
    return f"{parts.year:04}-{parts.month:02}-{parts.day:02}" if parts else text


def _without_weekday(text: str, locale: Locale | None) -> str:
    """A day without the name of its weekday before it, and without signs that only turn writing around."""
    plain = text.translate(_MARKS).strip()
    first, _space, rest = plain.partition(" ")
    name = first.rstrip(".,،").casefold()
    return rest.strip() if rest and name in _weekdays(locale) else plain


def _weekdays(locale: Locale | None) -> set[str]:
    return {
        name.rstrip(".").casefold()
        for spoken in {_ENGLISH, locale or _ENGLISH}
        for width in ("wide", "abbreviated")
        for name in spoken.days["format"][width].values()
    }
