"""What the desk that referred is told: that another desk has answered, until somebody has looked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import opening
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Denied, NotFound, Refused
from casework.packets import answering, sending, states
from casework.packets.answering import Answer
from casework.packets.models import Arrival, Packet
from casework.packets.sending import Sent


@dataclass(frozen=True)
class News:
    """An answer that nobody here has seen.

    Attributes:
        ref, called: of the case.
        to: the desk that answered.
        packet_id: of the packet.
    """

    ref: str
    called: str | None
    to: str
    packet_id: UUID


def waiting(actor: Actor, most: int) -> list[News]:
    """Answers for whoever works on the case, or leads the desk, the newest last; closed cases of others are passed over."""
    if not policy.can(actor, Action.PACKET_SEND):
        return []
    query = (
        select(Packet.id, Case.ref)
        .join(Arrival, Arrival.id == Packet.id)
        .join(Case, Case.id == Packet.case_id)
        .where(Packet.desk_id == actor.desk_id, Packet.answers < Arrival.answers)
        .order_by(Packet.on, Packet.id)
        .limit(most)
    )
    if not policy.can(actor, Action.LOAD_VIEW):
        query = query.where(or_(Case.primary_id == actor.user_id, Case.backup_id == actor.user_id))
    return [found for packet_id, ref in db.session.execute(query) for found in _opened(actor, packet_id, ref)]


def _opened(actor: Actor, packet_id: UUID, ref: str) -> Iterator[News]:
    try:
        case = opening.for_upkeep(actor, ref)
        _, value = sending.one(case, packet_id)
        yield News(ref, case.called, value["name"], packet_id)
    except (Conflict, Denied, NotFound, Refused):
        return


def listing(actor: Actor, ref: str) -> tuple[OpenCase, list[tuple[Sent, Answer | None]]]:
    """What was referred of a case, the newest first, with what was answered.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.PACKET_SEND)
    every = [_as_it_is(case, sending.sent(row, value)) for row, value in sending.rows_of(case)]
    return case, [(one, answering.of_packet(actor, one.id, one.to_id)) for one in every]


@dataclass(frozen=True)
class TakenOn:
    """A desk that took a case on.

    Attributes:
        packet_id: by which it was asked.
        to: the desk.
        on: the day on which it said so; None where somebody only heard it.
    """

    packet_id: UUID
    to: str
    on: date | None


#: What somebody may have heard of a packet that left as a file, where the other side took it on.
_HELPS = ("helped", "helping")


def taken_on(actor: Actor, ref: str) -> list[TakenOn]:
    """Which desks have taken a case on, the newest first: for whoever closes it as referred.

    Raises:
        NotFound, Denied: not for this person.
    """
    found = [(one, said_yes(one, answer)) for one, answer in listing(actor, ref)[1]]
    return [TakenOn(one.id, one.to, yes.on) for one, yes in found if yes is not None]


class Yes(NamedTuple):
    """That the other side took it on, and on which day; None where somebody only heard it."""

    on: date | None


def said_yes(one: Sent, answer: Answer | None) -> Yes | None:
    """Whether the other side took a case on.

    Args:
        one: what was referred.
        answer: what was answered, if anything.
    """
    if answer is not None and answer.state == states.ACCEPTED:
        return Yes(answer.at.date() if answer.at else None)
    return Yes(None) if one.as_file and one.heard and one.heard[0] in _HELPS else None


def _as_it_is(case: OpenCase, one: Sent) -> Sent:
    """The same; and whether its row at the other desk is gone, which never goes by itself."""
    there = select(Arrival.id).where(Arrival.id == one.id, Arrival.desk_id == one.to_id)
    if one.as_file or db.session.scalar(there) is not None:
        return one
    case.complain("arrival.box")
    return replace(one, lost=True)


def look(actor: Actor, ref: str, packet_id: UUID) -> tuple[OpenCase, Sent, Answer | None]:
    """One of them; its answer counts as seen.

    Raises:
        NotFound, Denied: not for this person.
        Refused: it does not open.
    """
    case = opening.load(actor, ref, Action.PACKET_SEND)
    row, value = sending.one(case, packet_id)
    there = db.session.get(Arrival, packet_id)
    if there is not None and row.answers != there.answers:
        row.answers = there.answers
        db.session.flush()
    found = _as_it_is(case, sending.sent(row, value))
    return case, found, answering.of_packet(actor, found.id, found.to_id)
