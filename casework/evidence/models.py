"""Tables of evidence. What a file is, what it is called and how long it is lies inside the seals."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class StoredFile(Model):
    """One object of the store, and whose case it belongs to: an erasure without keys needs no more."""

    __tablename__ = "stored_file"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))


class Attachment(Revised, Model):
    """One piece of evidence, with its file or without."""

    __tablename__ = "attachment"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    on: Mapped[date]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    keys: Mapped[bytes] = mapped_column(LargeBinary)
