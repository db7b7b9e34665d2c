"""Table of groups. That there is one is plain; who belongs to it lies in one sealed body, at one size."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class CaseGroup(Revised, Model):
    """A group of a desk. No row ties a case to it: membership is sealed here, and in the case."""

    __tablename__ = "case_group"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
