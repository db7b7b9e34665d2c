"""Handing over: a note at the end of a shift, read at the start of the next one."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Invalid, Refused
from casework.shifts.models import ShiftNote
from casework.vault.catalogue import field

_BODY = field("shift_note.body")
LONGEST = 4000
#: Days after which a note goes by itself: what matters longer belongs to a case.
KEPT_DAYS = 30


@dataclass(frozen=True)
class Note:
    """A note as somebody reads it.

    Attributes:
        text: what was written; None where it does not open.
        by: who wrote it.
        at: when.
    """

    text: str | None
    by: UUID | None
    at: datetime | None


def hand_over(actor: Actor, text: str, form_token: UUID) -> None:
    """Leave a note for the next shift.

    Args:
        actor: who leaves.
        text: what the next one must know; references rather than names.
        form_token: of the form; the same one twice makes one note.

    Raises:
        Invalid: nothing was written, or too much.
        Conflict: the token belongs to another desk.
    """
    policy.require(actor, Action.SHIFT_HAND_OVER)
    text = text.strip()
    if not text:
        raise Invalid("Write down what the next shift must know.", "text")
    if len(text) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most. Divide it.", "text", most=LONGEST)
    known = db.session.scalar(select(ShiftNote).where(ShiftNote.form_token == form_token))
    if known is not None:
        if known.desk_id != actor.desk_id:
            raise Conflict
        return
    row = ShiftNote(id=uuid4(), desk_id=actor.desk.desk_id, on=clock.today(), form_token=form_token)
    said = {"text": text, "by": str(actor.user_id), "at": clock.now().isoformat()}
    row.body = actor.desk.seal(_BODY, row.id, said)
    db.session.add(row)
    audit.record(actor.desk, Event.SHIFT_HANDED_OVER)


def notes(actor: Actor, most: int = 1) -> list[Note]:
    """The newest notes of the desk, newest first.

    Args:
        actor: who reads.
        most: how many.
    """
    policy.require(actor, Action.SHIFT_HAND_OVER)
    rows = db.session.scalars(
        select(ShiftNote).where(ShiftNote.desk_id == actor.desk_id).order_by(ShiftNote.on.desc()).limit(50)
    )
    found = [_open(actor, row) for row in rows]
    return sorted(found, key=lambda note: note.at.timestamp() if note.at else 0, reverse=True)[:most]


def _open(actor: Actor, row: ShiftNote) -> Note:
    try:
        value = actor.desk.open(_BODY, row.id, row.body)
        if not isinstance(value, dict):
            return Note(None, None, None)
    except Refused:
        return Note(None, None, None)
    return Note(value["text"], UUID(value["by"]), datetime.fromisoformat(value["at"]))


def purge() -> Counter[UUID]:
    """Delete the notes that nobody needs any more; a job without keys.

    Returns:
        How many there were at each desk.
    """
    before = clock.today() - timedelta(days=KEPT_DAYS)
    gone = db.session.scalars(delete(ShiftNote).where(ShiftNote.on < before).returning(ShiftNote.desk_id))
    return Counter(gone.all())
