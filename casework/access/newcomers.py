"""Keys of somebody new: made and shown, and kept only after they were used once.

Until then everything lies in Valkey, sealed under a cookie of the browser that began, and is forgotten after
half an hour. The operator never sees a passphrase. Two doors lead here: a link, and two recovery cards.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.access.doorway import Doorway
from casework.access.models import Slot, User
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import PersonKeys, Secret, passphrase, sealed_profile, session, slot, totp
from casework.vault.person import open_profile

_LIFE = timedelta(minutes=30)
#: As long as a link itself can live.
_TRIES_KEPT = timedelta(days=3)
_SHORTEST_LOGIN = 3
_LONGEST_LOGIN = 40
#: How many names that are taken somebody may meet at one door: enough for bad luck, too few to look for people.
_TAKEN_NAMES = 5


@dataclass(frozen=True)
class Prepared:
    """What a newcomer is shown once.

    Attributes:
        login: as they will type it.
        passphrase: six words, drawn here.
        totp_secret, totp_uri: for their authenticator app, as text and for a QR code.
    """

    login: str
    passphrase: str = field(repr=False)
    totp_secret: str = field(repr=False)
    totp_uri: str = field(repr=False)


@dataclass(frozen=True)
class Shown:
    """A newcomer who has shown that they can sign in with what was prepared.

    Attributes:
        person: their keys.
        value: what was prepared.
    """

    person: PersonKeys = field(repr=False)
    value: Mapping[str, Any] = field(repr=False)


def make(door: Doorway, login: str) -> dict[str, Any]:
    """Fresh keys, six words and an authenticator under a login that is free; nothing of it is stored yet."""
    person, words = PersonKeys.create(uuid4()), passphrase.generate()
    made = slot.make(person.root, uuid4(), person.user_id, words, door.peppers, door.cost, door.gate)
    profile, counter = sealed_profile(person)
    return {
        "login": login,
        "passphrase": words,
        "user": str(person.user_id),
        "slot": [str(made.id), made.salt.hex(), made.commit.hex(), made.blob.hex()],
        "profile": profile.hex(),
        "counter": counter,
        "totp": person.totp_secret,
    }


def free_login(door: Doorway, login: str, where: str) -> str:
    """A login as it may be taken.

    Args:
        door: of this installation.
        login: as typed.
        where: which door asks; each gives only a few tries.

    Raises:
        Invalid: it is too short or too long, somebody has it, or too many were tried.
    """
    tried = f"taken-names:{where}"
    if int(door.memory.get(tried) or 0) >= _TAKEN_NAMES:
        raise Invalid("Too many names were tried with this link. Ask whoever gave it to you for another one.")
    login = login.strip()
    if not _SHORTEST_LOGIN <= len(login) <= _LONGEST_LOGIN:
        raise Invalid("A sign-in name has 3 to 40 letters.", "login")
    if db.session.scalar(select(User.id).where(User.login_mac == door.login_mac(login))) is not None:
        door.memory.count(tried, _TRIES_KEPT)
        raise Invalid("Please choose another sign-in name.", "login")
    return login


def put_by(door: Doorway, secret: bytes, door_name: str, value: Mapping[str, Any]) -> None:
    """Keep what was prepared for this browser alone, for half an hour.

    Args:
        door: of this installation.
        secret: of the browser's cookie.
        door_name: which door it waits at.
        value: what was prepared.
    """
    name = _name(door_name, secret)
    door.memory.put(name, session.seal_kept(secret, name, json.dumps(value).encode()), _LIFE)


def waiting(door: Doorway, secret: bytes, door_name: str) -> dict[str, Any]:
    """What was put by for this browser.

    Raises:
        NotFound: nothing was, or it was forgotten.
    """
    name = _name(door_name, secret)
    sealed = door.memory.get(name)
    if sealed is None:
        raise NotFound
    found: dict[str, Any] = json.loads(session.open_kept(secret, name, sealed))
    return found


def forget(door: Doorway, secret: bytes, door_name: str) -> None:
    """Drop what was put by: it was used."""
    door.memory.drop(_name(door_name, secret))


def as_shown(value: Mapping[str, Any]) -> Prepared:
    """What the newcomer reads."""
    login, secret = str(value["login"]), str(value["totp"])
    return Prepared(login, str(value["passphrase"]), secret, totp.uri(secret, login))


def unlock(door: Doorway, value: Mapping[str, Any], words: str, code: str) -> Shown:
    """Sign in with what was prepared: long work that only reads.

    Raises:
        Invalid: the passphrase or the code is not the one that was shown.
    """
    made, user_id = _slot(value), UUID(value["user"])
    try:
        root: Secret = slot.unlock(made, words, door.peppers, door.cost, door.gate)
    except Refused:
        raise Invalid("These are not the six words. Please copy them once more.", "passphrase") from None
    person = open_profile(root, user_id, bytes.fromhex(value["profile"]), int(value["counter"]))
    try:
        person.use_code(code)
    except Refused:
        raise Invalid("This code does not fit. Codes change every 30 seconds.", "code") from None
    return Shown(person, value)


def store(door: Doorway, shown: Shown) -> None:
    """Write a newcomer down.

    Raises:
        Invalid: somebody took the login meanwhile.
    """
    value, person = shown.value, shown.person
    user = User(id=person.user_id, login_mac=door.login_mac(value["login"]), since=clock.today())
    user.profile, user.profile_counter = bytes.fromhex(value["profile"]), int(value["counter"])
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        raise Invalid(
            "Meanwhile somebody else took this sign-in name. Open your link again and choose another."
        ) from None
    made = _slot(value)
    row = Slot(id=made.id, user_id=person.user_id, since=clock.today(), pepper_id=door.peppers.current)
    row.salt, row.commit, row.blob = made.salt, made.commit, made.blob
    db.session.add(row)
    db.session.flush()


def _slot(value: Mapping[str, Any]) -> slot.Slot:
    slot_id, salt, commit, blob = value["slot"]
    raw = (bytes.fromhex(part) for part in (salt, commit, blob))
    return slot.Slot(UUID(slot_id), UUID(value["user"]), *raw)


def _name(door_name: str, secret: bytes) -> str:
    return f"{door_name}:{session.sid_of(secret).hex()}"
