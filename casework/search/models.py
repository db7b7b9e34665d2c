"""Tables of the search: sealed segments of cards, which case lies in which, and the list of what is current.

A case may have an older card in one segment and its newest in another, so the map names every segment that
holds any card of it: an erasure without keys must reach them all. Where it leaves a segment without its
blob, the map still tells whose cards have to be made anew.
"""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model


class Segment(Model):
    """A packed block of cards, sealed as one; without a blob where it was erased."""

    __tablename__ = "segment"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    #: The number of the save that wrote it; bound into its seal.
    seq: Mapped[int]
    is_tail: Mapped[bool]
    rev: Mapped[int]
    blob: Mapped[bytes | None] = mapped_column(LargeBinary)


class SegmentOfCase(Model):
    """That some card of a case lies in a segment. It keeps a case from going before its cards are gone."""

    __tablename__ = "segment_of_case"

    case_id: Mapped[UUID] = mapped_column(
        ForeignKey("case.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    segment_id: Mapped[UUID] = mapped_column(ForeignKey("segment.id"), primary_key=True, index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)


class SegmentManifest(Model):
    """Which segments are current, and under which number each was written: sealed, one a desk."""

    __tablename__ = "segment_manifest"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), unique=True)
    rev: Mapped[int]
    blob: Mapped[bytes | None] = mapped_column(LargeBinary)


class SavedView(Model):
    """Filters and an order of one person's list under a name, sealed under their own key."""

    __tablename__ = "saved_view"

    id: Mapped[Key]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
