"""What may be wrong with the value of one attribute, and what to write instead."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from casework import codes
from casework.deadlines import lists, zones
from casework.deadlines.attributes import (
    CHOICES,
    EXTENSION,
    LONGEST_WEEKEND,
    MOST,
    TERM,
    WEEK,
    wrong_choice,
    wrong_type,
)
from casework.deadlines.choices import Lengthening, Unit
from casework.deadlines.days_off import year_of
from casework.errors import Invalid

#: An attribute, and what is wrong with it.
Said = tuple[str, str]

_ID = re.compile(r"[a-z]{2,3}\.[a-z0-9_]{2,60}")
_VERSION = re.compile(r"[a-z0-9][a-z0-9 ,._-]{0,39}")
_VERIFIED = "take it out: verified is a mark that a legal ally makes in the program, never in the file"
_EXAMPLE_YEAR = 2026


def types(table: dict[str, Any], allowed: dict[str, type]) -> Iterator[Said]:
    """Attributes that nobody knows, and values of another type than the attribute takes.

    Args:
        table: as it stands in the file.
        allowed: the type of each attribute.
    """
    for name, value in table.items():
        if name in ("verified", "verified_by"):
            yield name, _VERIFIED
        elif name not in allowed:
            yield name, "nobody knows this attribute: take it out, or correct its spelling"
        elif message := wrong_type(value, allowed[name]):
            yield name, message


def about_value(name: str, value: Any) -> Iterator[str]:
    """What is wrong with the value of one attribute, apart from its type.

    Args:
        name: of the attribute.
        value: of the right type.
    """
    if name in CHOICES and (message := wrong_choice(value, CHOICES[name])):
        yield message
    if look := _LOOKS.get(name):
        yield from look(value)


def _pattern(pattern: re.Pattern[str], message: str) -> Callable[[str], Iterator[str]]:
    def look(value: str) -> Iterator[str]:
        if not pattern.fullmatch(value):
            yield message

    return look


def _event(value: str) -> Iterator[str]:
    if str(value) not in lists.events():
        yield f'"{value}" is no event of codes/clock_events.toml: choose one of them, or add it there first'


def _events(values: list[Any]) -> Iterator[str]:
    for value in values:
        yield from _event(value)


def _case_types(values: list[Any]) -> Iterator[str]:
    if not values:
        yield "name at least one kind of case"
    for value in values:
        if str(value) not in lists.case_types():
            yield f'"{value}" is no kind of case: use {", ".join(sorted(lists.case_types()))}'


def _countries(values: list[Any]) -> Iterator[str]:
    known = codes.load("countries")
    if not values:
        yield 'name at least one country, or ["*"] for all'
    for value in values:
        if values != ["*"] and str(value) not in known:
            yield f'"{value}" is no country: use two capital letters of ISO 3166-1, or ["*"] for all'


def _weekend(values: list[Any]) -> Iterator[str]:
    if len(values) > LONGEST_WEEKEND:
        yield f"a weekend has at most {LONGEST_WEEKEND} days"
    for value in values:
        if value not in WEEK:
            yield f'"{value}" is no day of the week: use {", ".join(WEEK)}'


def _holidays(value: str) -> Iterator[str]:
    try:
        year_of(value, _EXAMPLE_YEAR)
    except Invalid:
        yield f'the library "holidays" has no calendar "{value}": use a country, such as "US", one with a region, "GB-ENG", or with a category, "HK+optional"'


def _zone(value: str) -> Iterator[str]:
    try:
        if value != "event":
            zones.zone(value)
    except Invalid:
        yield f'there is no time zone "{value}": use a name such as "Europe/London", or "event" for the place where it happened'


def _terms(values: list[Any]) -> Iterator[str]:
    for number, value in enumerate(values, 1):
        for name, message in (
            types(value, TERM) if isinstance(value, dict) else [("", "write { count = 7, unit = … }")]
        ):
            yield f"step {number} {name}: {message}"
        if isinstance(value, dict):
            yield from _amount(value, least=1)


def _extensions(values: list[Any]) -> Iterator[str]:
    for value in values:
        kind = str(value.get("kind")) if isinstance(value, dict) else ""
        if message := wrong_choice(kind, Lengthening):
            yield f"kind: {message}"
        else:
            yield from _extension(value, EXTENSION[Lengthening(kind)])


def _extension(value: dict[str, Any], allowed: dict[str, type]) -> Iterator[str]:
    for name, message in types(value, allowed):
        yield f"{name}: {message}"
    for name in allowed.keys() - value.keys() - {"least_months"}:
        yield f"add {name}"
    for name in ("event", "until"):
        if name in value:
            yield from _event(value[name])
    if "count" in value:
        yield from _amount(value, least=1)


def _amount(value: dict[str, Any], least: int) -> Iterator[str]:
    if message := wrong_choice(value.get("unit"), Unit):
        yield f"unit: {message}"
    elif type(value.get("count")) is not int or not least <= value["count"] <= MOST[Unit(value["unit"])]:
        yield f"count must lie between {least} and {MOST[Unit(value['unit'])]} {value['unit']}s"


def _said(value: str) -> Iterator[str]:
    if not value.strip():
        yield "write something here: somebody will rely on it"


def _day(value: date) -> Iterator[str]:
    if not date(1900, 1, 1) <= value <= date(2199, 12, 31):
        yield "this year cannot be right: check it"


_LOOKS: dict[str, Callable[[Any], Iterator[str]]] = {
    "id": _pattern(_ID, 'use small letters, such as "us.bia_appeal": the jurisdiction, a dot, a name'),
    "version": _pattern(_VERSION, 'use a short name in small letters, such as "30 days"'),
    "label": _said,
    "source": _said,
    "checked_by": _said,
    "source_url": _pattern(
        re.compile(r"https?://\S+\.\S+"), "write the whole address, beginning with https://"
    ),
    "trigger_event": _event,
    "fulfilled_by": _event,
    "ended_by": _events,
    "case_types": _case_types,
    "countries": _countries,
    "weekend": _weekend,
    "holidays": _holidays,
    "zone": _zone,
    "then": _terms,
    "extension": _extensions,
    "effective_from": _day,
    "effective_to": _day,
}
