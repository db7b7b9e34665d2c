"""Referring somebody to another desk: sealed to its key, signed, and written down as something that left."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.cases.changing import changing
from casework.cases.left import Left
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.packets import contents, moving, states, terms, wire
from casework.packets.models import Arrival, ArrivalFile, Packet
from casework.packets.moving import Leaving
from casework.packets.partners import Partner
from casework.packets.terms import Wish
from casework.people.consents import Told
from casework.store import Store
from casework.vault import Section, packet
from casework.vault.catalogue import field
from casework.vault.packet import Place

BODY = field("packet.body")
_FILL = 3_500


@dataclass(frozen=True)
class Sent:
    """What was referred, as the sending desk keeps it.

    Attributes:
        id: of the packet.
        to_id, to: the other desk, and its name when it was sent.
        parts: keys of the sections.
        files: what went along, as codes of the list `proofs`.
        told: what the other desk was asked for.
        on, ends_on: the day, and the last one on which it can be accepted.
        by: who sent it.
        consent_id: the agreement that it stands on.
        as_file: whether it left as a file, for another installation.
        ended: why it was taken back: `recalled` or `withdrawn`; empty while it was not.
        heard: for one that left as a file, what came of it, as somebody heard: outcome, words.
        lost: whether its row at the other desk is gone: somebody deleted it, who writes to the database.
    """

    id: UUID
    to_id: UUID
    to: str
    parts: tuple[str, ...]
    files: tuple[str, ...]
    told: str
    on: datetime
    ends_on: date
    by: UUID
    consent_id: UUID
    as_file: bool
    ended: str
    heard: tuple[str, str] | None
    lost: bool = False

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on < clock.today()


def prepare(actor: Actor, store: Store, ref: str, wish: Wish) -> list[Leaving]:
    """Check everything, and put the chosen files into the store under new keys: long work, before anything is written.

    Raises:
        Invalid: the person has not agreed, the desk's card was not compared, or something is missing.
        NotFound, Denied: not for this person.
        StoreAway: the store does not answer.
    """
    case = opening.load(actor, ref, Action.PACKET_SEND)
    partner, _ = terms.check(case, wish)
    if not partner.here:
        raise _elsewhere()
    files = moving.chosen(case, wish.files)
    moving.put(store, files)
    return files


def send(actor: Actor, ref: str, wish: Wish, files: Sequence[Leaving], form_token: UUID) -> UUID:
    """Send a packet to a desk of this installation.

    Args:
        actor: who sends it.
        ref: the case's reference.
        wish: what, and to whom; checked once more.
        files: from `prepare`.
        form_token: of the form; the same one twice sends once.

    Returns:
        The id of the packet.

    Raises:
        Invalid: as `prepare`.
        NotFound, Denied: not for this person.
        Conflict: the token belongs to another case.
    """
    with changing(actor, ref, Action.PACKET_SEND) as case:
        if (known := _sent_before(case, form_token)) is not None:
            return known.id
        partner, told = terms.check(case, wish)
        if not partner.here:
            raise _elsewhere()
        row = Packet(id=uuid4(), case_id=case.id, desk_id=case.desk_id, form_token=form_token)
        epoch, public = partner.public
        place = Place(row.id, case.desk_id, partner.card.desk_id, epoch, wish.ends_on)
        packed = packet.seal(public, place, contents.gather(case, wish, told, _told(files)))
        _arrive(case, place, packed, files)
        _write_down(case, row, partner, wish, told, files, as_file=False)
    return row.id


def make_file(
    actor: Actor, store: Store, ref: str, wish: Wish, form_token: UUID, largest: int
) -> tuple[UUID, Iterator[bytes]]:
    """Make a packet as a file, for a desk of another installation. It is sealed while it is sent.

    Args:
        actor: who sends it.
        store: where the files lie; they are read while the packet is sent.
        ref: the case's reference.
        wish: what, and to whom.
        form_token: of the form.
        largest: bytes that a file may have: the other installation takes no larger packet.

    Returns:
        The packet's id, and the bytes of the file.

    Raises:
        Invalid: as `prepare`; or the same form has made a file before.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.PACKET_SEND) as case:
        if _sent_before(case, form_token) is not None:
            raise Invalid("This file was made already. If it was lost, go back and refer them once more.")
        partner, told = terms.check(case, wish)
        files = moving.chosen(case, wish.files)
        if sum(wire.sealed_size(one.source.size) for one in files) > largest:
            raise Invalid("Together these files are too large for one packet. Choose fewer.", "files")
        row = Packet(id=uuid4(), case_id=case.id, desk_id=case.desk_id, form_token=form_token)
        card = partner.card
        place = Place(row.id, case.desk_id, card.desk_id, card.epoch, wish.ends_on)
        packed = packet.seal(card.x, place, contents.gather(case, wish, told, _told(files)))
        signed = packet.sign(actor.desk, place, packed, as_desk=True)
        _write_down(case, row, partner, wish, told, files, as_file=True)
    head = wire.head(place, packed, signed)
    return row.id, wire.file(head, (one.parts(store) for one in files))


def _elsewhere() -> Invalid:
    return Invalid("This desk is in another installation: make a file for it.", "partner")


