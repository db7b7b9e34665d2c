"""A packet that somebody brings as a file, from another installation: checked whole before anything of it is kept."""

from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import CaseworkError, Invalid, Refused
from casework.packets import arriving, moving, states, wire
from casework.packets.models import Arrival, ArrivalFile
from casework.packets.received import Received
from casework.packets.wire import Head
from casework.store import Store, StoreAway


@dataclass(frozen=True)
class Brought:
    """A packet whose files lie in the store, sealed as they came; every byte of it was checked.

    Attributes:
        head: as it stood in the file.
        received: what it holds.
        folder: what its files are called after in the store.
    """

    head: Head
    received: Received
    folder: UUID


def prepare(actor: Actor, store: Store, stream: BinaryIO) -> Brought:
    """Check a packet and put its files into the store: long work, before anything is written.

    Args:
        actor: who brings it.
        store: where the files go.
        stream: the file.

    Raises:
        Invalid: with what is wrong: another desk's, changed, too old, of another version, seen before, or from
            a desk whose card was not compared here.
        StoreAway: the store does not answer.
        Denied: not for this person.
    """
    policy.require(actor, Action.PACKET_IMPORT)
    head = wire.read(stream)
    row = _row(actor, head)
    _check_new(head)
    try:
        found = arriving.open_row(actor.desk, row)
    except Refused:
        raise wire.broken() from None
    folder = uuid4()
    _take_all(store, stream, found, folder)
    return Brought(head, found, folder)


def _take_all(store: Store, stream: BinaryIO, found: Received, folder: UUID) -> None:
    """Take every file, or none: what lay in the store before it turned out to be broken is taken out again."""
    taken = list[UUID]()
    try:
        for told in found.files:
            taken.append(moving.named_under(folder, told))
            _take(store, stream, told, taken[-1])
        wire.at_end(stream)
    except (CaseworkError, StoreAway) as broken:
        store.delete(*taken)
        if isinstance(broken, StoreAway):
            raise
        raise wire.broken() from None


def keep(actor: Actor, brought: Brought) -> None:
    """Write a packet down among what waits, once.

    Raises:
        Invalid: it has come before.
        Denied: not for this person.
    """
    policy.require(actor, Action.PACKET_IMPORT)
    _check_new(brought.head)
    row = _row(actor, brought.head)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        ArrivalFile(id=moving.named_under(brought.folder, one), arrival_id=row.id, desk_id=row.desk_id)
        for one in brought.received.files
    )
    arriving.keep(actor.desk, row, {arriving.FOLDER: str(brought.folder)})
    audit.record(actor.desk, Event.PACKET_IMPORTED, packet=str(row.id))


def _row(actor: Actor, head: Head) -> Arrival:
    place = head.place
    if place.to_id != actor.desk_id:
        raise Invalid("This packet is for another desk. Give it to them; nobody here can open it.", "file")
    if place.ends_on < clock.today():
        raise Invalid("The last day of this packet has passed. Ask for it once more.", "file")
    row = Arrival(id=place.packet_id, desk_id=place.to_id, from_id=place.from_id, epoch=place.epoch)
    row.on, row.ends_on, row.state, row.answers = clock.today(), place.ends_on, states.WAITING, 0
    row.box, row.signature = head.box, head.signature
    return row


def _check_new(head: Head) -> None:
    known = select(Arrival.id).where(Arrival.id == head.place.packet_id)
    if db.session.scalar(known) is not None:
        raise Invalid("This packet came before. It is among what waits, or was accepted or declined.", "file")


def _take(store: Store, stream: BinaryIO, told: dict[str, Any], lies_at: UUID) -> None:
    """Put the next file into the store as it is, then open it whole to see that nothing was changed."""
    store.put(lies_at, wire.next_file(stream, told["size"]))
    for _part in moving.opened(store, told, lies_at):
        pass
