"""The clock that everything which deletes goes by: it must not have jumped.

A server's clock may be years wrong, by accident or because somebody wants files gone. The database keeps the
last moment that was trusted. Where the clock was put back, or has moved on by more than `clock.jump_days`,
nothing is purged until a coordinator has looked at the date and said that it is right.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.audit.models import AuditEvent
from casework.db import db
from casework.retention import periods
from casework.retention.models import PurgeClock

_ONE = 1


@dataclass(frozen=True)
class Jump:
    """That purging stands still.

    Attributes:
        since: when that was noticed, by the clock that is doubted.
        trusted: the last moment that was trusted.
        now: what the clock says.
    """

    since: datetime
    trusted: datetime
    now: datetime


def trusted() -> bool:
    """Whether the clock may be gone by now; if so, this moment is the newest that was trusted."""
    row, now = _row(), clock.now()
    if _jumped(row.at, now):
        row.stopped_at = row.stopped_at or now
        return False
    row.at, row.stopped_at = max(row.at, now), None
    return True


def doubted() -> bool:
    """Whether the clock has jumped, as whoever would take something away for good asks first; writes nothing."""
    row = db.session.get(PurgeClock, _ONE)
    return row is not None and _jumped(row.at, clock.now())


def jump() -> Jump | None:
    """That the clock jumped, for those who can say which date is right; None while all is well."""
    row = db.session.get(PurgeClock, _ONE)
    if row is None or row.stopped_at is None:
        return None
    return Jump(row.stopped_at, row.at, clock.now())


def trust(actor: Actor) -> None:
    """A coordinator has looked: the date that the server shows is right. Recorded at their desk.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.RETENTION_DECIDE)
    row = _row()
    row.at, row.stopped_at = clock.now(), None
    audit.record(actor.desk, Event.CLOCK_TRUSTED)


def _row() -> PurgeClock:
    row = db.session.get(PurgeClock, _ONE, with_for_update=True, populate_existing=True)
    if row is None:
        row = PurgeClock(id=_ONE, at=_first())
        db.session.add(row)
        db.session.flush()
    return row


def _first() -> datetime:
    """Before anything was ever purged, the record tells how late it is at least."""
    newest = db.session.scalar(select(func.max(AuditEvent.on)))
    if newest is None:
        return clock.now()
    return datetime.combine(newest, datetime.min.time(), clock.now().tzinfo)


def _jumped(before: datetime, now: datetime) -> bool:
    allowed = periods.load()
    back = before - now if before > now else timedelta(0)
    return back > allowed.back or now - before > allowed.jump
