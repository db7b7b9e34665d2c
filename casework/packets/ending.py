"""A packet ends: taken back by hand, with the person's agreement, by its day, with the case. It is destroyed then.

Whoever opened it before may remember what stood in it; the page says whether somebody did.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid
from casework.packets import moving, sending, states, terms
from casework.packets.models import Arrival, Packet
from casework.vault import keeping

BY_HAND, WITHDRAWN = "recalled", "withdrawn"
LONGEST_NOTE = 300


def recall(actor: Actor, ref: str, packet_id: UUID) -> None:
    """Take a packet back by hand, while nobody has accepted it; also on a closed case.

    Raises:
        Invalid: it was accepted or declined, has ended already, or left as a file.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.PACKET_SEND, also_closed=True) as case:
        row, value = sending.one(case, packet_id)
        if value["as_file"]:
            raise Invalid("This left as a file: nobody can take it back. Ask the other desk to destroy it.")
        if value["ended"] or not _take_back([row.id]):
            raise Invalid("This does not wait any more.")
        _write_down(case, row, value, BY_HAND)


def follow_consents(case: OpenCase) -> None:
    """Take back every packet whose agreement does not hold any more; called after each answer that is written down."""
    if not case.keys.statement.count(sending.BODY):
        return
    for row, value in sending.rows_of(case):
        agreed = value["ended"] or terms.agreed(case, value["name"])
        # One that left as a file, or was accepted, cannot be fetched back: it stands among what left.
        if not agreed and _take_back([row.id]):
            _write_down(case, row, value, WITHDRAWN)


def _write_down(case: OpenCase, row: Packet, value: dict[str, Any], why: str) -> None:
    sending.put(case, row, value | {"ended": why})
    db.session.flush()
    audit.record(case.actor.desk, Event.PACKET_ENDED, case=case.keys, packet=str(row.id), why=why)


def erased(case_id: UUID, *_: object) -> None:
    """A case was erased, or what identifies its person is gone: what waits of it elsewhere goes too. Needs no keys."""
    _take_back(list(db.session.scalars(select(Packet.id).where(Packet.case_id == case_id))))


def expire() -> int:
    """Destroy what nobody has accepted by its day; a job without keys does this every ten minutes.

    Returns:
        How many packets ended.
    """
    late = (Arrival.state == states.WAITING, Arrival.ends_on < clock.today())
    return len(_destroy(states.EXPIRED, *late))


def _take_back(packet_ids: list[UUID]) -> list[UUID]:
    """Destroy those of some packets that wait; which they were."""
    if not packet_ids:
        return []
    gone = _destroy(states.RECALLED, Arrival.id.in_(packet_ids), Arrival.state == states.WAITING)
    for packet_id in gone:
        row = db.session.get_one(Packet, packet_id)
        at = states.taken_back(packet_id)
        audit.record_keyless(
            keeping.load(row.desk_id), Event.PACKET_TAKEN_BACK, event_id=at, packet=str(packet_id)
        )
    return gone


def _destroy(state: str, *which: Any) -> list[UUID]:
    gone = update(Arrival).where(*which).values(state=state, box=None, rev=Arrival.rev + 1)
    rows = db.session.execute(gone.returning(Arrival.id), execution_options={"synchronize_session": False})
    ids = [row.id for row in rows]
    moving.forget(ids)
    return ids


def heard(actor: Actor, ref: str, packet_id: UUID, outcome: str, note: str) -> None:
    """Write down what came of a packet that left as a file, as somebody heard it from the other desk.

    Raises:
        Invalid: no such outcome, too many words, or it did not leave as a file.
        NotFound, Denied: not for this person.
    """
    codes.load("referral_outcomes").code(outcome)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise Invalid("This is too long: %(most)s characters at most.", "note", most=LONGEST_NOTE)
    with changing(actor, ref, Action.PACKET_SEND, also_closed=True) as case:
        row, value = sending.one(case, packet_id)
        if not value["as_file"]:
            raise Invalid("The other desk answers this one itself.")
        sending.put(case, row, value | {"heard": [outcome, note]})
        rows = audit.digest(row.body)
        audit.record(actor.desk, Event.PACKET_NOTED, case=case.keys, packet=str(packet_id), rows=rows)
