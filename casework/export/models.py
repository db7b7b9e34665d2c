"""Table of what was asked for. No file of it lies anywhere: it is made while it is sent."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class DeskExport(Revised, Model):
    """That all files of a desk are to leave. Never deleted: what became of it belongs to the desk's past."""

    __tablename__ = "desk_export"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
