"""Everything that deletes by itself goes through here: only by a clock that can be trusted, and it is told.

What a run deleted is written into the record of each desk, boxed to it: how much of what, nothing else. So the
coordinators read it at their next unlock, and a copy of the database shows that something was recorded.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Refused
from casework.retention import witness
from casework.vault import keeping

Purge = Callable[[], Counter[UUID]]


@dataclass(frozen=True)
class Report:
    """What one run took away at a desk.

    Attributes:
        what: drafts, emergencies, statuses, invitations, shifts, pseudonymised, introductions.
        count: how many.
        at: when.
    """

    what: str
    count: int
    at: datetime


def run(what: str, purge: Purge) -> None:
    """Let something be purged, unless the clock jumped; what went is reported in the same transaction.

    Args:
        what: is purged, as reports call it.
        purge: deletes what has come to its end, and says how much at which desk.
    """
    doubted = witness.jump() is not None
    if not witness.trusted():
        if not doubted:
            _tell_of_jump()
        return
    gone = purge()
    for desk_id in sorted(desk_id for desk_id, count in gone.items() if count):
        _record(desk_id, Event.PURGED, what=what, count=gone[desk_id])


def _tell_of_jump() -> None:
    structlog.get_logger().error("purge.clock_jumped")
    for desk_id in db.session.scalars(select(Desk.id).order_by(Desk.id)):
        _record(desk_id, Event.CLOCK_STOPPED)


def _record(desk_id: UUID, event: Event, **details: Any) -> None:
    try:
        audit.record_keyless(keeping.load(desk_id), event, **details)
    except Refused:
        # A chain that does not verify cannot be written for; that must not keep alive what has to go.
        return


def reports(actor: Actor, since: timedelta) -> list[Report]:
    """What was taken away at a desk lately, by kind, the newest first.

    Args:
        actor: a coordinator.
        since: how far back.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.RETENTION_DECIDE)
    seen = audit.lately(actor.desk, clock.today() - since, Event.PURGED)
    return list(_by_day(Report(one.details["what"], one.details["count"], one.at) for one in seen if one.at))


def _by_day(found: Iterator[Report]) -> Iterator[Report]:
    """One line a day and kind: a job that runs every ten minutes would bury the rest."""
    sums: dict[tuple[date, str], Report] = {}
    for one in found:
        key = (one.at.date(), one.what)
        known = sums.get(key)
        sums[key] = Report(one.what, one.count + known.count, known.at) if known else one
    yield from sums.values()
