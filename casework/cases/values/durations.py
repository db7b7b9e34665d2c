"""Lengths of time: a count and a unit, as they were said. Two years are not turned into 730 days."""

from typing import Any

from babel import Locale
from babel.units import format_unit

from casework import codes
from casework.cases.fields import Field
from casework.cases.values.labels import label
from casework.cases.values.numbers import check_bounds, number
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice, named
from casework.errors import Invalid

UNITS = "duration_units"


def _parse(typed: Typed) -> dict[str, Any] | None:
    if not (text := typed.one("count")):
        return None
    if not (unit := typed.one("unit")):
        raise Invalid("Choose hours, days, weeks, months or years.")
    if typed.field.units and unit not in typed.field.units:
        raise Invalid("This is not one of the choices. Choose one from the list.")
    value = number(text, 0, typed.locale)
    check_bounds(value, typed.field)
    return {"count": int(value), "unit": codes.load(UNITS).code(unit).key}


def _show(_field: Field, value: Any, voice: Voice) -> str:
    unit = f"duration-{value['unit']}"
    for length in ("long", "short"):
        # Where CLDR has no long form of its own, Babel puts the name of the pattern there.
        said = format_unit(value["count"], unit, length, locale=voice.locale)
        if unit not in said:
            return said
    return f"{value['count']} {label(codes.load(UNITS), value['unit'], voice)}"


def _fill(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    return {named(name, "count"): str(value["count"]), named(name, "unit"): value["unit"]}


def _inputs(_field: Field, name: str) -> tuple[Input, ...]:
    return (
        Input(named(name, "count"), "whole", "How many"),
        Input(named(name, "unit"), "one", "Unit", UNITS),
    )


SORT = Sort(_parse, _show, _fill, _inputs)
