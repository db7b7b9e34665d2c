"""Sessions: a row without any key, and in Valkey the root, sealed under what only the cookie carries."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, select

from casework import clock
from casework.access.doorway import Doorway
from casework.access.models import SignedIn, User
from casework.db import db
from casework.errors import Refused
from casework.vault import PersonKeys, session
from casework.vault.catalogue import field as sealed_field
from casework.vault.person import open_profile

_BODY = sealed_field("session.body")
# Asked by every request: a statement that is made once costs its parameters alone.
_OF_COOKIE = (
    select(SignedIn.user_id, SignedIn.ends_at, User.profile, User.profile_counter)
    .join(User, User.id == SignedIn.user_id)
    .where(SignedIn.sid == bindparam("sid"))
)


@dataclass(frozen=True)
class Session:
    """An open session.

    Attributes:
        secret: the cookie's bytes; the server keeps only their hash.
        person: the keys that it opens.
        ends_at: when it ends at the latest.
    """

    secret: bytes = field(repr=False)
    person: PersonKeys = field(repr=False)
    ends_at: datetime


@dataclass(frozen=True)
class Place:
    """Where somebody is signed in, as they see it themselves.

    Attributes:
        id: of the row.
        device: what the browser said it was; empty where it said nothing.
        since: when they signed in there; None where it does not open.
        here: whether it is this very session.
    """

    id: UUID
    device: str
    since: datetime | None
    here: bool


def begin(door: Doorway, person: PersonKeys, device: str = "") -> Session:
    """Open a session for somebody who has just proved who they are.

    Args:
        door: of this installation.
        person: who it is.
        device: what their browser says it is; sealed to them.
    """
    secret, ends_at = session.new_secret(), (clock.now() + door.absolute).replace(microsecond=0)
    row = SignedIn(sid=session.sid_of(secret), user_id=person.user_id, ends_at=ends_at, id=uuid4())
    row.body = person.seal(_BODY, row.id, {"device": device, "since": clock.now().isoformat()})
    db.session.add(row)
    sealed = session.seal_root(secret, person.root, person.user_id, ends_at)
    door.memory.put(_name(session.sid_of(secret)), sealed, door.idle)
    return Session(secret, person, ends_at)


def resume(door: Doorway, secret: bytes) -> Session | None:
    """The session of a cookie, if it is still awake; being asked keeps it awake.

    Args:
        secret: the cookie's bytes.

    Returns:
        None when it has ended, rested too long, or was never there.
    """
    sid = session.sid_of(secret)
    found = db.session.execute(_OF_COOKIE, {"sid": sid}).one_or_none()
    if found is None or found.ends_at <= clock.now():
        return None
    try:
        root = session.open_root(
            secret, door.memory.touch(_name(sid), door.idle), found.user_id, found.ends_at
        )
        person = open_profile(root, found.user_id, found.profile, found.profile_counter)
    except Refused:
        return None
    return Session(secret, person, found.ends_at)


def end(door: Doorway, secret: bytes) -> None:
    """Sign out here."""
    _forget(door, [session.sid_of(secret)])


def end_all(door: Doorway, user_id: UUID) -> int:
    """Sign somebody out everywhere.

    Returns:
        How many sessions were open.
    """
    return end_many(door, [user_id])


def places(person: PersonKeys, secret: bytes) -> list[Place]:
    """Everywhere that somebody is signed in, the newest first.

    Args:
        person: whose sessions.
        secret: of the session that asks.
    """
    rows = db.session.scalars(
        select(SignedIn).where(SignedIn.user_id == person.user_id, SignedIn.ends_at > clock.now())
    )
    found = [_place(person, row, session.sid_of(secret)) for row in rows]
    return sorted(found, key=lambda one: (not one.here, -(one.since.timestamp() if one.since else 0)))


def _place(person: PersonKeys, row: SignedIn, here: bytes) -> Place:
    try:
        value: Any = person.open(_BODY, row.id, row.body)
        return Place(row.id, value["device"], datetime.fromisoformat(value["since"]), row.sid == here)
    except Refused:
        return Place(row.id, "", None, row.sid == here)


def end_one(door: Doorway, person: PersonKeys, row_id: UUID) -> None:
    """Sign somebody out in one place of theirs; one that has ended meanwhile is no error."""
    mine = select(SignedIn.sid).where(SignedIn.id == row_id, SignedIn.user_id == person.user_id)
    _forget(door, list(db.session.scalars(mine)))


def end_others(door: Doorway, user_id: UUID, secret: bytes) -> int:
    """Sign somebody out everywhere but here.

    Returns:
        How many sessions were ended.
    """
    sids = [sid for sid in of_users([user_id]) if sid != session.sid_of(secret)]
    _forget(door, sids)
    return len(sids)


def end_many(door: Doorway, user_ids: Collection[UUID]) -> int:
    """Sign several people out everywhere.

    Returns:
        How many sessions were ended.
    """
    sids = of_users(user_ids)
    _forget(door, sids)
    return len(sids)


def of_users(user_ids: Collection[UUID]) -> list[bytes]:
    """The sessions of some people."""
    return list(db.session.scalars(select(SignedIn.sid).where(SignedIn.user_id.in_(user_ids))))


def count(user_id: UUID) -> int:
    """How many sessions of somebody have not reached their end."""
    rows = db.session.scalars(
        select(SignedIn.sid).where(SignedIn.user_id == user_id, SignedIn.ends_at > clock.now())
    )
    return len(rows.all())


def purge() -> int:
    """Delete the rows of sessions that have ended; needs no keys.

    Returns:
        How many there were.
    """
    gone = db.session.execute(delete(SignedIn).where(SignedIn.ends_at <= clock.now()).returning(SignedIn.sid))
    return len(gone.all())


def _forget(door: Doorway, sids: list[bytes]) -> None:
    """Valkey first: without the sealed root, a row that stayed behind opens nothing."""
    door.memory.drop(*map(_name, sids))
    db.session.execute(delete(SignedIn).where(SignedIn.sid.in_(sids)))


def _name(sid: bytes) -> str:
    return f"session:{sid.hex()}"
