"""Tables of people who sign in, desks, who works where, open sessions and invitations.

What is not an id, a day, a role, a state or a hash is sealed; the written list of plain columns with
the reason for each stands in `vault/plain_columns.py`.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db import Key, Model, Revised


class User(Model):
    """Somebody who signs in. The login name is only here as a peppered HMAC."""

    __tablename__ = "user"

    id: Mapped[Key]
    login_mac: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    profile: Mapped[bytes] = mapped_column(LargeBinary)
    profile_counter: Mapped[int]
    since: Mapped[date]


class Slot(Model):
    """A person's root under their passphrase."""

    __tablename__ = "slot"

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    commit: Mapped[bytes] = mapped_column(LargeBinary(32))
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    pepper_id: Mapped[int]
    since: Mapped[date]


class Passkey(Model):
    """A person's root under what an authenticator works out; which one is only here as an HMAC."""

    __tablename__ = "passkey"

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Desk(Revised, Model):
    """A desk, or the network that its desks form (which has the same chain, keys and members).

    `code` is random and stands in addresses; the name is sealed in `body`.
    """

    __tablename__ = "desk"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(8), unique=True)
    network_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.id"), index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Membership(Model):
    """Who works at a desk. The desk's chain is the truth; this row says where to look and since when."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("desk_id", "user_id"),)

    id: Mapped[Key]
    desk_id: Mapped[UUID] = mapped_column(ForeignKey("desk.id"), index=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    since: Mapped[date]
    #: From this day on they have no access; the desk's keys are changed when a coordinator lets them go.
    ends_on: Mapped[date | None]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class SignedIn(Model):
    """A session: the hash of its cookie, whose it is, and its end. Its key half is in Valkey only."""

    __tablename__ = "session"

    sid: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    #: Names the row where its owner looks at their sessions; says nothing of the cookie.
    id: Mapped[UUID] = mapped_column(default=uuid4)
    #: On which device it began, and when; sealed to its owner.
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Invitation(Model):
    """A one-time link, kept as a hash, and the public keys of whoever answered it."""

    __tablename__ = "invitation"

    id: Mapped[Key]
    desk_id: Mapped[UUID | None] = mapped_column(ForeignKey("desk.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(12))
    inviter_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    ends_at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    x_public: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    ed_public: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    chain_seq: Mapped[int | None]
    network_seq: Mapped[int | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
