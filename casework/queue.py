"""Work to be done later. A row is written in the caller's transaction; `jobs` delivers it.

The database is the truth and the queue's engine only a hint: when Valkey is lost, nothing is.
"""

import uuid
from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from casework import clock
from casework.db import Key, Model, db


class Outbox(Model):
    """One job that is due: a name and opaque ids, never content."""

    __tablename__ = "outbox"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40))
    ids: Mapped[list[str]] = mapped_column(JSON)
    due_at: Mapped[datetime] = mapped_column(index=True)
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
