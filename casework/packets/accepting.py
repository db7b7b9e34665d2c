"""Accepting a packet: a case of this desk is logged from it, and afterwards the packet is destroyed.

The case stands on what the person agreed to at the first desk, and no longer than that: this desk asks anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import entries, first_contact, readers, safe_contact, sections
from casework.cases.changing import changing
from casework.cases.entries import Noted
from casework.cases.first_contact import FirstContact
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import CaseworkError, Invalid, Refused
from casework.evidence import examining
from casework.evidence import service as evidence
from casework.evidence.bodies import Description
from casework.evidence.examining import Examined
from casework.money.account import lines as ledger
from casework.packets import answering, arriving, moving, states
from casework.packets.models import Arrival
from casework.packets.received import Received
from casework.store import Store
from casework.vault import Section

#: Where the header of a case keeps that it came from another desk.
CAME = "came_from"
LONGEST_NOTE = 300
MOST_FEEDBACK = 6
_OTHER = {"what": "other", "grade": "copy"}


@dataclass(frozen=True)
class Ready:
    """A packet whose files were looked into, and lie in the store as evidence does.

    Attributes:
        received: what it holds.
        files: each with what was said of it there.
        lost: how many are not taken here: broken, too large, or of a sort that is not kept.
    """

    received: Received
    files: tuple[tuple[Examined, Description], ...]
    lost: int


def prepare(actor: Actor, store: Store, packet_id: UUID, largest: int) -> Ready:
    """Open a packet and look into its files: long work, before anything is written.

    Args:
        actor: who accepts it.
        store: where the files lie.
        packet_id: of the packet.
        largest: bytes that a file may have here.

    Raises:
        Invalid, Refused: as `arriving.read`.
        StoreAway: the store does not answer.
        NotFound, Denied: there is none here, or not for this person.
    """
    row = arriving.row_of(actor, packet_id)
    found, folder = arriving.open_row(actor.desk, row), arriving.folder_of(actor.desk, row)
    taken, lost = list[tuple[Examined, Description]](), 0
    for told in found.files:
        try:
            coming = moving.fetch(store, told, moving.named_under(folder, told))
            examined = examining.examine(coming, largest)
        except CaseworkError:
            lost += 1
            continue
        examining.keep(store, examined)
        taken.append((examined, _description(told)))
    return Ready(found, tuple(taken), lost)


def _description(told: dict[str, str]) -> Description:
    what = told["what"] if told["what"] in codes.load("proofs") else _OTHER["what"]
    grade = told["grade"] if told["grade"] in codes.load("evidence_grades") else _OTHER["grade"]
    grade = _OTHER["grade"] if grade == evidence.NOTHING else grade
    return Description(what=what, called=told["called"][: evidence.LONGEST["called"]], grade=grade)


def accept(actor: Actor, packet_id: UUID, ready: Ready, *, take: bool, second: UUID | None = None) -> str:
    """Log a case from a packet, once; the packet is destroyed, and the desk that sent it is told.

    Args:
        actor: who accepts it.
        packet_id: of the packet.
        ready: from `prepare`.
        take: whether they work on it.
        second: who else may see it, where it was closed to all but named people there.

    Returns:
        The reference of the new case.

    Raises:
        Invalid: somebody accepted it before, it was taken back meanwhile, or the case cannot be logged.
        Refused: it does not open.
        NotFound, Denied: there is none here, or not for this person.
    """
    row = arriving.row_of(actor, packet_id, held=True)
    found = arriving.open_row(actor.desk, row)
    if found != ready.received:
        raise Refused
    if found.restricted and second in (None, actor.user_id):
        raise Invalid(
            "This case is closed to all but named people. Choose a second person who may see it here.",
            "second",
        )
    case = first_contact.log(actor, _contact(found, take=take), uuid5(packet_id, str(actor.desk_id)))
    with changing(actor, case.ref, Action.PACKET_RECEIVE) as opened:
        _fill(opened, found, packet_id)
        if found.restricted and second is not None:
            readers.narrow(opened, frozenset({actor.user_id, second}))
    for examined, said in ready.files:
        evidence.add(actor, case.ref, examined, said, uuid4())
    told = {"by": str(actor.user_id), "at": clock.now().isoformat()}
    if not found.restricted:
        # What the whole desk can open must not lead to a case that it cannot.
        told |= {"ref": case.ref}
    arriving.end(row, states.ACCEPTED)
    arriving.keep(actor.desk, row, arriving.kept_of(actor.desk, row) | told)
    answering.send(actor.desk, row, arriving.kept_of(actor.desk, row))
    audit.record(
        actor.desk, Event.PACKET_ACCEPTED, event_id=states.answered(packet_id), packet=str(packet_id)
    )
    return case.ref


def _contact(found: Received, *, take: bool) -> FirstContact:
    return FirstContact(answers=found.answers, consent=found.consent, take=take)


def _fill(case: OpenCase, found: Received, packet_id: UUID) -> None:
    came = {"packet": str(packet_id), "desk": found.sender, "reference": found.reference}
    sections.put(case, Section.HEADER, {CAME: came})
    if found.safe_contact:
        # Nobody here has asked yet whether it still holds: so it is not confirmed.
        rule = safe_contact.written(found.safe_contact, safe_contact.window_of(found.safe_contact), None)
        sections.put(case, Section.IDENTITY, {safe_contact.RULE: rule})
    for one in found.notes:
        noted = Noted(
            uuid4(), one.type, one.when, one.text, case.actor.user_id, clock.now(), one.channel, one.heavy
        )
        entries.put(case, noted, uuid4())
    for text in _rest(found):
        now = clock.now()
        entries.put(case, Noted(uuid4(), "note", now, text, case.actor.user_id, now), uuid4())
    if found.lines:
        ledger.enter(case, found.lines, uuid4())


def _rest(found: Received) -> Iterable[str]:
    """What the other desk asks for, and what this desk does not ask, as notes: nothing is lost of it."""
    yield f"{found.sender} ({found.reference}): {found.told}"
    text = "\n".join(f"{key}: {value}" for key, value in found.strange)
    for at in range(0, len(text), entries.LONGEST_TEXT):
        yield text[at : at + entries.LONGEST_TEXT]


def came_from(case: OpenCase) -> dict[str, str] | None:
    """From which desk a case came, and by which packet; None for one that was logged here."""
    found = case.section(Section.HEADER).values.get(CAME)
    return dict(found) if isinstance(found, dict) else None


def tell(actor: Actor, packet_id: UUID, outcome: str, note: str) -> None:
    """Tell the desk that referred what came of it.

    Args:
        actor: of the desk that accepted.
        packet_id: of the packet.
        outcome: of the list `referral_outcomes`.
        note: in words, without names.

    Raises:
        Invalid: no such outcome, too many words, or it was not accepted.
        NotFound, Denied: there is none here, or not for this person.
    """
    codes.load("referral_outcomes").code(outcome)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise Invalid("This is too long: %(most)s characters at most.", "note", most=LONGEST_NOTE)
    row = arriving.row_of(actor, packet_id, held=True)
    if row.state != states.ACCEPTED:
        raise Invalid("This was not accepted.")
    kept = arriving.kept_of(actor.desk, row)
    told = [*kept.get("feedback", []), answering.written(outcome, note)][-MOST_FEEDBACK:]
    arriving.keep(actor.desk, row, kept | {"feedback": told})
    answering.send(actor.desk, row, arriving.kept_of(actor.desk, row))
    audit.record(actor.desk, Event.PACKET_ANSWERED, packet=str(packet_id))


def forget(case: OpenCase) -> None:
    """A case that came by a packet is being erased: what is kept of the packet names it no more."""
    came = came_from(case)
    row = db.session.get(Arrival, UUID(came["packet"])) if came else None
    if row is not None and row.desk_id == case.desk_id:
        kept = arriving.kept_of(case.actor.desk, row)
        if kept.pop("ref", None):
            arriving.keep(case.actor.desk, row, kept)
            answering.send(case.actor.desk, row, kept, news=False)
