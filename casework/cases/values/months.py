"""Names of the months in the languages of the desks, and dates read from running words."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from babel import Locale

from casework.cases.values.numbers import digits

#: The languages of the interface, their regional month names, and neighbours whose papers turn up.
_SPOKEN = (
    *("en", "es", "fr", "ar", "ar_LB", "ar_MA", "ne", "bn", "fil", "id", "hi", "ur", "am"),
    *("pt", "fa", "ru", "tr", "vi", "sw"),
)
_FILLERS = {"st", "nd", "rd", "th", "er", "º", "ª", "de", "del", "of", "the", "le", "ng", "ika"}
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
_YEAR_DIGITS = 4
_MONTHS = 12


class Parts(NamedTuple):
    """Day, month and year of a date; what was not said is 0. Not checked against a calendar."""

    day: int
    month: int
    year: int


class TwoWays(ValueError):
    """Numbers that can be two different days, such as 3/4/2026.

    Args:
        either: both of them.
    """

    def __init__(self, *either: Parts) -> None:
        super().__init__(*either)
        self.either = either


def month(text: str) -> int:
    """The number of a month written as a name or a number; 0 if it is neither."""
    plain = digits(text).strip()
    if plain.isdigit() and plain.isascii():
        return int(plain) if len(plain) <= 2 and 1 <= int(plain) <= _MONTHS else 0  # noqa: PLR2004 - two digits
    return _names().get(_folded(plain), 0)


def read(text: str) -> Parts | None:
    """A date in words or numbers; None when it says something else, or more than a date.

    Raises:
        TwoWays: numbers whose order cannot be known.
    """
    plain = digits(text).strip()
    if re.search(r"(?<!\d)0+(?!\d)", plain):
        # A zero was meant as something; it is not read as "left out".
        return None
    if found := _YEAR_FIRST.fullmatch(plain):
        return Parts(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_LAST.fullmatch(plain):
        return _ordered(int(found[1]), int(found[2]), int(found[3]))
    return _in_words(plain)


def _ordered(first: int, second: int, year: int) -> Parts:
    if first == second or first > _MONTHS:
        return Parts(first, second, year)
    if second > _MONTHS:
        return Parts(second, first, year)
    raise TwoWays(Parts(first, second, year), Parts(second, first, year))


def _in_words(text: str) -> Parts | None:
    tokens = [t for t in re.split(r"[\s,،.]+", re.sub(r"(?<=\d)(?=\D)", " ", _folded(text))) if t]
    numbers = [t for t in tokens if t.isdigit()]
    words = " ".join(t for t in tokens if not t.isdigit() and t not in _FILLERS)
    years = [n for n in numbers if len(n) == _YEAR_DIGITS]
    days = [n for n in numbers if len(n) != _YEAR_DIGITS]
    named = _names().get(words, 0)
    if len(years) != 1 or len(days) > 1 or bool(words) != bool(named) or (days and not named):
        return None
    return Parts(int(days[0]) if days else 0, named, int(years[0]))


@cache
def _names() -> dict[str, int]:
    """Month names; one that means different months in two languages is left out."""
    found: dict[str, set[int]] = {}
    for code in _SPOKEN:
        for use in Locale.parse(code).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in use[width].items():
                    found.setdefault(_folded(name), set()).add(number)
    return {
        name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1 and not name.isdigit()
    }


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.replace(".", " ").split())
