"""Tables of referrals between desks. Who is referred, why, with what and what came of it lies inside the seals."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class PartnerDesk(Revised, Model):
    """Another desk whose card somebody brought here; whether the card was compared, the chain says."""

    __tablename__ = "partner_desk"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Packet(Revised, Model):
    """What was sent of a case, as the sending desk keeps it; belongs to the case and goes with it."""

    __tablename__ = "packet"

    id: Mapped[Key]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    on: Mapped[date]
    #: How many of the other side's answers were seen here.
    answers: Mapped[int]
    form_token: Mapped[UUID] = mapped_column(unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Arrival(Revised, Model):
    """A packet at the desk that it is for, under the packet's own id: so that none comes twice.

    No foreign key leads to the sending desk or its packet: they may be in another installation, or erased.
    """

    __tablename__ = "arrival"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"), index=True)
    from_id: Mapped[UUID]
    epoch: Mapped[int]
    on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10))
    #: How many answers went back.
    answers: Mapped[int]
    #: The member who signed; empty where the sending desk did, from another installation.
    signer_id: Mapped[UUID | None]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    #: Gone as soon as it is accepted, declined, taken back, or over.
    box: Mapped[bytes | None] = mapped_column(LargeBinary)
    kept: Mapped[bytes | None] = mapped_column(LargeBinary)
    reply: Mapped[bytes | None] = mapped_column(LargeBinary)


class ArrivalFile(Model):
    """A sealed file of a packet in the store; gone with its box."""

    __tablename__ = "arrival_file"

    id: Mapped[Key]
    arrival_id: Mapped[UUID] = mapped_column(ForeignKey("arrival.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"))
