"""Tables of what is kept of closed cases, and of the clock that everything which deletes goes by."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Kept(Revised, Model):
    """A closed case: the months in which it is looked at and loses its names, and what stays after that."""

    __tablename__ = "kept"

    id: Mapped[Key]
    #: Empty once the case was pseudonymised: nothing leads from what stays to what was.
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), unique=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    #: The first day of a month; nothing says which day of the month before it follows from.
    review_on: Mapped[date | None] = mapped_column(index=True)
    ends_on: Mapped[date | None] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class PurgeClock(Model):
    """The moment up to which purging has trusted the server's clock. One row."""

    __tablename__ = "purge_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    #: Since when purging stands still because the clock jumped; empty while it runs.
    stopped_at: Mapped[datetime | None]
