"""Tables of published figures. Of a case nothing is here but what is sealed to two stewards, until a release."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Float, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model


def _network() -> Mapped[UUID]:
    return mapped_column(ForeignKey("desk.id", ondelete="CASCADE"), index=True)


def _window(*, unique: bool = False) -> Mapped[UUID]:
    return mapped_column(ForeignKey("trend_window.id", ondelete="CASCADE"), unique=unique)


class TrendWindow(Model):
    """A window, announced before anything of it is counted, and signed by who announced it."""

    __tablename__ = "trend_window"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = _network()
    plan: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    first_on: Mapped[date]
    last_on: Mapped[date]
    #: The last day on which a return comes in and a withdrawal counts.
    closes_on: Mapped[date]
    #: Ids of 16 bytes, one after the other.
    stewards: Mapped[bytes] = mapped_column(LargeBinary)
    signer_id: Mapped[UUID]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    form_token: Mapped[UUID] = mapped_column(unique=True)
    #: Where its figures cannot be made any more: its days can then be announced again.
    withdrawn_on: Mapped[date | None]
    withdrawer_id: Mapped[UUID | None]
    withdrawal: Mapped[bytes | None] = mapped_column(LargeBinary(64))


class TrendReturn(Model):
    """What a desk sent for a window; gone with the release."""

    __tablename__ = "trend_return"
    __table_args__ = (UniqueConstraint("window_id", "from_id"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = _network()
    window_id: Mapped[UUID] = _window()
    from_id: Mapped[UUID]
    on: Mapped[date]
    signer_id: Mapped[UUID]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    boxes: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: Of a return that came as a file, counted by the desk that made it; 0 for one that was sent here.
    number: Mapped[int] = mapped_column(default=0)


class TrendFile(Model):
    """A return that a desk made as a file, for a network of another installation. The file itself is not kept."""

    __tablename__ = "trend_file"
    __table_args__ = (UniqueConstraint("desk_id", "window_id"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = _network()
    network_id: Mapped[UUID]
    window_id: Mapped[UUID]
    plan: Mapped[str] = mapped_column(String(20))
    first_on: Mapped[date]
    last_on: Mapped[date]
    closes_on: Mapped[date]
    number: Mapped[int]
    made_on: Mapped[date]
    #: SHA-256 of the newest file, for the code that is read out.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: Somebody said no, or was erased, since it was made: another one has to replace it there.
    stale: Mapped[bool]


class TrendHalf(Model):
    """One steward agrees to open a window: their halves for another one, for a day."""

    __tablename__ = "trend_half"
    __table_args__ = (UniqueConstraint("window_id", "from_id", "to_id"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = _network()
    window_id: Mapped[UUID] = _window()
    from_id: Mapped[UUID]
    to_id: Mapped[UUID]
    ends_at: Mapped[datetime]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class TrendRelease(Model):
    """The numbers of a window. They are written once; the second signature releases them."""

    __tablename__ = "trend_release"

    id: Mapped[Key]
    desk_id: Mapped[UUID] = _network()
    window_id: Mapped[UUID] = _window(unique=True)
    numbers: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    run_on: Mapped[date]
    first_id: Mapped[UUID]
    first_signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    second_id: Mapped[UUID]
    second_signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    released_on: Mapped[date | None]


class TrendLedger(Model):
    """What each part of a release cost each person."""

    __tablename__ = "trend_ledger"
    __table_args__ = (UniqueConstraint("window_id", "part"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = _network()
    window_id: Mapped[UUID] = _window()
    part: Mapped[str] = mapped_column(String(10))
    plan: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    bound: Mapped[int]
    scales: Mapped[str] = mapped_column(Text)
    epsilon: Mapped[float] = mapped_column(Float)
    delta: Mapped[float] = mapped_column(Float)
    opendp: Mapped[str] = mapped_column(String(20))
    output: Mapped[str] = mapped_column(String(64))
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
