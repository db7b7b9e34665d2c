"""Coming back with two recovery cards: for a coordinator who has lost words or phone, and has nobody who admits them.

The cards stand for a coordinator: they admit new keys in the place of the old ones and take those out, in
one transaction. Nothing is compared aloud, because the newcomer carries the paper themselves; that the desk
is the true one says an entry that the cards have signed in its chain (`vault/keeping/paper.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from casework.access import admitting, desks, leaving, newcomers, recovery, sessions, spent_codes
from casework.access.actor import Actor
from casework.access.admitting import Newcomer
from casework.access.desks import MemberLine
from casework.access.doorway import Doorway
from casework.access.newcomers import Prepared, Shown
from casework.access.sessions import Session
from casework.access.signing_in import SlowDown, insist_on_pins, keep_profile
from casework.audit import service as audit
from casework.audit.events import Event
from casework.errors import Invalid, Locked, NotFound, Refused
from casework.vault import ChainState, DeskKeys, PersonKeys, Role, Secret, cards, keeping

#: Under which name what was prepared is put by, and the account that failures are counted for.
_DOOR = "back-by-cards"


@dataclass(frozen=True)
class Opened:
    """What two cards open, as whoever holds them sees it before anything is changed.

    Attributes:
        desk: what the desk is called.
        people: everybody who is in, by name; somebody who left must not be among them.
        coordinators: whose place can be taken.
        register: whether the network's register comes back with it.
        prepared: the new words and code; None for somebody who is signed in under new keys already.
    """

    desk: str | None
    people: Sequence[MemberLine]
    coordinators: Sequence[MemberLine]
    register: bool
    prepared: Prepared | None = field(default=None, repr=False)


def prepare(door: Doorway, secret: bytes, typed: Sequence[str], login: str | None, address: str = "") -> None:
    """Take two cards, and make new keys; nothing is stored yet.

    Args:
        door: of this installation.
        secret: of the browser's cookie.
        typed: the two cards.
        login: what they want to sign in with; None where they are signed in under new keys already.
        address: where the attempt comes from, for its limit.

    Raises:
        Invalid: these are not two cards of a desk here, it is locked, or the login cannot be taken.
        SlowDown: before anything is tried, after too many failures.
    """
    if wait := door.limits.wait(_DOOR, address):
        raise SlowDown(wait)
    try:
        keys = recovery.keys_on(typed)
        _open(keys)
    except Invalid:
        door.limits.failed(_DOOR, address)
        raise
    fresh = {}
    if login is not None:
        fresh = newcomers.make(door, newcomers.free_login(door, login, keys.user_id.hex))
    paper = {"set": str(keys.user_id), "seed": keys.root.expose().hex()}
    newcomers.put_by(door, secret, _DOOR, {"fresh": fresh, **paper})


def prepared(door: Doorway, secret: bytes) -> Opened:
    """What this browser's cards open.

    Raises:
        NotFound: no cards were typed here, they were forgotten, or count no more.
    """
    value = newcomers.waiting(door, secret, _DOOR)
    actor = _opened_again(value)
    people = desks.lines_of(actor.desk)
    return Opened(
        desks.body(actor.desk)[0].get("name"),
        people,
        [line for line in people if line.role is Role.COORDINATOR],
        actor.network_keys is not None,
        newcomers.as_shown(value["fresh"]) if value["fresh"] else None,
    )


def show(door: Doorway, secret: bytes, words: str, code: str) -> Shown:
    """Sign in with the new keys: long work that only reads.

    Raises:
        NotFound: as `prepared`.
        Invalid: the passphrase or the code is not the one that was shown.
    """
    value = newcomers.waiting(door, secret, _DOOR)
    if not value["fresh"]:
        raise NotFound
    return newcomers.unlock(door, value["fresh"], words, code)


def come_back(door: Doorway, secret: bytes, shown: Shown, old: UUID, device: str = "") -> Session:
    """Take a coordinator's place under new keys.

    Args:
        door: of this installation.
        secret: of the browser's cookie.
        shown: what `show` gave.
        old: whose place it is.
        device: what the browser says it is.

    Raises:
        NotFound: as `prepared`.
        Invalid: nobody of this id is a coordinator there, or the login was taken meanwhile.
        Conflict: somebody else changed the desk's keys at this moment.
    """
    person = shown.person
    newcomers.store(door, shown)
    _take_place(door, secret, person, old)
    keep_profile(person)
    spent_codes.spend(door, person)
    return sessions.begin(door, person, device)


def follow(door: Doorway, secret: bytes, person: PersonKeys, old: UUID) -> None:
    """The same for somebody who is signed in: their place at one more desk, under the keys that they have.

    Raises:
        NotFound, Invalid, Conflict: as `come_back`.
    """
    _take_place(door, secret, person, old)
    insist_on_pins(person)


def _take_place(door: Doorway, secret: bytes, person: PersonKeys, old: UUID) -> None:
    actor = _opened_again(newcomers.waiting(door, secret, _DOOR))
    names = {line.user_id: line.name for line in desks.lines_of(actor.desk)}
    if person.user_id in actor.desk.state.members:
        raise Invalid("You are a member of this desk already.")
    if old not in actor.desk.state.coordinators():
        raise Invalid("Please choose who you were.", "who")
    _meet(person, actor)
    after = admitting.let_in(actor, Newcomer.of(person), Role.COORDINATOR, names.get(old) or "?")
    leaving.come_back(door, after, old, person.user_id)
    audit.record(_again(after).desk, Event.CAME_BACK, user=str(person.user_id), instead=str(old))
    for desk_id in _chains(actor):
        keeping.load(desk_id, person)
    newcomers.forget(door, secret, _DOOR)


def _meet(person: PersonKeys, actor: Actor) -> None:
    """Pin the chains that the cards know."""
    for desk_id in _chains(actor):
        if desk_id not in person.pins:
            keeping.meet(person, desk_id)


def _chains(actor: Actor) -> list[UUID]:
    return [keys.desk_id for keys in (actor.desk_keys, actor.network_keys) if keys is not None]


def _again(actor: Actor) -> Actor:
    """The desk as it is after its keys changed."""
    return replace(actor, desk_keys=keeping.open_desk(actor.person, actor.desk.desk_id))


def _opened_again(value: dict[str, Any]) -> Actor:
    keys = cards.recovery_keys(Secret(bytes.fromhex(value["seed"])), UUID(value["set"]))
    try:
        return _open(keys)
    except Invalid:
        raise NotFound from None


def _open(keys: PersonKeys) -> Actor:
    """The cards at work, as a coordinator of the desk that they belong to.

    Raises:
        Invalid: no desk here has them, they do not know its history, or it is locked.
    """
    chains = {state.desk_id: state for state in keeping.chains_of(keys)}
    home = next((one for one in chains.values() if one.desk_id != one.network_id), None)
    if home is None:
        raise _unknown()
    if home.locked:
        raise Invalid(
            "This desk is locked. Cards open it only together with a coordinator who can sign in: they use both on their page of the locked desk."
        )
    try:
        desk = keeping.open_by_cards(keys, home)
    except (Refused, Locked):
        raise _unknown() from None
    return Actor(keys, desk.desk_id, Role.COORDINATOR, desk, _network(keys, desk, chains))


def _network(keys: PersonKeys, desk: DeskKeys, chains: dict[UUID, ChainState]) -> DeskKeys | None:
    """The network's register, where these cards open it too."""
    state = chains.get(desk.state.network_id or desk.desk_id)
    try:
        return keeping.open_by_cards(keys, state) if state else None
    except (Refused, Locked):
        return None


def _unknown() -> Invalid:
    return Invalid(
        "These are not two different cards of the newest set of a desk here. Older sets count no more."
    )
