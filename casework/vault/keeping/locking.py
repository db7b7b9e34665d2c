"""Locking a desk, and opening it again by two (construction §9).

The lock deletes every member's own box, so that nobody opens the desk alone: not even somebody who knows a
passphrase and holds the server. What is left are halves for each two coordinators, and the box of the
recovery cards, which needs two of three pieces of paper.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select

from casework import clock
from casework.db import db
from casework.errors import Locked, Refused
from casework.vault import box, signature
from casework.vault.chain import ChainState, Role
from casework.vault.chain.rules import unlock_parts
from casework.vault.desk import DeskKeys
from casework.vault.keeping import epochs, ledger
from casework.vault.keeping.desks import links_of
from casework.vault.models import DeskBox, DeskPair, DeskReopening
from casework.vault.person_keys import PersonKeys
from casework.vault.secret import Secret

#: How long a yes of one coordinator waits for the other.
PATIENCE = timedelta(minutes=10)

Shut = Callable[[UUID], None]
_shuts: list[Shut] = []


def shut_with(shut: Shut) -> None:
    """Let a room above take away, without keys, what else opens a desk's cases: wraps of grants, above all."""
    if shut not in _shuts:
        _shuts.append(shut)


def can_reopen(state: ChainState, rehearsed: UUID | None) -> bool:
    """Whether a locked desk could be opened again: by two coordinators, or by one with two rehearsed cards."""
    coordinators = len(state.coordinators())
    member = state.members.get(rehearsed) if rehearsed else None
    return coordinators > 1 or (coordinators == 1 and member is not None and member.role is Role.RECOVERY)


def lock(desk: DeskKeys) -> None:
    """Lock a desk: from now on its chain takes nothing but an unlocking. The caller ends the sessions.

    Raises:
        Refused: it is locked already.
    """
    state = ledger.append(desk.person, desk.state, "lock")
    cards = [who for who, member in state.members.items() if member.role is Role.RECOVERY]
    db.session.execute(
        delete(DeskBox).where(DeskBox.desk_id == desk.desk_id, DeskBox.member_id.not_in(cards))
    )
    for shut in _shuts:
        shut(desk.desk_id)


def agree(person: PersonKeys, desk_id: UUID, other: UUID) -> None:
    """One coordinator says yes: their half of the secret goes to the other, and their signature with it.

    Raises:
        Refused: the desk is not locked, or these are not two coordinators of it.
    """
    state = _locked(person, desk_id)
    half = _half(person, state, other)
    db.session.execute(
        delete(DeskReopening).where(
            DeskReopening.desk_id == desk_id,
            DeskReopening.from_id == person.user_id,
            DeskReopening.to_id == other,
        )
    )
    row = {
        "desk_id": desk_id,
        "from_id": person.user_id,
        "to_id": other,
        "epoch": state.epoch,
        "ends_at": clock.now() + PATIENCE,
        "signature": signature.sign(person.ed_private, *unlock_parts(state, other)),
        "blob": box.pack(state.member(other).x, half, "reopen", desk_id, state.epoch, person.user_id, other),
    }
    db.session.execute(insert(DeskReopening), [row])


def waiting(person: PersonKeys, desk_id: UUID) -> list[UUID]:
    """Who has said yes to this person and waits for their yes."""
    rows = select(DeskReopening.from_id).where(
        DeskReopening.desk_id == desk_id,
        DeskReopening.to_id == person.user_id,
        DeskReopening.ends_at > clock.now(),
    )
    return list(db.session.scalars(rows))


def reopen(person: PersonKeys, desk_id: UUID, first: UUID) -> DeskKeys:
    """The other coordinator says yes too: the halves are joined, both sign, and a new epoch begins.

    Raises:
        Refused: nobody waits for them, it is too late, or something does not fit.
    """
    state = _locked(person, desk_id)
    row = db.session.get(DeskReopening, (desk_id, first, person.user_id))
    if row is None or row.ends_at <= clock.now() or row.epoch != state.epoch:
        raise Refused
    place = ("reopen", desk_id, state.epoch, first, person.user_id)
    theirs = box.unpack_secret(person.x_private, row.blob, *place)
    secret = theirs ^ _half(person, state, first)
    return _open(person, state, secret, first, row.signature)


def reopen_with_cards(person: PersonKeys, desk_id: UUID, cards: PersonKeys) -> DeskKeys:
    """One coordinator with two recovery cards.

    Raises:
        Refused: the cards are not this desk's, or it is not locked.
    """
    state = _locked(person, desk_id)
    if state.member(cards.user_id).role is not Role.RECOVERY:
        raise Refused
    signed = signature.sign(cards.ed_private, *unlock_parts(state, person.user_id))
    return _open(person, state, secret_of(state, cards), cards.user_id, signed)


def secret_of(state: ChainState, member: PersonKeys) -> Secret:
    """The desk's secret in a member's own box.

    Raises:
        Refused: there is none, or it does not open.
    """
    row = db.session.get(DeskBox, (state.desk_id, member.user_id), populate_existing=True)
    place = ("desk", state.desk_id, state.epoch, member.user_id)
    return box.unpack_secret(member.x_private, row.blob if row else None, *place)


def _locked(person: PersonKeys, desk_id: UUID) -> ChainState:
    state = ledger.load(desk_id, person)
    if not state.locked or state.member(person.user_id).role is not Role.COORDINATOR:
        raise Refused
    return state


def _half(person: PersonKeys, state: ChainState, other: UUID) -> Secret:
    row = db.session.get(DeskPair, (state.desk_id, person.user_id, other), populate_existing=True)
    a, b = sorted((person.user_id, other))
    place = ("pair", state.desk_id, state.epoch, a, b)
    return box.unpack_secret(person.x_private, row.blob if row else None, *place)


def _open(person: PersonKeys, state: ChainState, secret: Secret, second: UUID, signed: bytes) -> DeskKeys:
    """Whatever was locked is opened under a secret that is drawn anew: the lock had its reason."""
    before = DeskKeys(person, state, secret, links_of(state))
    after = ledger.append(person, state, "unlock", second, signed)
    if after.locked:
        raise Locked
    db.session.execute(delete(DeskReopening).where(DeskReopening.desk_id == state.desk_id))
    return epochs.new_epoch(before.at(after))
