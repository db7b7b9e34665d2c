"""Tables of the audit: one row an event, and the signed head of each desk's row of events."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model


class AuditEvent(Model):
    """One thing that happened. What, who, when to the second and why are sealed in `blob`.

    `case_id` is no foreign key: the record outlives a case that was erased.
    """

    __tablename__ = "audit_event"
    __table_args__ = (UniqueConstraint("desk_id", "seq"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"))
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    seq: Mapped[int]
    on: Mapped[date] = mapped_column(index=True)
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    prev: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Model):
    """The newest event of a desk, and the signature of whoever last stood behind it unlocked."""

    __tablename__ = "audit_head"

    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    signed_seq: Mapped[int]
    signed_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    signer_id: Mapped[UUID | None]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    #: The last day on which a member wrote this head into the desk's signed chain, which everybody pins.
    witnessed_on: Mapped[date | None]