def _sent_before(case: OpenCase, form_token: UUID) -> Packet | None:
    row = db.session.scalar(select(Packet).where(Packet.form_token == form_token))
    if row is not None and row.case_id != case.id:
        raise Conflict
    return row


def _told(files: Sequence[Leaving]) -> list[dict[str, Any]]:
    return [one.told for one in files]


def _arrive(case: OpenCase, place: Place, packed: bytes, files: Sequence[Leaving]) -> None:
    desk = case.actor.desk
    row = Arrival(id=place.packet_id, desk_id=place.to_id, from_id=place.from_id, epoch=place.epoch)
    row.on, row.ends_on, row.state, row.answers = clock.today(), place.ends_on, states.WAITING, 0
    row.box, row.signer_id = packed, desk.person.user_id
    row.signature = packet.sign(desk, place, packed)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        ArrivalFile(id=one.sealer.file_id, arrival_id=row.id, desk_id=place.to_id) for one in files
    )


def _write_down(
    case: OpenCase,
    row: Packet,
    partner: Partner,
    wish: Wish,
    told: Told,
    files: Sequence[Leaving],
    *,
    as_file: bool,
) -> None:
    parts = [one.value for one in wish.sections]
    row.on, row.answers = clock.today(), 0
    put(
        case,
        row,
        {
            "to": str(partner.card.desk_id),
            "name": partner.name,
            "parts": parts,
            "files": [one.told["what"] for one in files],
            "told": wish.told,
            "at": clock.now().isoformat(),
            "until": wish.ends_on.isoformat(),
            "by": str(case.actor.user_id),
            "consent": str(told.id),
            "as_file": as_file,
            "ended": "",
            "heard": None,
        },
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        case.actor.desk,
        Event.PACKET_SENT,
        case=case.keys,
        packet=str(row.id),
        to=str(partner.card.desk_id),
        sections=parts,
        files=len(files),
        consent=str(told.id),
        as_file=as_file,
        rows=audit.digest(row.body),
    )


def put(case: OpenCase, row: Packet, value: dict[str, Any]) -> None:
    """Seal what is kept of a packet to its row, and count it in the statement of its case."""
    said = case.keys.statement
    if row.body is not None:
        said.take(BODY, row.id, row.body)
    bare = {name: part for name, part in value.items() if name != "fill"}
    size = len(json.dumps(bare, ensure_ascii=False).encode())
    row.tag, row.generation = case.keys.tag(Section.HEADER), case.keys.generation
    row.body = case.keys.seal(BODY, row.id, Section.HEADER, bare | {"fill": " " * (_FILL - size)})
    said.add(BODY, row.id, row.body)


def opened(case: OpenCase, row: Packet) -> dict[str, Any]:
    """What is kept of a packet.

    Raises:
        Refused: it does not open.
    """
    value = case.keys.open(BODY, row.id, Section.HEADER, row.body)
    if not isinstance(value, dict):
        raise Refused
    return value


def rows_of(case: OpenCase) -> list[tuple[Packet, dict[str, Any]]]:
    """Every packet of a case that opens, the newest first; one taken out or put back is recorded."""
    wanted = select(Packet).where(Packet.case_id == case.id).execution_options(populate_existing=True)
    rows, whole = case.keys.statement.stored(BODY, lambda: db.session.scalars(wanted).all())
    found = []
    for row in rows:
        try:
            found.append((row, opened(case, row)))
        except Refused:
            whole = False
    if not whole:
        case.complain(BODY.name)
    return sorted(found, key=lambda pair: str(pair[1]["at"]), reverse=True)


def one(case: OpenCase, packet_id: UUID) -> tuple[Packet, dict[str, Any]]:
    """One packet of a case.

    Raises:
        NotFound: this case has no such packet.
        Refused: it does not open.
    """
    row = db.session.get(Packet, packet_id, populate_existing=True)
    if row is None or row.case_id != case.id:
        raise NotFound
    return row, opened(case, row)


def sent(row: Packet, value: dict[str, Any]) -> Sent:
    """A packet as the sending desk reads it."""
    return Sent(
        id=row.id,
        to_id=UUID(value["to"]),
        to=value["name"],
        parts=tuple(value["parts"]),
        files=tuple(value["files"]),
        told=value["told"],
        on=datetime.fromisoformat(value["at"]),
        ends_on=date.fromisoformat(value["until"]),
        by=UUID(value["by"]),
        consent_id=UUID(value["consent"]),
        as_file=value["as_file"],
        ended=value["ended"],
        heard=(value["heard"][0], value["heard"][1]) if value["heard"] else None,
    )


def left(case: OpenCase) -> list[Left]:
    """What left by packets, for `cases.left.everything`. One that was taken back may have been read before."""
    every = [sent(row, value) for row, value in rows_of(case)]
    return [Left(terms.PURPOSE, one.to, one.told, one.on) for one in every]


def in_copy(case: OpenCase) -> list[dict[str, Any]]:
    """What was referred to which desk, for the person's copy."""
    every = [sent(row, value) for row, value in rows_of(case)]
    return [
        {
            "to": one.to,
            "on": one.on.isoformat(),
            "until": one.ends_on.isoformat(),
            "parts": list(one.parts),
            "files": list(one.files),
            "told": one.told,
            "as_file": one.as_file,
            "ended": one.ended,
        }
        for one in every
    ]
