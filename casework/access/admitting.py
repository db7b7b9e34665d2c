"""Admitting: two people compare what their screens say, then one signs the other into the desk.

The code covers the desk's chain, the network's chain and the newcomer's keys. The newcomer reads the
first half aloud and the coordinator types it; the coordinator reads the second half and the newcomer
compares. A server that shows the two of them different desks or keys cannot make the halves agree.
"""

import unicodedata
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from casework.access import desks, invitations, leaving, policy
from casework.access.actor import Actor
from casework.access.doorway import Doorway
from casework.access.models import Invitation
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound
from casework.vault import ChainState, DeskKeys, PersonKeys, Role, keeping
from casework.vault.meeting import joint_code, meeting_code


@dataclass(frozen=True)
class Halves:
    """A meeting code as two people read it.

    Attributes:
        newcomer: what the newcomer reads aloud.
        desk: what the coordinator reads aloud.
    """

    newcomer: str
    desk: str


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is let in: their id and public keys."""

    user_id: UUID
    x: bytes
    ed: bytes

    @classmethod
    def of(cls, person: PersonKeys) -> "Newcomer":
        """Somebody whose keys are open here."""
        return cls(person.user_id, person.x_public, person.ed_public)


def waiting_of(person: PersonKeys) -> Halves | None:
    """The code that somebody reads while they wait to be admitted; None when they wait for nothing.

    It is about what they have pinned. A pin of the network moves on while they work at another desk, so
    the invitation is told which entries this code is about.
    """
    row = db.session.scalar(
        select(Invitation).where(
            Invitation.user_id == person.user_id, Invitation.state == invitations.ANSWERED
        )
    )
    if row is None or row.desk_id is None:
        return None
    state = keeping.load(row.desk_id)
    seqs = {desk_id: person.pins[desk_id].seq for desk_id in _chains(state)}
    row.chain_seq, row.network_seq = seqs[row.desk_id], seqs[_chains(state)[-1]]
    return _halves(state, person.user_id, person.x_public, person.ed_public, seqs)


def desk_half(actor: Actor, invitation_id: UUID) -> tuple[str, Role, str]:
    """Who wants to come, as what, and what the coordinator reads aloud.

    Raises:
        NotFound: nobody answered such an invitation of this desk.
    """
    policy.require(actor, Action.MEMBER_ADMIT)
    row = _answered(actor, invitation_id)
    name, role = invitations.name_in(actor.desk, row), invitations.role_in(actor.desk, row)
    return name, role, _expected(actor, row).desk


def admit(door: Doorway, actor: Actor, invitation_id: UUID, typed: str) -> None:
    """Sign somebody into the desk, and into the network where their role reads its register.

    Args:
        door: of this installation.
        actor: the coordinator, with the network's keys open.
        invitation_id: of an answered invitation.
        typed: the half that the newcomer read aloud.

    Raises:
        NotFound: nobody answered such an invitation of this desk.
        Invalid: it is not what this side computes: the two see different things. Nobody is admitted.
    """
    policy.require(actor, Action.MEMBER_ADMIT)
    row = _still_answered(invitations.held(actor, invitation_id))
    if _digits(typed) != _digits(_expected(actor, row).newcomer):
        raise Invalid(
            "These digits do not agree. Read them again; if they still differ, stop and tell somebody you trust.",
            "digits",
        )
    newcomer, old = Newcomer(*_keys(row)), invitations.replaces(actor.desk, row)
    role, name = invitations.role_in(actor.desk, row), invitations.name_in(actor.desk, row)
    after = let_in(actor, newcomer, role, name)
    db.session.delete(row)
    audit.record(actor.desk, Event.MEMBER_ADMITTED, user=str(newcomer.user_id), role=role.value)
    if old is not None:
        leaving.come_back(door, after, old, newcomer.user_id)


def let_in(actor: Actor, newcomer: Newcomer, role: Role, name: str) -> Actor:
    """Sign somebody in whose keys were made sure of, into the network too where their role reads its register.

    Args:
        actor: a coordinator, or two recovery cards.
        newcomer: who it is.
        role: what they are at the desk.
        name: how the desk calls them.

    Returns:
        The same actor, with the keys as they are now.
    """
    desk = keeping.admit(actor.desk, newcomer.user_id, role, newcomer.x, newcomer.ed)
    desks.enrol(actor.desk, newcomer.user_id, role, name)
    network = actor.network_keys
    if network is not None and network.desk_id != desk.desk_id and policy.works_cases(role):
        _join_network(network, newcomer, role, name)
        network = keeping.open_desk(actor.person, network.desk_id)
    return replace(actor, desk_keys=desk, network_keys=network)


def _answered(actor: Actor, invitation_id: UUID) -> Invitation:
    row = db.session.get(Invitation, invitation_id)
    if row is None or row.desk_id != actor.desk_id:
        raise NotFound
    return _still_answered(row)


def _still_answered(row: Invitation) -> Invitation:
    if row.state != invitations.ANSWERED:
        raise NotFound
    return row


def _join_network(network: DeskKeys, newcomer: Newcomer, role: Role, name: str) -> None:
    """Desk staff read the register of respondents; coordinators can admit others to the network."""
    known = network.state.members.get(newcomer.user_id)
    if known is None:
        keeping.admit(network, newcomer.user_id, role, newcomer.x, newcomer.ed)
        desks.enrol(network, newcomer.user_id, role, name)
    elif known.role is Role.VOLUNTEER and role is Role.COORDINATOR:
        keeping.change_role(network, newcomer.user_id, role)


def _expected(actor: Actor, row: Invitation) -> Halves:
    user_id, x, ed = _keys(row)
    seqs = {actor.desk.desk_id: row.chain_seq or 0}
    if actor.network.desk_id != actor.desk.desk_id:
        seqs[actor.network.desk_id] = row.network_seq or 0
    return _halves(actor.desk.state, user_id, x, ed, seqs)


def _keys(row: Invitation) -> tuple[UUID, bytes, bytes]:
    if row.user_id is None or row.x_public is None or row.ed_public is None:
        raise NotFound
    return row.user_id, row.x_public, row.ed_public


def _chains(state: ChainState) -> list[UUID]:
    """The desk, and its network where that is another."""
    network = state.network_id or state.desk_id
    return [state.desk_id] if network == state.desk_id else [state.desk_id, network]


def _halves(state: ChainState, user_id: UUID, x: bytes, ed: bytes, seqs: dict[UUID, int]) -> Halves:
    codes = [
        meeting_code(state if desk_id == state.desk_id else keeping.load(desk_id), user_id, x, ed, seq)
        for desk_id, seq in seqs.items()
    ]
    groups = joint_code(codes).split()
    middle = len(groups) // 2
    return Halves(" ".join(groups[:middle]), " ".join(groups[middle:]))


def _digits(text: str) -> str:
    """Digits of any script, without what stands between them."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if unicodedata.digit(sign, None) is not None)
