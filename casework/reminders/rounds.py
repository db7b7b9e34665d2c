"""The round of a job without keys: who is to be told now, once of each step, in one mail for all of it.

What somebody was told of, and the mail, are written in one transaction: a round that is killed is begun again.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from casework import clock
from casework.access.models import Membership
from casework.db import db
from casework.reminders import members, wishes
from casework.reminders.models import DueHour, Reminder, Told
from casework.reminders.wishes import Sort, Wish
from casework.vault import Role

#: A step that nobody could be told of for so long is left to the pages: its date is older than any mail helps.
_BACK = timedelta(days=7)
#: How long it is kept that somebody was told: longer than a step is looked for.
_KEPT = timedelta(days=30)
#: From this hour on, where its reader is, the digest of a day is written.
_MORNING = 7
#: So many days after its day a date still makes a digest.
_OPEN = timedelta(days=30)
_TOLD = uuid.UUID("c3b1a1b0-6a0e-4b7d-9d0e-3f6f8a5b2c71")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Somebody who asked for mail."""

    row: Reminder
    wish: Wish
    coordinator: bool


def go(server: bytes) -> None:
    """Write a mail to everybody who is to be told of something now and asked for mail.

    Args:
        server: the server's secret, under which addresses lie.
    """
    desks = db.session.scalars(select(Reminder.desk_id).distinct()).all()
    for desk_id in desks:
        readers = list(_readers(server, desk_id))
        if readers:
            _of_desk(desk_id, readers)


def forget() -> None:
    """Delete what says that somebody was told long ago, and days and hours long past."""
    end = clock.today() - _KEPT
    db.session.execute(delete(Told).where(Told.on < end))
    db.session.execute(delete(DueHour).where(DueHour.on < end))
    db.session.execute(delete(DueHour).where(DueHour.at < clock.now() - _KEPT))


def _readers(server: bytes, desk_id: UUID) -> Iterator[_Reader]:
    query = (
        select(Reminder, Membership.role)
        .join(Membership, Membership.id == Reminder.membership_id)
        .where(Reminder.desk_id == desk_id, *members.working())
    )
    for row, role in db.session.execute(query):
        wish = wishes.opened_or_none(server, row)
        if wish is not None:
            yield _Reader(row, wish, role == Role.COORDINATOR)


def _of_desk(desk_id: UUID, readers: list[_Reader]) -> None:
    due = select(DueHour).where(
        DueHour.desk_id == desk_id,
        DueHour.told.is_(False),
        DueHour.at.between(clock.now() - _BACK, clock.now()),
    )
    rows = db.session.scalars(due).all()
    for reader in readers:
        if any(_is_for(row, reader) for row in rows):
            wishes.write(reader.row, Sort.DATES)
        if reader.coordinator and reader.wish.digest:
            _digest(desk_id, reader)
    for row in rows:
        row.told = True


def _is_for(row: DueHour, reader: _Reader) -> bool:
    """Whether a step is somebody's; what belongs to nobody is every coordinator's."""
    return reader.coordinator if row.membership_id is None else row.membership_id == reader.row.membership_id


def _digest(desk_id: UUID, reader: _Reader) -> None:
    there = clock.now().astimezone(ZoneInfo(reader.wish.zone))
    if there.hour < _MORNING:
        return
    today = there.date()
    running = select(DueHour.id).where(
        DueHour.desk_id == desk_id,
        DueHour.membership_id.is_(None),
        DueHour.on.between(today - _OPEN, today),
    )
    if db.session.scalar(running.limit(1)) and _first_time(_hash(reader.row.membership_id, today)):
        wishes.write(reader.row, Sort.DIGEST)


def _first_time(key: UUID) -> bool:
    """Keep that somebody had a digest; False where they had it before."""
    if db.session.get(Told, key) is not None:
        return False
    db.session.add(Told(id=key, on=clock.today()))
    return True


def _hash(*parts: object) -> UUID:
    return uuid.uuid5(_TOLD, "/".join(map(str, parts)))
