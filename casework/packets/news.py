"""What the desk that referred is told: that another desk has answered, until somebody has looked."""

from collections.abc import Iterator
from dataclasses import dataclass
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
from casework.packets import answering, sending
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
    every = [sending.sent(row, value) for row, value in sending.rows_of(case)]
    return case, [(one, answering.of_packet(actor, one.id, one.to_id)) for one in every]


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
    found = sending.sent(row, value)
    return case, found, answering.of_packet(actor, found.id, found.to_id)
