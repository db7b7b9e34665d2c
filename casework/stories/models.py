"""The campaign's copy of a story. No row says of which case, of which desk or of which campaign it is."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class StoryCopy(Revised, Model):
    """A story that was given to a campaign, under a key that its case and the campaign's team have."""

    __tablename__ = "story_copy"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
