"""Table of respondents, shared by all desks of a network; names are sealed under the network's key."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class Respondent(Revised, Model):
    """Somebody who is answerable; kind, name and country are inside the seal."""

    __tablename__ = "respondent"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
