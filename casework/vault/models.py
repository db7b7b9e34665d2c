"""Tables of the vault: signed entries, and sealed keys that open for nobody but their holders.

Members are named by their id in the chain. A set of recovery cards is a member too and no user, so
those columns point at no table. References are checked at the end of a transaction, because a row's
seals need its key before the row itself can be written.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Model


def _desk(*, primary_key: bool = False, index: bool = False) -> Mapped[UUID]:
    late = ForeignKey("desk.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return mapped_column(late, primary_key=primary_key, index=index)


def _case() -> Mapped[UUID]:
    late = ForeignKey("case.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return mapped_column(late, primary_key=True)


class ChainEntry(Model):
    """One signed entry of a desk's chain. Public data: who is in, in which role, since which epoch."""

    __tablename__ = "chain_entry"

    desk_id: Mapped[UUID] = _desk(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12))
    fields: Mapped[bytes] = mapped_column(LargeBinary)
    signer_id: Mapped[UUID]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    #: SHA-256 of body and signature: finds what is in the cache; verified when it is not.
    head: Mapped[bytes] = mapped_column(LargeBinary(32))


class DeskEpoch(Model):
    """The epoch that a desk writes under: the row that writers share and an epoch change locks."""

    __tablename__ = "desk_epoch"

    desk_id: Mapped[UUID] = _desk(primary_key=True)
    epoch: Mapped[int]


class DeskBox(Model):
    """The desk secret of the current epoch, boxed to one member."""

    __tablename__ = "desk_box"

    desk_id: Mapped[UUID] = _desk(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class DeskLink(Model):
    """The desk secret of the epoch before, sealed under the one of this epoch."""

    __tablename__ = "desk_link"

    desk_id: Mapped[UUID] = _desk(primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class DeskPair(Model):
    """Half of the desk secret, boxed to one of two coordinators: together they open a locked desk."""

    __tablename__ = "desk_pair"

    desk_id: Mapped[UUID] = _desk(primary_key=True)
    holder_id: Mapped[UUID] = mapped_column(primary_key=True)
    other_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class DeskReopening(Model):
    """One of two coordinators says yes to opening a locked desk: their half, boxed to the other, for ten minutes."""

    __tablename__ = "desk_reopening"

    desk_id: Mapped[UUID] = _desk(primary_key=True)
    from_id: Mapped[UUID] = mapped_column(primary_key=True)
    to_id: Mapped[UUID] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    ends_at: Mapped[datetime]
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class CaseWrap(Model):
    """The newest key of a case and its tag secret, sealed under the desk's case-wrap key."""

    __tablename__ = "case_wrap"

    case_id: Mapped[UUID] = _case()
    desk_id: Mapped[UUID] = _desk(index=True)
    epoch: Mapped[int]
    generation: Mapped[int] = mapped_column(CheckConstraint("generation > 0", name="generation"))
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class RestrictedWrap(Model):
    """The newest key of a restricted case, boxed to one named member, under a layer of the desk's."""

    __tablename__ = "restricted_wrap"

    case_id: Mapped[UUID] = _case()
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    desk_id: Mapped[UUID] = _desk(index=True)
    epoch: Mapped[int]
    generation: Mapped[int] = mapped_column(CheckConstraint("generation > 0", name="generation"))
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class CaseLink(Model):
    """The case key of the generation before, sealed under the one of this generation."""

    __tablename__ = "case_link"

    case_id: Mapped[UUID] = _case()
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    desk_id: Mapped[UUID] = _desk()
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class Grant(Model):
    """What a legal ally was given of one case, until a day: for the desk under the case's key, for the ally in a box.

    That something was given, to whom and until when is plain, so that it ends without any key. What, is sealed,
    and of one size.
    """

    __tablename__ = "grant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), index=True)
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id", ondelete="CASCADE"), index=True)
    ally_id: Mapped[UUID] = mapped_column(index=True)
    ends_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    form_token: Mapped[UUID] = mapped_column(unique=True)
    tag: Mapped[bytes] = mapped_column(LargeBinary(8))
    generation: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    #: The generation that the box is bound to; the body may be older.
    boxed_at: Mapped[int | None]
    box: Mapped[bytes | None] = mapped_column(LargeBinary)
    signer_id: Mapped[UUID | None]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(64))
    seen: Mapped[bytes | None] = mapped_column(LargeBinary)
