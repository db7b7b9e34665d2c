"""A calendar that a phone may fetch: how many dates fall on which day, and nothing else.

Its address carries a secret that is shown once and kept as a hash. It ends when its owner ends it, with
their membership, and when the desk is locked.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from casework import clock
from casework.access.actor import Actor
from casework.access.models import Membership
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import NotFound
from casework.reminders import hours, members
from casework.reminders.models import CalendarFeed, DueHour

#: Too many to be guessed by anybody, ever.
_SECRET_BYTES = 32
#: What a calendar shows of the past and of the future.
BACK, AHEAD = timedelta(days=14), timedelta(days=366)


@dataclass(frozen=True)
class Days:
    """What a calendar shows.

    Attributes:
        feed_id: of the address that was asked.
        numbers: how many dates fall on each day.
    """

    feed_id: UUID
    numbers: Mapping[date, int]


def since(actor: Actor) -> date | None:
    """Since when somebody has an address for their calendar; None: they have none."""
    membership = members.mine(actor)
    return db.session.scalar(select(CalendarFeed.since).where(CalendarFeed.membership_id == membership))


def make(actor: Actor) -> str:
    """A new secret address for one's own dates at this desk; the one from before ends.

    Returns:
        The secret, to be shown once: only its hash is kept.

    Raises:
        Denied: not for this person.
    """
    membership = members.mine(actor)
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.membership_id == membership))
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    made = CalendarFeed(membership_id=membership, desk_id=actor.desk.desk_id, secret_hash=_hash(secret))
    made.since = clock.today()
    db.session.add(made)
    db.session.flush()
    hours.begin(actor)
    audit.record(actor.desk, Event.CALENDAR_MADE)
    return secret


def end(actor: Actor) -> None:
    """End one's own address; one that has ended already is no error.

    Raises:
        Denied: not for this person.
    """
    gone = (
        delete(CalendarFeed)
        .where(CalendarFeed.membership_id == members.mine(actor))
        .returning(CalendarFeed.id)
    )
    if db.session.scalars(gone).all():
        hours.end(actor.desk.desk_id)
        audit.record(actor.desk, Event.CALENDAR_ENDED)


def end_of_desk(desk_id: UUID) -> None:
    """The desk is locked: every address of its people ends."""
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.desk_id == desk_id))


def read(secret: str) -> Days:
    """What the calendar at a secret address shows; needs no keys.

    Args:
        secret: as it stands in the address.

    Raises:
        NotFound: there is no such address, or not any more.
    """
    query = (
        select(CalendarFeed.id, CalendarFeed.membership_id)
        .join(Membership, Membership.id == CalendarFeed.membership_id)
        .where(CalendarFeed.secret_hash == _hash(secret), *members.working())
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return Days(found.id, _numbers(found.membership_id))


def _numbers(membership_id: UUID) -> Counter[date]:
    today = clock.today()
    days = select(DueHour.on).where(
        DueHour.membership_id == membership_id, DueHour.on.between(today - BACK, today + AHEAD)
    )
    return Counter(day for day in db.session.scalars(days) if day)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
