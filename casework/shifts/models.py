"""What a shift leaves for the next one."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model


class ShiftNote(Model):
    """A note of one shift to the next, sealed to the desk. Written once, purged after a while."""

    __tablename__ = "shift_note"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    on: Mapped[date]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
