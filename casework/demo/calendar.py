"""Days as people say them: exactly, by the month, or in the calendar on their wall."""

from datetime import date
from random import Random
from typing import Any

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: Of Bikram Sambat, from the middle of April on.
_BIKRAM = ("बैशाख", "जेठ", "असार", "साउन", "भदौ", "असोज", "कात्तिक", "मंसिर", "पुस", "माघ", "फागुन", "चैत")
_HALF = 15
_NEPALI = 0.2
_BY_MONTH = 0.3


def said(rng: Random, day: date, language: str, *, exact: bool) -> dict[str, Any]:
    """A day as somebody said it, in the form in which it is stored.

    Args:
        rng: decides how it is said.
        day: which day it was.
        language: of whoever says it.
        exact: whether it is a day on which something depends.
    """
    if not exact and language == "ne" and rng.random() < _NEPALI:
        return {"written": _bikram(day), "calendar": "bikram_sambat", "date": None, "precision": "month"}
    if not exact and rng.random() < _BY_MONTH:
        first, words = day.replace(day=1), f"{_MONTHS[day.month - 1]} {day.year}"
        return {"written": words, "calendar": "gregorian", "date": first.isoformat(), "precision": "month"}
    iso = day.isoformat()
    return {"written": iso, "calendar": "gregorian", "date": iso, "precision": "day"}


def _bikram(day: date) -> str:
    """Year and month of Bikram Sambat; a month begins about the middle of ours, the year in April."""
    month = (day.month - (4 if day.day >= _HALF else 5)) % 12
    began = (day.month, day.day) >= (4, _HALF)
    return f"{day.year + (57 if began else 56)} {_BIKRAM[month]}"
