"""Tables of cases. Nothing here says what kind of case it is: that lies inside the seals.

Every case has the same rows, filled or not, and everything that repeats (a note, a call, a visit) is
one neutral entry.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Case(Revised, Model):
    """A case: a random reference, where it stands, who works on it."""

    __tablename__ = "case"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    ref: Mapped[str] = mapped_column(String(12), unique=True)
    status: Mapped[str] = mapped_column(String(16))
    primary_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"), index=True)
    backup_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    opened_on: Mapped[date]
    changed_on: Mapped[date]
    #: The full hour after which what identifies the person goes, unless consent came (`cases.emergency`).
    exception_ends_at: Mapped[datetime | None] = mapped_column(index=True)
    #: Which row the keyless job then deletes; only while an emergency runs does a row show what it is.
    exception_section_id: Mapped[UUID | None]
    #: From which the job derives the events that it must find in the record, or must not find.
    exception_token: Mapped[UUID | None]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    called: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: What the case says of itself (`cases.stating`); empty only until its first save is finished.
    statement: Mapped[bytes | None] = mapped_column(LargeBinary)


class CaseSection(Model):
    """One section of a case, sealed as a whole; which section it is, only its tag tells, to who can open it.

    All of them are written at each save of any, at one size. Their revisions lie in the statement.
    """

    __tablename__ = "case_section"
    __table_args__ = (UniqueConstraint("case_id", "tag"),)

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Entry(Revised, Model):
    """One thing that was noted on a case; its type, time and text are inside the seal."""

    __tablename__ = "entry"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    on: Mapped[date]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Erasure(Model):
    """That a case was erased: its certificate, and its id for the list that a restored backup is held against."""

    __tablename__ = "erasure"

    #: The token of the form, so that a double click erases once.
    id: Mapped[Key]
    #: No foreign key: the case is gone.
    case_id: Mapped[UUID] = mapped_column(unique=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    on: Mapped[date]
    backups_end_on: Mapped[date]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class HeadsUp(Revised, Model):
    """One thing that the people of a desk are told about a case until they have seen it; what, is sealed."""

    __tablename__ = "heads_up"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    on: Mapped[date]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class LegalStatus(Revised, Model):
    """A person's immigration status, which only a legal step makes: sealed to named users, gone on its day."""

    __tablename__ = "legal_status"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), unique=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    purge_on: Mapped[date] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
