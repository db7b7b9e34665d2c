"""Somebody leaves a desk: refused until their work is handed over, then out at once, with new keys for all others.

What they could read until then, they may have kept; what is written from now on is under keys that they
never held (construction §6). Rooms above say what stands in the way, and hand over what was theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from casework import clock
from casework.access import policy, renewing, sessions
from casework.access.actor import Actor
from casework.access.doorway import Doorway
from casework.access.models import Desk, Membership
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound
from casework.vault import DeskKeys, Role, keeping


@dataclass(frozen=True)
class Hindrance:
    """A case that is not handed over yet.

    Attributes:
        ref: of the case.
        note: whether a hand-over note is missing.
        other: whether nobody else works on it or stands in.
    """

    ref: str
    note: bool
    other: bool


Before = Callable[[Actor, UUID], list[Hindrance]]
After = Callable[[Actor, UUID], None]

TakeOver = Callable[[Actor, UUID, UUID], None]

_before: list[Before] = []
_after: list[After] = []
_again: list[TakeOver] = []


def follow(before: Before, hand_over: After, take_over: TakeOver) -> None:
    """Let a room above say what stands in the way of somebody's leaving, and hand over what was theirs.

    Args:
        before: what is still to be handed over.
        hand_over: give what was theirs to whoever else knows it.
        take_over: give what was under an old id to the same person's new one.
    """
    if before not in _before:
        _before.append(before)
        _after.append(hand_over)
        _again.append(take_over)


def come_back(door: Doorway, actor: Actor, old: UUID, new: UUID) -> None:
    """Somebody lost their words and was admitted under new keys: the old ones go, their work stays theirs.

    Raises:
        NotFound, Denied, Conflict: as `remove`.
    """
    for take_over in _again:
        take_over(actor, old, new)
    remove(door, actor, old, returns=True)


def hindrances(actor: Actor, user_id: UUID) -> list[Hindrance]:
    """What is still to be handed over.

    Raises:
        NotFound, Denied: not for this person, or nobody here has this id.
    """
    _member(actor, user_id)
    return [one for ask in _before for one in ask(actor, user_id)]


def set_last_day(actor: Actor, user_id: UUID, day: date | None) -> None:
    """Say from which day on somebody has no access any more; None takes it back.

    Raises:
        Invalid: the day lies in the past, or it is one's own.
        NotFound, Denied: not for this person, or nobody here has this id.
    """
    row = _member(actor, user_id)
    if user_id == actor.user_id:
        raise Invalid("Another coordinator has to do this for you.")
    if day is not None and day < clock.today():
        raise Invalid("This day has passed. Let them go today instead.", "day")
    row.ends_on = day
    audit.record(actor.desk, Event.LAST_DAY_SET, user=str(user_id), day=day.isoformat() if day else None)


def remove(door: Doorway, actor: Actor, user_id: UUID, *, returns: bool = False) -> DeskKeys:
    """Let somebody go: out of the chain, without a box, signed out; a new secret for everybody who stays.

    The cases get keys that they never held in the same transaction, see `renewing.at_once`.

    Args:
        door: of this installation.
        actor: a coordinator, with the network's keys open.
        user_id: who leaves.
        returns: they lost their keys and have come back under new ones: nothing is to be handed over.

    Returns:
        The desk at its new epoch.

    Raises:
        Invalid: something is not handed over, or the desk could not go on without them.
        NotFound, Denied: not for this person, or nobody here has this id.
        Conflict: somebody else changed the desk's keys at this moment.
    """
    row = _member(actor, user_id)
    _check(actor, user_id, returns=returns)
    role = actor.desk.state.member(user_id).role
    after = keeping.remove(actor.desk, user_id, short_handed=returns)
    if not returns:
        # Only now: what is written under the new epoch gets a key of its own at once, their own cases first.
        for hand_over in _after:
            hand_over(replace(actor, desk_keys=after), user_id)
    db.session.delete(row)
    db.session.flush()
    if actor.network_keys and actor.network_keys.desk_id != after.desk_id:
        _leave_network(actor.network_keys, user_id)
    sessions.end_all(door, user_id)
    audit.record(after, Event.MEMBER_REMOVED, user=str(user_id), role=role.value)
    renewing.at_once(after)
    return after


def _member(actor: Actor, user_id: UUID) -> Membership:
    policy.require(actor, Action.MEMBER_REMOVE)
    mine = select(Membership).where(Membership.desk_id == actor.desk_id, Membership.user_id == user_id)
    row = db.session.scalar(mine.with_for_update())
    if row is None or user_id not in actor.desk.state.members:
        raise NotFound
    return row


def _check(actor: Actor, user_id: UUID, *, returns: bool) -> None:
    state = actor.desk.state
    if user_id == actor.user_id:
        raise Invalid("Another coordinator has to do this for you.")
    if not returns and hindrances(actor, user_id):
        raise Invalid(
            "First hand their cases over: each needs a hand-over note and somebody else who works on it."
        )
    if not returns and keeping.leaves_too_few(state, user_id):
        raise Invalid(
            "A case that only named people see would be left to one person. Ask them to name somebody else there first."
        )


def _leave_network(network: DeskKeys, user_id: UUID) -> None:
    """Who works at no other desk of the network reads its register no more."""
    others = (
        select(Membership.id)
        .join(Desk, Desk.id == Membership.desk_id)
        .where(Membership.user_id == user_id, Desk.network_id == network.desk_id)
    )
    member = network.state.members.get(user_id)
    if member is None or db.session.scalar(others.limit(1)) is not None:
        return
    if member.role is Role.COORDINATOR and len(network.state.coordinators()) == 1:
        return
    keeping.remove(network, user_id)
    db.session.execute(
        delete(Membership).where(Membership.desk_id == network.desk_id, Membership.user_id == user_id)
    )


def last_day(actor: Actor, user_id: UUID) -> date | None:
    """From which day on somebody has no access; None where nothing is said.

    Raises:
        NotFound, Denied: not for this person, or nobody here has this id.
    """
    return _member(actor, user_id).ends_on


def overdue(actor: Actor) -> list[UUID]:
    """Whose last day has come: they have no access, but the desk's keys are not changed yet."""
    policy.require(actor, Action.MEMBER_REMOVE)
    past = select(Membership.user_id).where(
        Membership.desk_id == actor.desk_id, Membership.ends_on <= clock.today()
    )
    return list(db.session.scalars(past))
