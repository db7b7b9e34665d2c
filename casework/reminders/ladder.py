"""Who is told of a date, and when, as long as it runs: its owner, then who stands in, then the coordinators.

It is climbed with keys, when a case is saved; what is kept in the clear of it is a full hour. Never later than
the step itself: an hour that began is one that counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from casework.deadlines import climbing, held
from casework.deadlines.climbing import Whom
from casework.deadlines.held import Held, Sort

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_MORNING = time(6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Step:
    """One telling.

    Attributes:
        whom: whose turn it is.
        at: the full hour from which on, unless the date is done or taken before.
    """

    whom: Whom
    at: datetime


@dataclass(frozen=True, slots=True)
class Dated:
    """What a ladder needs of a running date.

    Attributes:
        id: of the date.
        due_on: its day.
        strikes: the moment at which it is too late.
        exact: whether it is a moment.
        wake_at: when somebody is to be told; None: it was written down too late for that.
        begins: of an emergency, from when on it is its worker's; None: it is none.
        owner_id, backup_id: whose it is, and who stands in; None: of whoever works on the case.
    """

    id: UUID
    due_on: date
    strikes: datetime
    exact: bool
    wake_at: datetime | None
    begins: datetime | None
    owner_id: UUID | None
    backup_id: UUID | None


def of_held(one: Held) -> Dated:
    """A date as its case has it."""
    return Dated(
        id=one.id,
        due_on=one.due_on,
        strikes=one.strikes,
        exact=one.exact,
        wake_at=one.wake_at,
        begins=climbing.begins(one) if one.sort is Sort.EMERGENCY else None,
        owner_id=one.owner_id,
        backup_id=one.backup_id,
    )


def of_line(line: Mapping[str, Any]) -> Dated:
    """A date as lists of the desk have it."""
    due_on, strikes = date.fromisoformat(line["due_on"]), datetime.fromisoformat(line["strikes"])
    return Dated(
        id=UUID(line["id"]),
        due_on=due_on,
        strikes=strikes,
        exact=line["exact"],
        wake_at=held.wake_before(due_on, strikes, exact=line["exact"]),
        begins=datetime.fromisoformat(line["begins"]) if line.get("begins") else None,
        owner_id=UUID(line["owner"]) if line["owner"] else None,
        backup_id=UUID(line["backup"]) if line["backup"] else None,
    )


def steps(one: Dated) -> tuple[Step, Step, Step, Step]:
    """Whom a date is told to, the earliest first; four steps, so that every date takes as many rows.

    An emergency: at once, when its hours to answer have passed, and an hour later; once it is taken, a day
    later likewise. A moment: twelve hours before, then six, then two. A day: two days before, on the day, at its
    noon, and the morning after.
    """
    morning = datetime.combine(one.due_on, _MORNING)
    if one.begins is not None:
        at = [at for _whom, at in climbing.rungs(one.begins)]
        found = (at[0], *at)
    elif one.exact:
        found = (
            one.wake_at or one.strikes - 12 * _HOUR,
            one.strikes - 12 * _HOUR,
            one.strikes - 6 * _HOUR,
            one.strikes - 2 * _HOUR,
        )
    else:
        found = (one.wake_at or morning, morning, morning + 6 * _HOUR, morning + _DAY)
    whom = (Whom.OWNER, Whom.OWNER, Whom.BACKUP, Whom.COORDINATORS)
    first, second, third, last = (Step(who, _full(at)) for who, at in zip(whom, found, strict=True))
    return first, second, third, last


def _full(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
