"""Tables of dates and tasks. What each is about lies inside the seals; a day and an hour say only when."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Deadline(Revised, Model):
    """One date of a case: of a rule, or of a task. It is never deleted while its case is there."""

    __tablename__ = "deadline"
    __table_args__ = (Index("ix_deadline_desk_id_state_due_on", "desk_id", "state", "due_on"),)

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    due_on: Mapped[date]
    #: When somebody is to be told, without the reason; empty when nobody has to.
    wake_at: Mapped[datetime | None] = mapped_column(index=True)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    backup_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: What lists of the desk show of it, sealed to the desk: a case need not be opened for that.
    brief: Mapped[bytes] = mapped_column(LargeBinary)


class CaseDates(Revised, Model):
    """What the clocks of a case were counted from, so that a changed rule needs no case to be opened."""

    __tablename__ = "case_dates"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    #: Which state of the rules and marks they were counted with.
    stamp: Mapped[bytes] = mapped_column(LargeBinary(8))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class RuleMark(Model):
    """What an ally or a coordinator said of a rule as it stood; signed, and never changed: the newest counts."""

    __tablename__ = "rule_mark"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"))
    number: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    mark: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
