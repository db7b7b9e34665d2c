"""Joining: keys are made, a passphrase is drawn, and both are kept only after they were used once.

Until then everything lies in Valkey, sealed under a cookie of the browser that opened the link, and is
forgotten after half an hour. The operator never sees a passphrase.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.access import desks, invitations, spent_codes
from casework.access.doorway import Doorway
from casework.access.models import Invitation, Slot, User
from casework.access.sessions import Session, begin
from casework.access.signing_in import insist_on_pins, keep_profile
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import PersonKeys, Secret, keeping, passphrase, sealed_profile, session, slot, totp
from casework.vault.person import open_profile

_LIFE = timedelta(minutes=30)
#: As long as the link itself can live.
_TRIES_KEPT = timedelta(days=3)
_SHORTEST_LOGIN = 3
_LONGEST_LOGIN = 40
#: How many names that are taken somebody may meet with one link: enough for bad luck, too few to look for people.
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
class Founding:
    """What the first coordinator calls things."""

    network: str
    desk: str
    name: str


def sets_up(token: str) -> bool:
    """Whether a link is the operator's, for the first coordinator of the network.

    Raises:
        NotFound: the link is none, was used, or has ended.
    """
    return invitations.by_token(token).desk_id is None


def prepare(
    door: Doorway, secret: bytes, token: str, login: str, founding: Founding | None = None
) -> Prepared:
    """Make keys and a passphrase for a newcomer; nothing of it is stored yet.

    Args:
        door: of this installation.
        secret: of the browser's cookie from before signing in.
        token: of the link that they opened.
        login: the name they want to sign in with.
        founding: names of network, desk and founder, for the operator's link.

    Raises:
        Invalid: the login cannot be taken.
    """
    invitation = invitations.by_token(token)
    if (founding is None) != (invitation.desk_id is not None):
        raise Invalid("Please give the network, the desk and yourself a name.")
    login = _checked(door, invitation, login)
    person, words = PersonKeys.create(uuid4()), passphrase.generate()
    made = slot.make(person.root, uuid4(), person.user_id, words, door.peppers, door.cost, door.gate)
    profile, counter = sealed_profile(person)
    value = {
        "invitation": str(invitation.id),
        "login": login,
        "passphrase": words,
        "user": str(person.user_id),
        "slot": [str(made.id), made.salt.hex(), made.commit.hex(), made.blob.hex()],
        "profile": profile.hex(),
        "counter": counter,
        "totp": person.totp_secret,
        "founding": asdict(founding) if founding else None,
    }
    name = _name(secret)
    door.memory.put(name, session.seal_kept(secret, name, json.dumps(value).encode()), _LIFE)
    return _shown(value)


def prepared(door: Doorway, secret: bytes, token: str) -> Prepared:
    """What was made for this browser and this link.

    Raises:
        NotFound: nothing was, or it was forgotten.
    """
    return _shown(_pending(door, secret, invitations.by_token(token)))


@dataclass(frozen=True)
class Shown:
    """A newcomer who has shown that they can sign in with what was prepared.

    Attributes:
        person: their keys.
        value: what was prepared.
    """

    person: PersonKeys = field(repr=False)
    value: Mapping[str, Any] = field(repr=False)


def confirm(door: Doorway, secret: bytes, token: str, words: str, code: str) -> Session:
    """Keep what was prepared, now that the newcomer has shown that they can sign in with it.

    Args:
        door: of this installation.
        secret: of the browser's cookie from before signing in.
        token: of the link that they opened.
        words, code: the passphrase and an authenticator code, as typed.

    Returns:
        Their first session.

    Raises:
        NotFound: nothing was prepared here, it was forgotten, or somebody else answered the link meanwhile.
        Invalid: the passphrase or the code is not the one that was shown, or the login was taken meanwhile.
    """
    return keep(door, secret, token, show(door, secret, token, words, code))


def show(door: Doorway, secret: bytes, token: str, words: str, code: str) -> Shown:
    """The first half of `confirm`: long work that only reads. Arguments and errors are the same."""
    value = _pending(door, secret, invitations.by_token(token))
    return Shown(_unlocked(door, value, words, code), value)


def keep(door: Doorway, secret: bytes, token: str, shown: Shown) -> Session:
    """The second half of `confirm`: it writes, and reads the link anew."""
    invitation, person = invitations.to_answer(token), shown.person
    _store(door, person, shown.value)
    if shown.value["founding"]:
        _found(person, invitation, Founding(**shown.value["founding"]))
    else:
        _answer(person, invitation)
    keep_profile(person)
    spent_codes.spend(door, person)
    door.memory.drop(_name(secret))
    return begin(door, person)


def answer(person: PersonKeys, token: str) -> None:
    """Bring the keys of somebody who signs in already to another desk.

    Raises:
        NotFound: the link is none, was used, has ended, or is the operator's.
        Invalid: they are in already.
        Conflict: another page of theirs stored a profile meanwhile; it is to be tried again.
    """
    _answer(person, invitations.to_answer(token))
    insist_on_pins(person)


def _answer(person: PersonKeys, invitation: Invitation) -> None:
    """Bring one's public keys to a desk; a coordinator admits them after comparing the meeting code."""
    if invitation.desk_id is None:
        raise NotFound
    state = keeping.load(invitation.desk_id)
    if person.user_id in state.members:
        raise Invalid("You are a member of this desk already.")
    _, seq = keeping.meet(person, invitation.desk_id)
    if state.network_id and state.network_id != invitation.desk_id:
        invitation.network_seq = _meet_network(person, state.network_id)
    invitation.state, invitation.user_id, invitation.chain_seq = invitations.ANSWERED, person.user_id, seq
    invitation.x_public, invitation.ed_public = person.x_public, person.ed_public


