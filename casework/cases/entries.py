"""What was noted on a case: notes, calls, visits, events. Added to; and corrected where it is wrong, which is said.

What is wrong about somebody is not kept beside what is right: the words that were there are gone then, but everybody
sees that the note was corrected, by whom and when, and the record has it.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from casework import clock, codes
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import neutral, opening
from casework.cases.changing import Differing, changing
from casework.cases.models import Entry
from casework.cases.opening import OpenCase
from casework.errors import Invalid, Refused
from casework.vault import Section

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Noted:
    """An entry as somebody reads it.

    Attributes:
        id: of its row.
        type: of the list `entry_types`.
        when: it happened.
        text: what happened.
        by: who wrote it down.
        at: when they did.
        channel: of a try that found nobody, by which way (`contact_channels`); else empty.
        heavy: whether it is hard to read: pages fold it.
        corrected: by whom and when it was corrected last; None where it stands as it was written.
        rev: of its row, to be sent back with a correction.
    """

    id: UUID
    type: str
    when: datetime
    text: str
    by: UUID
    at: datetime
    channel: str = ""
    heavy: bool = False
    corrected: tuple[UUID, datetime] | None = None
    rev: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Entries:
    """The entries of a case.

    Attributes:
        noted: newest first.
        refused: how many do not open.
        whole: whether these are all that was noted; if not, some were taken out or put back.
    """

    noted: tuple[Noted, ...]
    refused: int
    whole: bool = True


def add(actor: Actor, ref: str, type: str, when: datetime, text: str, form_token: UUID) -> UUID:  # noqa: A002 - the field's word
    """Note something on a case.

    Args:
        actor: who writes.
        ref: the case's reference.
        type: of the list `entry_types`.
        when: it happened, with its zone.
        text: what happened; names are better left out.
        form_token: of the form; the same one twice makes one entry.

    Returns:
        The id of the entry.

    Raises:
        Invalid: nothing was written, too much, or an unknown type.
        Conflict: the token belongs to another case.
    """
    check(type, text)
    with changing(actor, ref, Action.CASE_WORK) as case:
        noted = Noted(uuid4(), type, when, text.strip(), actor.user_id, clock.now())
        return put(case, noted, form_token)


def put(case: OpenCase, noted: Noted, form_token: UUID) -> UUID:
    """The same on a case that is being changed; what is noted was checked.

    Raises:
        Conflict: the token belongs to another case.
    """
    row = neutral.sent_before(case, form_token)
    if row is None:
        row = _new(case, noted, form_token)
    return row.id


def one(actor: Actor, ref: str, entry_id: UUID) -> tuple[OpenCase, Noted]:
    """One entry and its case; opening it is recorded.

    Raises:
        NotFound, Denied: not for this person, or there is none.
        Refused: it does not open.
    """
    case = opening.load(actor, ref, Action.CASE_WORK)
    found = _open(case, neutral.row(case, entry_id, Section.STORY))
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="entries")
    return case, found


def correct(actor: Actor, ref: str, entry_id: UUID, text: str, rev: int, *, heavy: bool) -> OpenCase:
    """Put right what was noted, also on a closed case: the person may ask for it at any time.

    Args:
        actor: who corrects it.
        ref: the case's reference.
        entry_id: which entry.
        text: what it says from now on.
        rev: the revision that the sender had seen.
        heavy: whether it is hard to read.

    Raises:
        Differing: somebody else corrected it meanwhile.
        Invalid: nothing was written, too much, or it holds no words of anybody.
        NotFound, Denied: not for this person, or there is none.
        Refused: it does not open; writing over it would hide what was done to it.
    """
    with changing(actor, ref, Action.CASE_WORK, also_closed=True) as case:
        row = neutral.row(case, entry_id, Section.STORY)
        now = _open(case, row)
        check(now.type, text)
        if not now.text:
            raise Invalid("There are no words in it to correct. Write a note beside it.", "text")
        if now.rev != rev and (now.text, now.heavy) != (text.strip(), heavy):
            raise Differing(now, text, rev)
        said = replace(now, text=text.strip(), heavy=heavy, corrected=(actor.user_id, clock.now()))
        if (now.text, now.heavy) != (said.text, said.heavy):
            neutral.write(case, row, Section.STORY, _value(said))
            rows = audit.digest(row.body)
            audit.record(actor.desk, Event.ENTRY_CORRECTED, case=case.keys, entry=str(row.id), rows=rows)
    return case


def check(type_: str, text: str) -> None:
    """Whether this may be noted.

    Raises:
        Invalid: nothing was written, too much, or an unknown type.
    """
    codes.load("entry_types").code(type_)
    if not text.strip():
        raise Invalid("Write down what happened.", "text")
    if len(text) > LONGEST_TEXT:
        raise Invalid("This is too long: %(most)s characters at most. Divide it.", "text", most=LONGEST_TEXT)


def _new(case: OpenCase, noted: Noted, form_token: UUID) -> Entry:
    row = neutral.add(case, Section.STORY, _value(noted), form_token)
    rows = audit.digest(row.body)
    audit.record(case.actor.desk, Event.ENTRY_ADDED, case=case.keys, entry=str(row.id), rows=rows)
    return row


def listing(actor: Actor, ref: str) -> Entries:
    """The entries of a case, newest first; opening them is one event.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref)
    noted, refused = list[Noted](), 0
    rows, whole = neutral.stored(case, Section.STORY)
    for row in rows:
        try:
            noted.append(_open(case, row))
        except Refused:
            refused += 1
    if refused or not whole:
        case.complain(neutral.BODY.name)
    if noted:
        audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="entries")
    noted.sort(key=lambda one: (one.when, one.at), reverse=True)
    return Entries(tuple(noted), refused, whole)


def readable(case: OpenCase) -> list[Noted]:
    """The entries of a case that is open; one that does not open is recorded, and none of these."""
    found = []
    for row in neutral.rows(case, Section.STORY):
        try:
            found.append(_open(case, row))
        except Refused:
            case.complain(neutral.BODY.name)
    return found


def has(case: OpenCase, type_: str) -> bool:
    """Whether an entry of some type is on a case; one that does not open is none.

    Args:
        case: opened.
        type_: of the list `entry_types`.
    """
    return any(_type_of(case, row) == type_ for row in neutral.rows(case, Section.STORY))


def _type_of(case: OpenCase, row: neutral.Seen) -> str | None:
    try:
        return _open(case, row).type
    except Refused:
        return None


def _value(noted: Noted) -> dict[str, Any]:
    return {
        "type": noted.type,
        "when": noted.when.isoformat(),
        "text": noted.text,
        "by": str(noted.by),
        "at": noted.at.isoformat(),
        "channel": noted.channel,
        "heavy": noted.heavy,
        "corrected": [str(noted.corrected[0]), noted.corrected[1].isoformat()] if noted.corrected else None,
    }


def _open(case: OpenCase, row: neutral.Seen | Entry) -> Noted:
    value = neutral.opened(case, row, Section.STORY)
    return Noted(
        id=row.id,
        type=value["type"],
        when=datetime.fromisoformat(value["when"]),
        text=value["text"],
        by=UUID(value["by"]),
        at=datetime.fromisoformat(value["at"]),
        channel=value.get("channel", ""),
        heavy=value.get("heavy", False),
        corrected=_corrected(value.get("corrected")),
        rev=row.rev,
    )


def _corrected(said: list[str] | None) -> tuple[UUID, datetime] | None:
    return (UUID(said[0]), datetime.fromisoformat(said[1])) if said else None
