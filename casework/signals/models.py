"""Tables of signals. No row leads to a case, and each is one sealed body of one size."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class SignalBook(Revised, Model):
    """What a desk keeps of its signals: what was put aside, what those affected decided, what it told others last."""

    __tablename__ = "signal_book"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), unique=True)
    week: Mapped[date]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class SignalTold(Revised, Model):
    """What a desk tells the others of its network: a box for each of them, under the network's seal."""

    __tablename__ = "signal_told"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), unique=True)
    week: Mapped[date]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class SignalShared(Model):
    """What a desk lets one member of the network's teams know: boxed to them, one row each, be there something or not."""

    __tablename__ = "signal_shared"
    __table_args__ = (UniqueConstraint("desk_id", "member_id"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class SignalNote(Model):
    """What coordinators of two desks write to each other; each desk has its own copy."""

    __tablename__ = "signal_note"
    __table_args__ = (UniqueConstraint("desk_id", "form_token"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    on: Mapped[date]
    form_token: Mapped[UUID]
    body: Mapped[bytes] = mapped_column(LargeBinary)
