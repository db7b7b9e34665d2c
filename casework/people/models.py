"""Table of consents. That there is one is plain; for what, to whom and until when is sealed."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Consent(Revised, Model):
    """One answer of a person to one question: yes or no, to one purpose. It is never changed."""

    __tablename__ = "consent"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
