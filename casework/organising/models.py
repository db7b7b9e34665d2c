"""Tables of those who meet people, and of who wants to be met. Neither row leads to a case, or to a desk."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Organiser(Revised, Model):
    """Somebody of the network's teams who meets people for an organisation; boxed to the network, whose desks read it."""

    __tablename__ = "organiser"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: The same for whoever wrote it, who may hold no key of the network.
    own: Mapped[bytes] = mapped_column(LargeBinary)


class Introduction(Revised, Model):
    """That somebody wants to be met: boxed to the organiser alone. It belongs to the network, and names no desk."""

    __tablename__ = "introduction"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    ends_on: Mapped[date] = mapped_column(index=True)
    #: The day on which the organiser read it first.
    opened_on: Mapped[date | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)
