"""Tables of calendar feeds and of mails. Each belongs to a membership, and goes with it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model


class CalendarFeed(Model):
    """The secret address of somebody's calendar, as a hash: who reads this row cannot ask for the calendar."""

    __tablename__ = "calendar_feed"

    id: Mapped[Key]
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"), unique=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    since: Mapped[date]


class Reminder(Model):
    """Where somebody wants mail and when, sealed under the server's own secret: jobs have no other key."""

    __tablename__ = "reminder"

    id: Mapped[Key]
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"), unique=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Letter(Model):
    """A mail that is still to be sent; its id stands in its Message-ID, however often it is sent."""

    __tablename__ = "letter"

    id: Mapped[Key]
    reminder_id: Mapped[UUID] = mapped_column(ForeignKey("reminder.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    #: 0: the first one, 1: dates wait, 2: a coordinator's digest.
    sort: Mapped[int]
    on: Mapped[date]


class DueHour(Model):
    """A day or an hour at which somebody is to be reminded, without the case: only of dates whose people asked for it.

    Its id follows from the random id of a date, which lies inside the seals of its case: whoever opens the case
    finds its rows, and nobody else can say which rows belong together.
    """

    __tablename__ = "due_hour"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    #: Whose it is; empty: all coordinators'.
    membership_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )
    #: The day, for calendars and digests; empty for a step.
    on: Mapped[date | None]
    #: The full hour of a step; empty for a day.
    at: Mapped[datetime | None] = mapped_column(index=True)
    told: Mapped[bool]


class Told(Model):
    """That somebody had the digest of a day. Its id is a hash of whom and when; nothing else is kept."""

    __tablename__ = "told"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(index=True)
