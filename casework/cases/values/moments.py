"""A day and a time at a place. Stored as the clock there showed it, with the name of its zone.

Offsets change by law, sometimes weeks ahead: a flight next month is kept as local time and zone, and the
moment is computed when it is needed. The day is typed as any other day is: in words, or in another calendar, which
stay beside it as `written` and `calendar`; `precision` stands there only where it is not exact. Clocks start from
such days, so a month or a year alone is none.
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
    said, clock_time, zone = dates.SORT.parse(typed), typed.one("time"), typed.one("zone")
    if said is None and not clock_time:
        # The zone alone says nothing: forms come with one already chosen.
        return None
    day = _whole_day(said)
    at = time_of(clock_time) if clock_time else None
    _check_zone(zone, at)
    if at:
        _check_exists(datetime.combine(day, at, ZoneInfo(zone)))
    kept = {"date": day.isoformat(), "time": at.isoformat("minutes") if at else None, "zone": zone}
    return kept | _beside(said or {})


def _whole_day(said: dict[str, Any] | None) -> date:
    """The day that was said.

    Raises:
        Invalid: it was a month, a year, or words from which no day of ours follows.
    """
    if said is None or said["precision"] in ("month", "year"):
        raise Invalid("Write day, month and year.")
    if said["date"] is None:
        raise Invalid("No day follows from these words. Write day, month and year.")
    return date.fromisoformat(said["date"])


def _beside(said: dict[str, Any]) -> dict[str, Any]:
    """What is kept beside the day: what was written, where it was more than the day, and that it is not exact."""
    kept = {}
    if said["calendar"] != dates.GREGORIAN or said["written"] != said["date"]:
        kept = {"written": said["written"], "calendar": said["calendar"]}
    return kept | ({} if said["precision"] == "day" else {"precision": said["precision"]})


def _as_date(value: dict[str, Any]) -> dict[str, Any]:
    """The day of a stored moment, as a day is stored."""
    plain = {"written": value["date"], "calendar": dates.GREGORIAN, "precision": "day"}
    return plain | {part: value[part] for part in ("date", *plain) if part in value}


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


def _show(field: Field, value: Any, voice: Voice) -> str:
    shown = dates.SORT.show(field, _as_date(value), voice)
    if value["time"] is None:
        return shown
    # By 24 hours in every language, as the clocks beside it: nobody mixes up the two nines of a day.
    at = format_time(time.fromisoformat(value["time"]), "HH:mm", locale=voice.locale)
    return f"{shown}, {at} ({label(codes.load(ZONES), value['zone'], voice)})"


def _fill(field: Field, value: Any, name: str, locale: Locale | None) -> Texts:
    filled = dates.SORT.fill(field, _as_date(value), name, locale) | {named(name, "zone"): value["zone"]}
    if value["time"]:
        filled[named(name, "time")] = value["time"]
    return filled


def _inputs(field: Field, name: str) -> tuple[Input, ...]:
    at = Input(named(name, "time"), "time", "Time"), Input(named(name, "zone"), "zone", "Time zone", ZONES)
    day = dates.SORT.inputs(field, name)
    return (*day[:3], *at, *day[3:])


SORT = Sort(_parse, _show, _fill, _inputs)
