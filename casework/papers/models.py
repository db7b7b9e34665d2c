"""Tables of papers. Which paper, for whom and under which consent lies inside the seals."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Departure(Revised, Model):
    """Something of a case that was made to leave the desk."""

    __tablename__ = "departure"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    on: Mapped[date]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    keys: Mapped[bytes] = mapped_column(LargeBinary)


class PaperText(Revised, Model):
    """A desk's own words, in place of ours, on one sort of paper in one language."""

    __tablename__ = "paper_text"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
