"""Tables of dates and tasks. What each is about, when it is and how many there are lies inside the seals."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class HeldDates(Model):
    """The dates and tasks of a case: one row a case, of one size, written anew with every save of it.

    A row a date would tell by its number and its days what kind of case it is: laws differ by kind.
    """

    __tablename__ = "held_dates"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class CaseDates(Revised, Model):
    """What the desk sees of the dates of a case without opening it; apart from them, because all are read at once."""

    __tablename__ = "case_dates"
    #: Which rows were counted with older rules is asked after every slice, without reading the rows themselves.
    __table_args__ = (Index("ix_case_dates_counted", "desk_id", "stamp", "case_id"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    #: Which state of the rules and marks they were counted with.
    stamp: Mapped[bytes] = mapped_column(LargeBinary(8))
    #: Only the days, so that those of thousands of cases are read at once.
    days: Mapped[bytes] = mapped_column(LargeBinary)
    #: The lines of lists, and what clocks were counted from.
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
