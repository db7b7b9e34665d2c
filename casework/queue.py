"""Work to be done later. A row is written in the caller's transaction; `jobs` delivers it.

The database is the truth and the queue's engine only a hint: when Valkey is lost, nothing is. A row is
*due* until the job that it names has committed; whoever delivers it takes it on loan for a while, and
when nothing came of that, because a worker was killed or Valkey switched off, it is due again.
"""

import uuid
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import JSON, Index, String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from casework import clock
from casework.db import Key, Model, db

#: Longer than any job may run, so that a row is seldom delivered while its job still runs.
SHORTEST_LOAN = timedelta(minutes=2)
LONGEST_LOAN = timedelta(hours=1)
#: A row that has been due for so long says that nobody delivers.
LATE = timedelta(minutes=10)

_PERIODS = uuid.UUID("5b0c7f6e-2f6a-4d3e-9a43-0d6f0c1f9b11")


class Outbox(Model):
    """One job that is due: a name and opaque ids, never content."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_done_at_due_at", "done_at", "due_at"),)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40))
    ids: Mapped[list[str]] = mapped_column(JSON)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]


def enqueue(name: str, *ids: uuid.UUID, due_at: datetime | None = None) -> None:
    """Ask for a job in the present transaction.

    Args:
        name: a name that `jobs` knows.
        ids: opaque ids, all that the job is told.
        due_at: not before this moment; now, if left out.
    """
    db.session.add(Outbox(name=name, ids=[str(i) for i in ids], due_at=due_at or clock.now()))


def enqueue_each(name: str, every: timedelta) -> None:
    """Ask for a job once in each period, however many processes and restarts ask for it.

    Args:
        name: a name that `jobs` knows; it is told no ids.
        every: the length of a period. Periods that passed while nothing ran are not made up for.
    """
    period = int(clock.now().timestamp() // every.total_seconds())
    key = uuid.uuid5(_PERIODS, f"{name}/{every.total_seconds():.0f}/{period}")
    if db.session.get(Outbox, key) is None:
        # Another process may be asking at the same moment: its row serves as well.
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.add(Outbox(id=key, name=name, ids=[], due_at=clock.now()))


def any_due() -> bool:
    """Whether a row is due."""
    return db.session.scalar(sa.select(_due(clock.now()).exists())) or False


def any_late() -> bool:
    """Whether a row has been due for so long that nobody can be delivering."""
    return db.session.scalar(sa.select(_due(clock.now() - LATE).exists())) or False


def take_on_loan(most: int = 100) -> list[uuid.UUID]:
    """Take due rows to deliver them. They are due again after the loan, which grows with every attempt.

    Args:
        most: how many rows at once.

    Returns:
        The ids of the rows, the longest due first.
    """
    found = db.session.scalars(
        _due(clock.now()).order_by(Outbox.due_at).limit(most).with_for_update(skip_locked=True),
    ).all()
    for row in found:
        row.due_at = clock.now() + min(SHORTEST_LOAN * 2 ** min(row.attempts, 10), LONGEST_LOAN)
        row.attempts += 1
    return [row.id for row in found]


def give_back(ids: list[uuid.UUID]) -> None:
    """Rows that could not be handed on are due at once; the attempt does not count."""
    db.session.execute(
        sa.update(Outbox)
        .where(Outbox.id.in_(ids), Outbox.done_at.is_(None))
        .values(due_at=clock.now(), attempts=Outbox.attempts - 1),
    )


def claim(row_id: uuid.UUID) -> Outbox | None:
    """Hold a row until the end of this transaction, if its job is not done yet.

    Returns:
        The row; None when its job is done, so that a second delivery does nothing.
    """
    held = sa.select(Outbox).where(Outbox.id == row_id, Outbox.done_at.is_(None)).with_for_update()
    return db.session.scalar(held)


def look(row_id: uuid.UUID) -> Outbox | None:
    """A row whose job is not done yet, without holding it."""
    return db.session.scalar(sa.select(Outbox).where(Outbox.id == row_id, Outbox.done_at.is_(None)))


def finish(row: Outbox) -> None:
    """Its job is done, as soon as this transaction is committed."""
    row.done_at = clock.now()


def forget_done(before: datetime) -> None:
    """Delete the rows of jobs that were done before a moment."""
    db.session.execute(sa.delete(Outbox).where(Outbox.done_at < before))


def _due(moment: datetime) -> "sa.Select[Outbox]":
    return sa.select(Outbox).where(Outbox.done_at.is_(None), Outbox.due_at <= moment)
