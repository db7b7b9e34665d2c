"""Passkeys: added while signed in, used in the place of six words and a code, removed.

A row says whose it is; which passkey, by an HMAC; and when it came is sealed to its owner, like its public key.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock
from casework.access import arrivals, sessions
from casework.access.doorway import Doorway
from casework.access.models import Passkey, Slot, User
from casework.access.sessions import Session
from casework.access.signing_in import SlowDown, keep_profile, stored
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, Refused
from casework.vault import PersonKeys, passkey, slot
from casework.vault.catalogue import field
from casework.vault.passkey import Answer, Site
from casework.vault.person import open_profile

_BODY = field("passkey.body")
#: The account that failures are counted for: before the slot opens, nobody knows whose it is.
_ACCOUNT = "passkey"
MOST = 5


@dataclass(frozen=True)
class Known:
    """A passkey as its owner sees it.

    Attributes:
        id: of its row.
        device: on which it was made; empty where it does not open.
        since: the day, in ISO form.
    """

    id: UUID
    device: str
    since: str


def of(person: PersonKeys) -> list[Known]:
    """Somebody's passkeys, the oldest first."""
    found = [
        Known(row.id, str(said.get("device", "")), str(said.get("since", ""))) for row, said in _rows(person)
    ]
    return sorted(found, key=lambda one: one.since)


def to_make(site: Site, cookie: bytes, person: PersonKeys) -> str:
    """What the browser needs to make one, as JSON."""
    known = [bytes.fromhex(said["credential"]) for _, said in _rows(person) if said]
    return json.dumps(passkey.to_make(site, cookie, known))


def to_use(site: Site, cookie: bytes) -> str:
    """What the browser needs to sign in, as JSON; the same for everybody."""
    return json.dumps(passkey.to_use(site, cookie))


def try_words(door: Doorway, person: PersonKeys, words: str) -> None:
    """Long work that only reads: a screen that was left open is not enough to add a passkey.

    Raises:
        Invalid: this is not the present passphrase.
    """
    row = db.session.scalars(select(Slot).where(Slot.user_id == person.user_id)).one()
    try:
        slot.unlock(stored(row), words, door.peppers, door.cost, door.gate)
    except Refused:
        raise Invalid("This is not your present passphrase.", "present") from None


def add(
    door: Doorway, site: Site, cookie: bytes, person: PersonKeys, sent: tuple[str, str], device: str
) -> Session:
    """Keep a passkey that was just made.

    Args:
        door, site: of this installation.
        cookie: the session's secret; it changes with this.
        person: whose passkey.
        sent: the answer and the secret, as the form has them.
        device: what the browser says it is.

    Returns:
        A new session in the place of this one.

    Raises:
        Invalid: it is not one that was made here and now, or there are too many.
    """
    if len(_rows(person)) >= MOST:
        raise Invalid("Remove one first: there are %(most)s already.", most=MOST)
    try:
        answer = Answer.read(*sent)
        credential = passkey.made(site, cookie, answer)
    except Refused:
        raise Invalid(
            "This passkey cannot be used here. Try another one, or go on with your six words."
        ) from None
    row = Passkey(id=uuid4(), user_id=person.user_id, mac=_mac(door, answer.credential_id))
    row.blob = passkey.seal_root(answer.prf, person.root, person.user_id, row.id)
    said = {"credential": credential.hex(), "device": device, "since": clock.today().isoformat()}
    row.body = person.seal(_BODY, row.id, said)
    db.session.add(row)
    db.session.flush()
    _record(person, Event.PASSKEY_ADDED)
    sessions.end(door, cookie)
    return sessions.begin(door, person, device)


def remove(person: PersonKeys, row_id: UUID) -> None:
    """Take one of somebody's own passkeys away; one that is gone already is no error."""
    mine = delete(Passkey).where(Passkey.id == row_id, Passkey.user_id == person.user_id)
    if db.session.execute(mine.returning(Passkey.id)).first() is not None:
        _record(person, Event.PASSKEY_REMOVED)


def sign_in(
    door: Doorway, site: Site, cookie: bytes, sent: tuple[str, str], address: str, device: str = ""
) -> Session:
    """Let somebody in by a passkey.

    Args:
        door, site: of this installation.
        cookie: of the browser, from before signing in.
        sent: the answer and the secret, as the form has them.
        address: where the attempt comes from, for its limit.
        device: what the browser says it is.

    Raises:
        SlowDown: before anything is tried, after too many failures.
        Refused: for every other reason alike.
    """
    if wait := door.limits.wait(_ACCOUNT, address):
        raise SlowDown(wait)
    try:
        person = _opened(door, site, cookie, Answer.read(*sent))
    except Refused:
        door.limits.failed(_ACCOUNT, address)
        raise
    arrivals.arrive(person)
    keep_profile(person)
    return sessions.begin(door, person, device)


def _opened(door: Doorway, site: Site, cookie: bytes, answer: Answer) -> PersonKeys:
    row = db.session.scalar(select(Passkey).where(Passkey.mac == _mac(door, answer.credential_id)))
    if row is None:
        raise Refused
    root = passkey.open_root(answer.prf, row.user_id, row.id, row.blob)
    user = db.session.get_one(User, row.user_id, populate_existing=True)
    person = open_profile(root, user.id, user.profile, user.profile_counter)
    said: Any = person.open(_BODY, row.id, row.body)
    passkey.check(site, cookie, bytes.fromhex(said["credential"]), answer)
    return person


def _rows(person: PersonKeys) -> list[tuple[Passkey, dict[str, Any]]]:
    every = db.session.scalars(select(Passkey).where(Passkey.user_id == person.user_id))
    return [(row, _said(person, row)) for row in every]


def _said(person: PersonKeys, row: Passkey) -> dict[str, Any]:
    try:
        value = person.open(_BODY, row.id, row.body)
    except Refused:
        return {}
    return value if isinstance(value, dict) else {}


def _mac(door: Doorway, credential_id: bytes) -> bytes:
    return hmac.digest(door.secret, b"passkey\0" + credential_id, hashlib.sha256)


def _record(person: PersonKeys, event: Event) -> None:
    for desk in arrivals.opened(person):
        audit.record(desk, event)
