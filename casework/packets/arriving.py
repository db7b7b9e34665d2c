"""A packet at the desk that it is for: seen among what waits, opened, declined."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.packets import answering, moving, partners, received, states
from casework.packets.answering import Feedback
from casework.packets.models import Arrival
from casework.packets.partners import Partner
from casework.packets.received import Received
from casework.vault import packet
from casework.vault.catalogue import field
from casework.vault.chain import HOLDERS
from casework.vault.desk import DeskKeys
from casework.vault.packet import Place

BOX, KEPT = field("arrival.box"), field("arrival.kept")
_FILL = 1_800
LONGEST_REASON = 500
#: Lines of one page.
MOST = 50
#: Under which the files of a packet that came as a file are kept (`moving.named_under`).
FOLDER = "folder"


@dataclass(frozen=True)
class Line:
    """A packet as a list shows it.

    Attributes:
        id: of the packet.
        sender: the desk that sent it, by the name on its card; None where no card of it was compared here.
        on, ends_on: the day it came, and the last one on which it can be accepted.
        state: where it stands (`states`).
        kept: what was written down of it here.
        by_file: whether it was brought from another installation, to which no answer goes back by itself.
    """

    id: UUID
    sender: str | None
    on: date
    ends_on: date
    state: str
    kept: Mapping[str, Any]
    by_file: bool

    @property
    def waits(self) -> bool:
        """Whether it can be accepted."""
        return self.state == states.WAITING and self.ends_on >= clock.today()

    @property
    def feedback(self) -> list[Feedback]:
        """What was told back of it, the oldest first."""
        return answering.feedback_of(self.kept.get("feedback", []))


def listing(actor: Actor) -> list[Line]:
    """The packets that came to a desk: those that wait first, then the newest.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.PACKET_RECEIVE)
    waiting = Arrival.state == states.WAITING
    query = select(Arrival).order_by(waiting.desc(), Arrival.on.desc(), Arrival.id).limit(MOST)
    query = policy.visible(actor, query, Arrival.desk_id, Action.PACKET_RECEIVE)
    return [_line(actor, row) for row in db.session.scalars(query)]


def waiting(actor: Actor, most: int) -> list[Line]:
    """Packets that wait to be accepted, what ends first on top; nothing for who may not."""
    if not policy.can(actor, Action.PACKET_RECEIVE):
        return []
    query = select(Arrival).where(
        Arrival.desk_id == actor.desk_id, Arrival.state == states.WAITING, Arrival.ends_on >= clock.today()
    )
    return [
        _line(actor, row)
        for row in db.session.scalars(query.order_by(Arrival.ends_on, Arrival.id).limit(most))
    ]


def look(actor: Actor, packet_id: UUID) -> Line:
    """One packet, closed as it lies.

    Raises:
        NotFound, Denied: there is none here, or not for this person.
    """
    return _line(actor, row_of(actor, packet_id))


def read(actor: Actor, packet_id: UUID) -> Received:
    """Open a packet; each opening is one event, and the desk that sent it sees the first.

    Raises:
        Invalid: the sending desk's card was not compared here, or the packet is not there any more.
        Refused: it does not open, or nobody of that desk signed it.
        NotFound, Denied: there is none here, or not for this person.
    """
    row = row_of(actor, packet_id, held=True)
    found = open_row(actor.desk, row)
    kept = kept_of(actor.desk, row)
    if not kept.get("opened"):
        keep(actor.desk, row, kept | {"opened": clock.now().isoformat()})
        answering.send(actor.desk, row, kept_of(actor.desk, row), news=False)
    audit.record(actor.desk, Event.PACKET_OPENED, packet=str(row.id))
    return found


def open_row(desk: DeskKeys, row: Arrival) -> Received:
    """What a packet that waits holds, once it is certain who sent it.

    Raises:
        Invalid: as `read`.
        Refused: it does not open, or nobody of that desk signed it.
    """
    check_waits(row)
    _check_not_put_back(desk, row)
    partner = sender(desk, row)
    if partner is None or not partner.compared:
        raise Invalid(
            "The card of the desk that sent this was not compared here. Compare it first: until then anybody"
            " could have written it."
        )
    place = place_of(row)
    packet.check(_signers(row, partner), row.signature, place, row.box or b"")
    value = packet.opened(desk, place, row.box)
    return received.read(value, partner)


