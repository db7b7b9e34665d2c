"""Attributes of one rule that contradict each other, or promise what the arithmetic does not do."""

from collections.abc import Iterator
from typing import Any

from casework.deadlines.attribute_checks import Said
from casework.deadlines.attributes import MOST
from casework.deadlines.choices import Unit

_WORKED = (Unit.WORKING_DAY, Unit.WORKING_HOUR)
_REPEATABLE = (Unit.HOUR, Unit.CALENDAR_DAY)


def contradictions(row: dict[str, Any]) -> Iterator[Said]:
    """What does not fit together in one rule.

    Args:
        row: the rule with what the top of its file says; every attribute of its type.
    """
    unit = Unit(row["unit"])
    if not 0 <= row["count"] <= MOST[unit]:
        yield "count", f"must lie between 0 and {MOST[unit]} {unit}s"
    yield from _of_unit(row, unit)
    yield from _of_days_off(row, unit)
    yield from _of_direction(row)
    yield from _of_spells(row, unit)
    yield from _of_steps(row)
    yield from _of_standing(row)


def _of_unit(row: dict[str, Any], unit: Unit) -> Iterator[Said]:
    if unit.of_hours:
        yield from _of_hours(row)
    if unit is Unit.MONTH and row.get("start") == "same_day":
        yield "start", "take it out: months that begin with the day itself are written minus_one_day = true"
    if row.get("start") == "same_day" and row["count"] == 0:
        yield "count", "must be at least 1: the day of the event is day 1 already"
    if any(part.get("unit", unit) != unit for part in row.get("extension", ())):
        yield "extension", "a limit grows in the unit that it is counted in"
    if unit is not Unit.MONTH and "month_arithmetic" in row:
        yield "month_arithmetic", "take it out: only months need it"


def _of_hours(row: dict[str, Any]) -> Iterator[Said]:
    for name in ("start", "minus_one_day", "extension"):
        if name in row:
            yield name, "take it out: hours are counted from the moment itself"
    if row.get("roll", "none") != "none":
        yield "roll", "take it out: hours end when they end"


def _of_days_off(row: dict[str, Any], unit: Unit) -> Iterator[Said]:
    if (unit in _WORKED or row.get("roll", "none") != "none") and not row.get("weekend"):
        yield "weekend", 'say which days are not worked, such as ["saturday", "sunday"]'
    if (unit in _WORKED or row.get("roll", "none") != "none") and not row.get("holidays"):
        yield "holidays", 'say which calendar of holidays counts, such as "US"'


def _of_direction(row: dict[str, Any]) -> Iterator[Said]:
    if row.get("direction") != "before":
        return
    for name in ("minus_one_day", "extension", "then", "spells"):
        if row.get(name):
            yield name, "take it out: this rule counts back from its event"


def _of_spells(row: dict[str, Any], unit: Unit) -> Iterator[Said]:
    if bool(row.get("spells")) != (row["trigger_event"] == "detention"):
        yield (
            "spells",
            'a limit over spells says spells = true and trigger_event = "detention", no other rule does',
        )
    if not row.get("spells"):
        return
    if unit not in (Unit.CALENDAR_DAY, Unit.MONTH):
        yield "unit", "a limit over spells is counted in calendar days or months"
    if row.get("then") or row.get("roll", "none") != "none":
        yield "spells", "a limit over spells has no further steps and does not roll"
    if any(part.get("kind") == "stop_clock" for part in row.get("extension", ())):
        yield "extension", "a limit over spells can only become longer"


def _of_steps(row: dict[str, Any]) -> Iterator[Said]:
    steps = row.get("then", [])
    if steps and (row.get("roll", "none") != "none" or row.get("extension")):
        yield "then", "a clock of several steps neither rolls nor is extended"
    if row.get("fulfilled_by") and not steps:
        yield "fulfilled_by", "take it out: only a clock of several steps is fulfilled step by step"
    for number, step in enumerate(steps, 1):
        if step.get("repeats") and (number < len(steps) or step.get("unit") not in _REPEATABLE):
            yield "then", "only the last step may repeat, in hours or calendar days"


def _of_standing(row: dict[str, Any]) -> Iterator[Said]:
    begin, end = row.get("effective_from"), row.get("effective_to")
    if begin and end and end < begin:
        yield "effective_to", "it ends before it begins: look at both days"
    if row["status"] == "repealed" and not end:
        yield "effective_to", "say the last day on which the repealed rule applied"
    if row["status"] in ("blocked", "partly_blocked") and not row.get("caveat", "").strip():
        yield "caveat", "say which court blocked what, and when"
    if row["sure"] != "not_read" and "source_url" not in row:
        yield "source_url", 'add the address where it can be read, or say sure = "not_read"'
    if row["recheck_after"] <= row["checked_on"]:
        yield "recheck_after", "must lie after checked_on"
