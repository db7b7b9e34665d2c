"""Founding, meeting and opening a desk."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, insert, select

from casework.db import db
from casework.errors import Locked
from casework.vault import box
from casework.vault.chain import HOLDERS, ChainState, extend, first
from casework.vault.desk import DeskKeys
from casework.vault.keeping import ledger, secrets_of_desk
from casework.vault.meeting import meeting_code
from casework.vault.models import DeskBox, DeskEpoch, DeskLink
from casework.vault.person_keys import PersonKeys, Pin

# Asked by every request: a statement that is made once costs its parameters alone.
_BOX = select(DeskBox.blob).where(
    DeskBox.desk_id == bindparam("desk_id", type_=Uuid()),
    DeskBox.member_id == bindparam("member_id", type_=Uuid()),
    DeskBox.epoch == bindparam("epoch"),
)


def found_desk(person: PersonKeys, desk_id: UUID, network_id: UUID | None = None) -> DeskKeys:
    """Found a desk, or a network: its chain, its first epoch and its first coordinator.

    Args:
        person: who founds it; their profile is to be stored afterwards, for the pin.
        desk_id: of the new desk; its row is written in the same transaction.
        network_id: the network that it joins; left out for the network itself.

    Raises:
        Conflict: it was founded before.
    """
    genesis = first(desk_id, network_id or desk_id, person)
    state = extend(ChainState(desk_id), [genesis])
    ledger.write(genesis, state)
    person.pin(desk_id, Pin(state.seq, state.head))
    db.session.execute(insert(DeskEpoch), [{"desk_id": desk_id, "epoch": 1}])
    return secrets_of_desk.draw(person, state)


def meet(person: PersonKeys, desk_id: UUID) -> tuple[str, int]:
    """The joiner's side of the meeting: pin the desk as it is shown to them, and give the code to compare.

    The pin is as good as the comparison: who is shown another desk than the coordinator sees reads out
    another code and is not admitted.

    Args:
        person: who wants to join; their profile is to be stored afterwards, for the pin.
        desk_id: which desk.

    Raises:
        Refused: the chain does not verify, or is another one than the person has met before.

    Returns:
        The code, and the number of the entry that it is about; the coordinator computes it with
        `meeting_code(state, user id, x, ed, seq)`.
    """
    state = ledger.load(desk_id, person if desk_id in person.pins else None)
    person.pin(desk_id, Pin(state.seq, state.head))
    return meeting_code(state, person.user_id, person.x_public, person.ed_public), state.seq


def open_desk(person: PersonKeys, desk_id: UUID, state: ChainState | None = None) -> DeskKeys:
    """Open a desk: chain verified against the pin, box opened, commitment checked; links follow when needed.

    Args:
        person: who opens it; their pin moves to the chain's head.
        desk_id: which desk.
        state: what `load(desk_id, person)` gave in this transaction, where it was called already.

    Raises:
        Refused: not a member who holds its secret, or something does not verify or open.
        Locked: the desk is locked, or this member's box is gone.
    """
    state = state or ledger.load(desk_id, person)
    member = state.member(person.user_id)
    if state.locked:
        raise Locked
    mine = {"desk_id": desk_id, "member_id": person.user_id, "epoch": state.epoch}
    packed = db.session.scalar(_BOX, mine)
    if packed is None and member.role in HOLDERS:
        # The keys may have changed since the chain was read: then the box that was looked for is gone, and another there.
        newest = ledger.load(desk_id, person)
        if newest.epoch == state.epoch:
            raise Locked
        return open_desk(person, desk_id, newest)
    secret = box.unpack_secret(person.x_private, packed, "desk", desk_id, state.epoch, person.user_id)
    return DeskKeys(person, state, secret, links_of(state))


def links_of(state: ChainState) -> dict[int, bytes]:
    """The sealed older secrets of a desk, by the epoch whose secret opens them."""
    if state.epoch == 1:
        return {}
    rows = db.session.execute(select(DeskLink.epoch, DeskLink.blob).where(DeskLink.desk_id == state.desk_id))
    return {row.epoch: row.blob for row in rows}
