"""Recovery cards: any two of three stand for a coordinator (construction §9). Made, printed, rehearsed.

A set is a member of the desk's chain, and of the network's, as every coordinator is; its secret exists on paper
alone. It counts from the day on which two of its cards were typed in and opened the desk's secret: a set that
nobody has tried is none. Whoever lost everything comes back with two of them (`returning.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from casework import clock
from casework.access import desks, policy
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, Refused
from casework.vault import ChainState, DeskKeys, PersonKeys, Role, Secret, cards, keeping
from casework.vault.catalogue import field
from casework.vault.desk import commitment

_BODY = field("desk.body")
#: In the desk's own settings: which set was tried, and when.
_REHEARSED = "cards_rehearsed"
#: People of whom one may forget their words.
_FEWEST = 2


@dataclass(frozen=True)
class Standing:
    """What a desk has for a bad day.

    Attributes:
        set_id: of its cards; None where none were made.
        rehearsed_on: when two of them were last tried; None where nobody has.
        coordinators: how many there are.
    """

    set_id: UUID | None
    rehearsed_on: date | None
    coordinators: int


@dataclass(frozen=True)
class Reach:
    """How far the cards bring somebody back who has nothing else.

    Attributes:
        desk: whether they have signed in the desk's chain, so that they know it again.
        register: whether they open the network's register as well.
    """

    desk: bool
    register: bool


def reach(actor: Actor) -> Reach:
    """How far the present cards bring somebody back; a set from an older version must be tried once more."""
    policy.require(actor, Action.CARDS_MAKE)
    set_id = set_of(actor.desk.state)
    if set_id is None:
        return Reach(desk=False, register=False)
    signed = keeping.ever_signed(set_id, actor.desk.state)
    network = actor.network.state
    return Reach(signed, set_id in network.members and keeping.ever_signed(set_id, network))


def standing(actor: Actor) -> Standing:
    """What a desk has for a bad day; anybody who works there may know."""
    policy.require(actor, Action.MEMBER_VIEW)
    return standing_of(actor.desk)


def standing_of(desk: DeskKeys) -> Standing:
    """The same, for whoever holds the keys."""
    set_id, told = set_of(desk.state), desks.body(desk)[0].get(_REHEARSED) or {}
    tried = date.fromisoformat(told["on"]) if told.get("set") == str(set_id) else None
    return Standing(set_id, tried, len(desk.state.coordinators()))


def takes_cases(desk: DeskKeys) -> bool:
    """Whether a desk may take cases: two people work there, or cards were tried, so that none is lost with one passphrase."""
    return len(desks.working(desk)) >= _FEWEST or standing_of(desk).rehearsed_on is not None


def set_of(state: ChainState) -> UUID | None:
    """The set of cards that the signed chain has."""
    return next((who for who, member in state.members.items() if member.role is Role.RECOVERY), None)


def were_cards(state: ChainState, who: UUID) -> bool:
    """Whether an id is, or was, that of a set of cards and not of a person."""
    member = state.members.get(who)
    known = (*state.former.get(who, ()), *((member,) if member else ()))
    return any(one.role is Role.RECOVERY for one in known)


def make(actor: Actor) -> tuple[str, ...]:
    """Three new cards; an older set counts no more, and the desk's secret is drawn anew.

    Returns:
        What is printed on each. It is nowhere else: shown once, and forgotten.

    Raises:
        Denied: not for this person.
        Conflict: somebody else changed the desk's keys at this moment.
    """
    policy.require(actor, Action.CARDS_MAKE)
    desk, seed, set_id = actor.desk, Secret.random(), uuid4()
    older = set_of(desk.state)
    if older is not None:
        desk = keeping.remove(desk, older, short_handed=True)
    keys = cards.recovery_keys(seed, set_id)
    desk = keeping.admit(desk, set_id, Role.RECOVERY, keys.x_public, keys.ed_public)
    network = _join_network(actor, keys, older)
    audit.record(desk, Event.CARDS_MADE, set=str(set_id))
    _sign(keys, desk, network)
    return tuple(card.text() for card in cards.split(seed, set_id))


def _join_network(actor: Actor, keys: PersonKeys, older: UUID | None = None) -> DeskKeys | None:
    """Let a set into the network: its register is lost with its last coordinator otherwise."""
    network = actor.network
    if network.desk_id == actor.desk_id or actor.user_id not in network.state.coordinators():
        return None
    if older is not None and older in network.state.members:
        network = keeping.remove(network, older)
        # A network has no cases: mostly there is nothing to renew, and its new keys are whole at once.
        keeping.finish_epoch(network)
    if keys.user_id not in network.state.members:
        network = keeping.admit(network, keys.user_id, Role.RECOVERY, keys.x_public, keys.ed_public)
    return network


def _sign(keys: PersonKeys, *chains: DeskKeys | None) -> None:
    """Two cards are at hand: they sign, so that they know these chains again when nobody else does."""
    for desk in chains:
        if desk is not None and not keeping.has_signed(desk.state, keys):
            keeping.sign_by_cards(keys, desk, audit.newest(desk.desk_id))


def rehearse(actor: Actor, typed: Sequence[str]) -> None:
    """Try two cards: they give the keys that the chain has, and these open the desk's secret.

    Raises:
        Invalid: a card was typed wrongly, or they are not two of this desk's newest set.
        Denied: not for this person.
    """
    policy.require(actor, Action.CARDS_MAKE)
    keys = keys_of(actor.desk.state, typed)
    try:
        secret = keeping.secret_of(actor.desk.state, keys)
    except Refused:
        raise _not_ours() from None
    if commitment(secret) != actor.desk.state.commits[actor.desk.epoch]:
        raise _not_ours()
    _sign(keys, actor.desk, _join_network(actor, keys))
    row = db.session.get_one(Desk, actor.desk.desk_id)
    value, _ = desks.body(actor.desk)
    tried = {"set": str(keys.user_id), "on": clock.today().isoformat()}
    row.body = actor.desk.seal(_BODY, row.id, value | {_REHEARSED: tried})
    audit.record(actor.desk, Event.CARDS_REHEARSED, set=str(keys.user_id))


def keys_of(state: ChainState, typed: Sequence[str]) -> PersonKeys:
    """The keys that two cards give, held against the signed chain.

    Raises:
        Invalid: a card was typed wrongly, or they are not two of this desk's newest set.
    """
    keys = keys_on(typed)
    member = state.members.get(keys.user_id)
    if member is None or (member.role, member.x, member.ed) != (
        Role.RECOVERY,
        keys.x_public,
        keys.ed_public,
    ):
        raise _not_ours()
    return keys


def keys_on(typed: Sequence[str]) -> PersonKeys:
    """The keys that two cards give, of whatever desk.

    Raises:
        Invalid: a card was typed wrongly, or they are not two different cards of one set.
    """
    read = [_read(text, place) for place, text in enumerate(typed, start=1)]
    try:
        return cards.recovery_keys(cards.join(*read), read[0].set_id)
    except Refused:
        raise _not_ours() from None


def _read(text: str, place: int) -> cards.Card:
    try:
        return cards.read(text)
    except Refused:
        raise Invalid(
            "A sign of this card is wrong or missing. Compare it once more, group by group.", f"card{place}"
        ) from None


def _not_ours() -> Invalid:
    return Invalid("These are not two different cards of this desk's newest set.")
