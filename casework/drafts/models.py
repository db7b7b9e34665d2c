"""Tables of what was begun. Whose it is, at which desk, and the day it goes are plain; the rest is sealed."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model


class Draft(Model):
    """What one page of somebody held at its last pause, sealed under their own key."""

    __tablename__ = "draft"

    id: Mapped[Key]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    #: The case whose form it is; with the case it goes. Empty for the form of a first contact.
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    purge_on: Mapped[date] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class LateForm(Model):
    """A form that was sent after its session had ended, boxed to its owner: no key of theirs was open."""

    __tablename__ = "late_form"

    id: Mapped[Key]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    #: The case whose form it is; with the case it goes. Empty for the form of a first contact.
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    purge_on: Mapped[date] = mapped_column(index=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