def check_waits(row: Arrival) -> None:
    """Go on only if a packet can still be accepted.

    Raises:
        Invalid: with what became of it.
    """
    if row.state == states.WAITING and row.ends_on >= clock.today():
        return
    if row.state == states.ACCEPTED:
        raise Invalid("Somebody has accepted this already.")
    if row.state == states.DECLINED:
        raise Invalid("This was declined.")
    if row.state == states.RECALLED:
        raise Invalid(
            "The desk that sent this has taken it back, and it was destroyed: the person does not agree to it any"
            " more, or they help in another way."
        )
    raise Invalid("The last day of this packet has passed, and it was destroyed.")


def _check_not_put_back(desk: DeskKeys, row: Arrival) -> None:
    """The record says so where a packet ended; its row may be an older one that somebody kept.

    Raises:
        Invalid: it is.
    """
    if states.has_ended(row.id):
        audit.record(desk, Event.SEAL_REFUSED, where=KEPT.name)
        raise Invalid(
            "This packet was taken back or answered before. Somebody has put it here again from outside: it is not"
            " opened, and it was recorded. Tell your coordinator."
        )


def decline(actor: Actor, packet_id: UUID, reason: str) -> None:
    """Say no, with a reason that goes back; the packet is destroyed.

    Raises:
        Invalid: no reason, or it does not wait any more.
        NotFound, Denied: there is none here, or not for this person.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("Write down why, so that the other desk can go on.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("This is too long: %(most)s characters at most.", "reason", most=LONGEST_REASON)
    row = row_of(actor, packet_id, held=True)
    check_waits(row)
    told = {"reason": reason, "by": str(actor.user_id), "at": clock.now().isoformat()}
    end(row, states.DECLINED)
    keep(actor.desk, row, kept_of(actor.desk, row) | told)
    answering.send(actor.desk, row, kept_of(actor.desk, row))
    audit.record(actor.desk, Event.PACKET_DECLINED, event_id=states.answered(row.id), packet=str(row.id))


def end(row: Arrival, state: str) -> None:
    """Destroy what came: the box and its files. No key is needed."""
    row.state, row.box = state, None
    moving.forget([row.id])


def sender(desk: DeskKeys, row: Arrival) -> Partner | None:
    """The desk that sent it, if its card was ever brought here."""
    return partners.of_desk(desk, row.from_id)


def place_of(row: Arrival) -> Place:
    """What the box of a row is bound to."""
    return Place(row.id, row.from_id, row.desk_id, row.epoch, row.ends_on)


def _signers(row: Arrival, partner: Partner) -> list[bytes]:
    """The keys that may have signed: of the desk by its card, or of a member whom its chain has now."""
    if row.signer_id is None:
        return [partner.card.ed]
    member = partner.chain.members.get(row.signer_id) if partner.chain else None
    return [member.ed] if member is not None and member.role in HOLDERS else []


def row_of(actor: Actor, packet_id: UUID, *, held: bool = False) -> Arrival:
    """The row of a packet that came to this desk.

    Raises:
        NotFound, Denied: there is none here, or not for this person.
    """
    policy.require(actor, Action.PACKET_RECEIVE)
    query = select(Arrival).where(Arrival.id == packet_id)
    query = policy.visible(actor, query, Arrival.desk_id, Action.PACKET_RECEIVE)
    if held:
        query = query.with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def keep(desk: DeskKeys, row: Arrival, value: Mapping[str, Any]) -> None:
    """Seal what this desk writes down of a packet."""
    bare = {name: part for name, part in value.items() if name != "fill"} | {"packet": str(row.id)}
    size = len(json.dumps(bare, ensure_ascii=False).encode())
    row.kept = desk.seal(KEPT, row.id, bare | {"fill": " " * (_FILL - size)})
    db.session.flush()


def kept_of(desk: DeskKeys, row: Arrival) -> dict[str, Any]:
    """What this desk wrote down of a packet; nothing, where it has not been touched or does not open."""
    if row.kept is None:
        return {}
    try:
        value = desk.open(KEPT, row.id, row.kept)
    except Refused:
        return {}
    return value if isinstance(value, dict) else {}


def folder_of(desk: DeskKeys, row: Arrival) -> UUID | None:
    """What the files of a packet are called after; None for one of this installation."""
    folder = kept_of(desk, row).get(FOLDER)
    return UUID(folder) if folder else None


def _line(actor: Actor, row: Arrival) -> Line:
    partner = sender(actor.desk, row)
    name = partner.name if partner and partner.compared else None
    state = row.state
    if state == states.WAITING and row.ends_on < clock.today():
        state = states.EXPIRED
    kept, by_file = kept_of(actor.desk, row), row.signer_id is None
    return Line(row.id, name, row.on, row.ends_on, state, kept, by_file)
