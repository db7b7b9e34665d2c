"""What a rule may say, attribute by attribute: types, words that may be chosen, bounds."""

from datetime import date
from enum import StrEnum
from typing import Any

from casework.deadlines.choices import (
    AppliesBy,
    Direction,
    Filing,
    Lengthening,
    Meaning,
    MonthEnd,
    Roll,
    Start,
    Status,
    Sure,
    Unit,
    Volatility,
)

#: What a file says once at its top; a rule may say all but the first for itself.
HEAD: dict[str, type] = {
    "jurisdiction": str,
    "countries": list,
    "zone": str,
    "weekend": list,
    "holidays": str,
    "checked_on": date,
    "checked_by": str,
    "recheck_after": date,
    "volatility": str,
}
NEEDED_HEAD = ("jurisdiction", "countries", "zone", "checked_on", "checked_by", "recheck_after")

RULE: dict[str, type] = {
    "id": str,
    "version": str,
    "case_types": list,
    "label": str,
    "trigger_event": str,
    "meaning": str,
    "count": int,
    "unit": str,
    "start": str,
    "direction": str,
    "month_arithmetic": str,
    "minus_one_day": bool,
    "roll": str,
    "filing": str,
    "applies_by": str,
    "spells": bool,
    "then": list,
    "fulfilled_by": str,
    "ended_by": list,
    "extension": list,
    "effective_from": date,
    "effective_to": date,
    "status": str,
    "sure": str,
    "source": str,
    "source_url": str,
    "caveat": str,
} | {name: kind for name, kind in HEAD.items() if name != "jurisdiction"}
NEEDED = (
    "id",
    "version",
    "case_types",
    "label",
    "trigger_event",
    "meaning",
    "count",
    "unit",
    "status",
    "sure",
    "source",
)

CHOICES: dict[str, type[StrEnum]] = {
    "meaning": Meaning,
    "unit": Unit,
    "start": Start,
    "direction": Direction,
    "month_arithmetic": MonthEnd,
    "roll": Roll,
    "filing": Filing,
    "applies_by": AppliesBy,
    "status": Status,
    "sure": Sure,
    "volatility": Volatility,
}

TERM: dict[str, type] = {"count": int, "unit": str, "repeats": bool}
EXTENSION: dict[Lengthening, dict[str, type]] = {
    Lengthening.STOP_CLOCK: {"kind": str, "event": str, "until": str, "least_months": int},
    Lengthening.LONGER: {"kind": str, "event": str, "count": int, "unit": str},
}

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_WEEKEND = 3

#: Longest count of each unit: a hundred years, or one year of hours. More is a slip of the finger.
MOST: dict[Unit, int] = {
    Unit.HOUR: 8_784,
    Unit.WORKING_HOUR: 8_784,
    Unit.CALENDAR_DAY: 36_525,
    Unit.WORKING_DAY: 2_600,
    Unit.MONTH: 1_200,
}

_NAMES: dict[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    list: "a list in [brackets]",
    date: "a day without quotes, such as 2026-03-09",
}


def wrong_type(value: Any, kind: type) -> str:
    """What to write instead; empty if the value is of its type. True is no number, a moment no day."""
    return "" if type(value) is kind else f"write {_NAMES[kind]}"


def wrong_choice(value: Any, choices: type[StrEnum]) -> str:
    """What to choose instead; empty if the value is one of the choices."""
    return "" if value in set(choices) else f'"{value}" is not known: use one of {", ".join(choices)}'
