"""A day and a time at a place. Stored as the clock there showed it, with the name of its zone.

Offsets change by law, sometimes weeks ahead: a flight next month is kept as local time and zone, and the
moment is computed when it is needed.
"""

import re
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import format_time

from casework import codes
from casework.cases.fields import Field
from casework.cases.values import dates
from casework.cases.values.labels import label
from casework.cases.values.numbers import digits
from casework.cases.values.typed import Input, Sort, Texts, Typed, Voice, named
from casework.errors import Invalid

ZONES = "zones"

_TIME = re.compile(
    r"(?P<h>\d{1,2})(?:\s*[:.h٫]\s*(?P<m>\d{2})(?::\d{2})?|(?P<mm>\d{2}))?\s*h?\s*(?P<half>[ap]\.?\s*m\.?)?"
)
_NOON = 12


def moment(value: dict[str, Any]) -> datetime | None:
    """The moment that a stored day and time mean, in UTC; None when the time is not known.

    Where the clock showed a time twice, the first of the two counts: a deadline must not be late.
    """
    if value["time"] is None:
        return None
    local = datetime.combine(date.fromisoformat(value["date"]), time.fromisoformat(value["time"]))
    return local.replace(tzinfo=ZoneInfo(value["zone"])).astimezone(UTC)


def time_of(text: str) -> time:
    """A time of day as people type it: 9:05, 21.30, 2130, 9 pm, 21h30, in any digits.

    Raises:
        Invalid: it is no time of day.
    """
    found = _TIME.fullmatch(digits(text).strip().casefold())
    if not found:
        raise Invalid("Write the time as hours and minutes, for example 21:30.")
    hour, minute = int(found["h"]), int(found["m"] or found["mm"] or 0)
    if found["half"]:
        hour = _of_twelve(hour, found["half"])
    try:
        return time(hour, minute)
    except ValueError:
        raise Invalid("There is no such time. Hours go from 0 to 23, minutes from 0 to 59.") from None


def _of_twelve(hour: int, half: str) -> int:
    if not 1 <= hour <= _NOON:
        raise Invalid("With am or pm, hours go from 1 to 12.")
    return hour % _NOON + (_NOON if half.startswith("p") else 0)


def _parse(typed: Typed) -> dict[str, Any] | None:
    parts, clock_time, zone = dates.typed_parts(typed), typed.one("time"), typed.one("zone")
    if parts is None and not clock_time:
        # The zone alone says nothing: forms come with one already chosen.
        return None
    if parts is None or not parts.day:
        raise Invalid("Write day, month and year.")
    day, _ = dates.day_of(parts)
    dates.check_when(day, typed.field)
    at = time_of(clock_time) if clock_time else None
    _check_zone(zone, at)
    if at:
        _check_exists(datetime.combine(day, at, ZoneInfo(zone)))
    return {"date": day.isoformat(), "time": at.isoformat("minutes") if at else None, "zone": zone}


def _check_zone(zone: str, at: time | None) -> None:
    if at and not zone:
        raise Invalid("Choose the time zone of the place.")
    if zone and zone not in _known_zones():
        raise Invalid("This time zone is not known. Choose the nearest large city.")


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _check_exists(local: datetime) -> None:
    """Refuse an hour that was skipped when clocks went forward."""
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Invalid("This hour was skipped there: clocks went forward that day. Check the time.")


def _show(_field: Field, value: Any, voice: Voice) -> str:
    shown = dates.spoken(date.fromisoformat(value["date"]), "day", voice)
    if value["time"] is None:
        return shown
    # By 24 hours in every language, as the clocks beside it: nobody mixes up the two nines of a day.
    at = format_time(time.fromisoformat(value["time"]), "HH:mm", locale=voice.locale)
    return f"{shown}, {at} ({label(codes.load(ZONES), value['zone'], voice)})"


def _fill(_field: Field, value: Any, name: str, _locale: Locale | None) -> Texts:
    filled = dates.fill_day(date.fromisoformat(value["date"])) | {"zone": value["zone"]}
    if value["time"]:
        filled["time"] = value["time"]
    return {named(name, part): text for part, text in filled.items()}


def _inputs(_field: Field, name: str) -> tuple[Input, ...]:
    return (
        Input(named(name, "day"), "whole", "Day"),
        Input(named(name, "month"), "month", "Month"),
        Input(named(name, "year"), "whole", "Year"),
        Input(named(name, "time"), "time", "Time"),
        Input(named(name, "zone"), "zone", "Time zone", ZONES),
    )


SORT = Sort(_parse, _show, _fill, _inputs)
