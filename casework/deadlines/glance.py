"""What somebody on shift needs first about a person who is held or may be removed. Pure: answers in, facts out.

Nothing here is a verdict: a number that is not known stays unknown, and a day that is only roughly known is not
counted from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from casework.cases.values import moment

#: After so many days without a word somebody is looked for. Source: practice of hotlines, 72 hours without a place.
SILENT_AFTER = 3
#: A supply that ends within so many days is said aloud.
MEDICINE_SOON = 3
#: Where it went ahead or was given up, a legal step does not run any more.
_ENDED = frozenset({"refused", "granted", "withdrawn", "late"})

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """A transfer.

    Attributes:
        on: its day; None where nobody knows it.
        row: as it is stored.
    """

    on: date | None
    row: Row


def day_of(value: Any) -> date | None:
    """The day of a stored day or moment; None where it is not known, or only roughly."""
    if not isinstance(value, Mapping) or not value.get("date"):
        return None
    return date.fromisoformat(value["date"]) if value.get("precision", "day") == "day" else None


def silent_days(last_heard: dict[str, Any] | None, now: datetime) -> int | None:
    """Whole days since the person was heard from; None where that is not known.

    Args:
        last_heard: as stored; without a time, its day is taken whole, so that nobody is called silent too early.
        now: with a zone.
    """
    day = day_of(last_heard)
    if day is None or last_heard is None:
        return None
    at = moment(last_heard) if last_heard.get("time") else None
    if at is None:
        at = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(last_heard.get("zone") or "UTC"))
    return max((now - at).days, 0)


def next_hearing(rows: Any, now: datetime) -> Row | None:
    """The next hearing that is still to come; one of today without an hour counts as to come."""
    coming = [(at, number, row) for number, (at, row) in enumerate(_ends(rows)) if at >= now]
    return min(coming)[2] if coming else None


def medicine_days(rows: Any, today: date) -> int | None:
    """Days until the first supply ends, as counted; None where nobody counted.

    Args:
        rows: medicines; a supply without the day on which it was counted is taken as counted today.
        today: of the place.
    """
    left = []
    for row in _rows(rows):
        if isinstance(days := row.get("days_left"), int):
            counted = day_of(row.get("counted_on")) or today
            left.append(max(days - max((today - counted).days, 0), 0))
    return min(left, default=None)


def moves(rows: Any) -> tuple[Move, ...]:
    """Transfers in the order of time; those whose day is not known come last, as they were written."""
    found = [Move(day_of(row.get("on")), row) for row in _rows(rows)]
    return tuple(sorted(found, key=lambda one: (one.on is None, one.on or date.max)))


def running_steps(rows: Any) -> tuple[Row, ...]:
    """Legal steps on which nobody has decided yet."""
    return tuple(row for row in _rows(rows) if row.get("outcome") not in _ENDED)


def _ends(rows: Any) -> Iterable[tuple[datetime, Row]]:
    """Each row with the moment at which it is over: its hour, or the end of its day."""
    for row in _rows(rows):
        value = row.get("at")
        if value is None or (day := day_of(value)) is None:
            continue
        zone = ZoneInfo(value.get("zone") or "UTC")
        at = moment(value) if value.get("time") else None
        yield at or datetime.combine(day, time.max, zone).astimezone(UTC), row


def _rows(value: Any) -> list[Row]:
    """The rows of a group, whatever older versions of its question have stored."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