def _meet_network(person: PersonKeys, network_id: UUID) -> int:
    """Pin the network; somebody who knows it already holds it to what they know."""
    if network_id in person.pins:
        return keeping.load(network_id, person).seq
    return keeping.meet(person, network_id)[1]


def _found(person: PersonKeys, invitation: Invitation, founding: Founding) -> None:
    network = desks.found(person, founding.network, founding.name)
    desks.found(person, founding.desk, founding.name, network.desk_id)
    db.session.delete(invitation)


def _unlocked(door: Doorway, value: Mapping[str, Any], words: str, code: str) -> PersonKeys:
    slot_id, salt, commit, blob = value["slot"]
    user_id = UUID(value["user"])
    made = slot.Slot(UUID(slot_id), user_id, bytes.fromhex(salt), bytes.fromhex(commit), bytes.fromhex(blob))
    try:
        root: Secret = slot.unlock(made, words, door.peppers, door.cost, door.gate)
    except Refused:
        raise Invalid("These are not the six words. Please copy them once more.", "passphrase") from None
    person = open_profile(root, user_id, bytes.fromhex(value["profile"]), int(value["counter"]))
    try:
        person.use_code(code)
    except Refused:
        raise Invalid("This code does not fit. Codes change every 30 seconds.", "code") from None
    return person


def _store(door: Doorway, person: PersonKeys, value: Mapping[str, Any]) -> None:
    slot_id, salt, commit, blob = value["slot"]
    user = User(id=person.user_id, login_mac=door.login_mac(value["login"]), since=clock.today())
    user.profile, user.profile_counter = bytes.fromhex(value["profile"]), int(value["counter"])
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        raise Invalid(
            "Meanwhile somebody else took this sign-in name. Open your link again and choose another."
        ) from None
    row = Slot(id=UUID(slot_id), user_id=person.user_id, since=clock.today(), pepper_id=door.peppers.current)
    row.salt, row.commit, row.blob = bytes.fromhex(salt), bytes.fromhex(commit), bytes.fromhex(blob)
    db.session.add(row)
    db.session.flush()


def _checked(door: Doorway, invitation: Invitation, login: str) -> str:
    tried = f"taken-names:{invitation.id.hex}"
    if int(door.memory.get(tried) or 0) >= _TAKEN_NAMES:
        raise Invalid("Too many names were tried with this link. Ask whoever gave it to you for another one.")
    login = login.strip()
    if not _SHORTEST_LOGIN <= len(login) <= _LONGEST_LOGIN:
        raise Invalid("A sign-in name has 3 to 40 letters.", "login")
    if db.session.scalar(select(User.id).where(User.login_mac == door.login_mac(login))) is not None:
        door.memory.count(tried, _TRIES_KEPT)
        raise Invalid("Please choose another sign-in name.", "login")
    return login


def _pending(door: Doorway, secret: bytes, invitation: Invitation) -> dict[str, Any]:
    sealed = door.memory.get(_name(secret))
    if sealed is None:
        raise NotFound
    found: dict[str, Any] = json.loads(session.open_kept(secret, _name(secret), sealed))
    if found["invitation"] != str(invitation.id):
        raise NotFound
    return found


def _shown(value: Mapping[str, Any]) -> Prepared:
    login, secret = str(value["login"]), str(value["totp"])
    return Prepared(login, str(value["passphrase"]), secret, totp.uri(secret, login))


def _name(secret: bytes) -> str:
    return f"joining:{session.sid_of(secret).hex()}"
