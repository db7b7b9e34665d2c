"""Tables of what is kept of closed cases, of the clock that everything which deletes goes by, and of the steady one."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Float, ForeignKey, LargeBinary, String
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


class SteadyClock(Model):
    """How late it is by the time that a machine has run; setting its date does not move that. A row for each start of one."""

    __tablename__ = "steady_clock"

    #: Names one start of one machine.
    start: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: At its last beat: how late it was, and for how many seconds it had run since its start.
    at: Mapped[datetime]
    ran: Mapped[float] = mapped_column(Float)
