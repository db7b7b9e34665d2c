"""The seal for bad days: one member locks the desk, two people open it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.access import desks, policy, recovery, renewing, sessions
from casework.access.actor import Actor
from casework.access.doorway import Doorway
from casework.access.models import Desk, Membership
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import ChainState, DeskKeys, PersonKeys, Role, keeping

_also: list[Callable[[UUID], None]] = []


def also_end(forget: Callable[[UUID], None]) -> None:
    """Let a room above end what reaches people outside when a desk is locked.

    Args:
        forget: told the id of the desk, in the transaction of the lock.
    """
    if forget not in _also:
        _also.append(forget)


@dataclass(frozen=True)
class Ready:
    """Whether a lock could be opened again, and what it would end.

    Attributes:
        reopens: whether two people could open it again.
        sessions: how many sessions it would end.
        standing: coordinators and cards.
    """

    reopens: bool
    sessions: int
    standing: recovery.Standing


def ready(actor: Actor) -> Ready:
    """What a lock would do now.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.DESK_LOCK)
    standing = recovery.standing_of(actor.desk)
    rehearsed = standing.set_id if standing.rehearsed_on else None
    opens = keeping.can_reopen(actor.desk.state, rehearsed)
    return Ready(opens, len(sessions.of_users(_people(actor.desk.desk_id))), standing)


def rehearse(actor: Actor) -> Ready:
    """Do everything that a lock does, undo it, and record that it was tried.

    Raises:
        Invalid: nobody could open the desk again.
        Denied: not for this person.
    """
    found, before = _insist(actor), actor.person.pins[actor.desk.desk_id]
    trial = db.session.begin_nested()
    keeping.lock(actor.desk)
    trial.rollback()
    # The entry is gone again: whoever pinned it would never find their desk whole any more.
    actor.person.pin(actor.desk.desk_id, before)
    audit.record(actor.desk, Event.LOCK_REHEARSED, sessions=found.sessions)
    return found


def lock(door: Doorway, actor: Actor) -> int:
    """Lock the desk: no member opens it alone any more, and everybody is signed out.

    Returns:
        How many sessions ended.

    Raises:
        Invalid: nobody could open it again: it is not turned against a desk that has neither a second
            coordinator nor rehearsed cards.
        Denied: not for this person.
    """
    _insist(actor)
    keeping.hold_chain(actor.desk.desk_id)
    audit.record(actor.desk, Event.DESK_LOCKED)
    keeping.lock(actor.desk)
    for forget in _also:
        forget(actor.desk.desk_id)
    return sessions.end_many(door, _people(actor.desk.desk_id))


def _insist(actor: Actor) -> Ready:
    found = ready(actor)
    if not found.reopens:
        raise Invalid(
            "Nobody could open this desk again: it needs a second coordinator, or recovery cards that were tried."
        )
    return found


def _people(desk_id: UUID) -> list[UUID]:
    return list(db.session.scalars(select(Membership.user_id).where(Membership.desk_id == desk_id)))


@dataclass(frozen=True)
class Shut:
    """A locked desk as one of its members finds it.

    Attributes:
        id, code: of the desk.
        mine: whether this person is a coordinator, so that their yes counts.
        others: the other coordinators; their names are sealed with the desk.
        waiting: who of them has said yes already.
        cards: whether it has recovery cards.
    """

    id: UUID
    code: str
    mine: bool
    others: Sequence[UUID]
    waiting: Sequence[UUID]
    cards: bool


def shut(person: PersonKeys, code: str) -> Shut:
    """A locked desk of somebody's.

    Raises:
        NotFound: they have no such desk, or it is not locked.
    """
    row, state = _locked(person, code)
    others = [who for who in state.coordinators() if who != person.user_id]
    mine = len(others) < len(state.coordinators())
    cards = recovery.set_of(state) is not None
    return Shut(row.id, row.code, mine, others, keeping.waiting(person, row.id) if mine else (), cards)


def _locked(person: PersonKeys, code: str) -> tuple[Desk, ChainState]:
    rows = (
        select(Desk)
        .join(Membership, Membership.desk_id == Desk.id)
        .where(Membership.user_id == person.user_id)
    )
    for row in db.session.scalars(rows):
        if row.code == code:
            state = keeping.load(row.id, person)
            if state.locked and person.user_id in state.members:
                return row, state
    raise NotFound


def say_yes(person: PersonKeys, code: str) -> DeskKeys | None:
    """A coordinator says yes. The second yes opens the desk; the first waits ten minutes for it.

    Returns:
        The desk, opened under a new secret; None while another yes is awaited.

    Raises:
        NotFound: not for this person.
        Invalid: there is nobody whose yes could follow.
    """
    found = shut(person, code)
    if not found.mine:
        raise NotFound
    if found.waiting:
        return _opened(keeping.reopen(person, found.id, found.waiting[0]), found.waiting[0])
    if not found.others:
        raise Invalid("There is no second coordinator. Use two recovery cards.")
    for other in found.others:
        keeping.agree(person, found.id, other)
    return None


def open_with_cards(person: PersonKeys, code: str, typed: Sequence[str]) -> DeskKeys:
    """A coordinator with two recovery cards opens the desk.

    Raises:
        NotFound: not for this person.
        Invalid: the cards are not this desk's, or were typed wrongly.
    """
    row, state = _locked(person, code)
    if state.member(person.user_id).role is not Role.COORDINATOR:
        raise NotFound
    keys = recovery.keys_of(state, typed)
    try:
        return _opened(keeping.reopen_with_cards(person, row.id, keys), keys.user_id)
    except Refused:
        raise Invalid("These are not two different cards of this desk's newest set.") from None


def _opened(desk: DeskKeys, second: UUID) -> DeskKeys:
    audit.record(desk, Event.DESK_REOPENED, second=str(second))
    renewing.at_once(desk)
    return desk


def named(desk: DeskKeys) -> str | None:
    """What a desk that was just opened is called."""
    return desks.body(desk)[0].get("name")
