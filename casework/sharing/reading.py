"""The ally's side: what they were given, opened with their own keys; nothing else of a desk opens with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import bodies
from casework.cases.models import CaseSection, Entry
from casework.db import db
from casework.errors import NotFound, Refused
from casework.evidence import marked
from casework.evidence.models import StoredFile
from casework.evidence.service import Opened
from casework.evidence.sorts import named
from casework.sharing import conflicts, seen, undertaking
from casework.store import Store
from casework.vault import PersonKeys, Role, Section, filing, grant, keeping
from casework.vault.catalogue import field
from casework.vault.grant import GrantKeys
from casework.vault.keeping import granting
from casework.vault.models import Grant

_ENTRY = field("entry.body")


@dataclass(frozen=True)
class Reading:
    """A grant that its ally has open.

    Attributes:
        id: of the grant.
        desk_id, case_id: of which desk and case.
        keys: opened.
        ref, kinds, called: of the case, as the desk gave them.
        sections: that were given.
        files: that were given: `id`, `name`, `what`, `mime`, `size`, `download`.
        ends_on: the last day.
        desk: what the desk is called; None where it was given before grants said so.
    """

    id: UUID
    desk_id: UUID
    case_id: UUID
    keys: GrantKeys
    ref: str
    kinds: tuple[str, ...]
    called: str | None
    sections: tuple[Section, ...]
    files: tuple[dict[str, Any], ...]
    ends_on: date
    desk: str | None = None


@dataclass(frozen=True)
class Note:
    """One note of a story that was given.

    Attributes:
        type: of the list `entry_types`.
        when: it happened.
        text: what happened.
    """

    type: str
    when: datetime
    text: str


@dataclass(frozen=True)
class Home:
    """What an ally finds here.

    Attributes:
        open: what they read now, what ends first on top.
        waiting: how many wait for the desk's conflict check.
        ended: the last days of those that ended in the last month.
        promised: whether they accepted the undertaking.
        listed: whether they said whom they act for.
    """

    open: tuple[Reading, ...]
    waiting: int
    ended: tuple[date, ...]
    promised: bool
    listed: bool


def home(actor: Actor) -> Home:
    """What somebody was given; before they have promised and said whom they act for, nothing opens.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.REVIEW_READ)
    rows = _rows(actor)
    ready = (undertaking.accepted_on(actor) is not None, conflicts.has_list(actor))
    return Home(
        open=tuple(sorted(_opened(actor, rows), key=lambda one: one.ends_on)) if all(ready) else (),
        waiting=sum(_waits(row) for row in rows),
        ended=tuple(sorted(row.ends_on for row in rows if not _waits(row) and row.state != granting.LIVE)),
        promised=ready[0],
        listed=ready[1],
    )


def _waits(row: Grant) -> bool:
    return row.state == granting.WAITING and row.ends_on >= clock.today()


def _rows(actor: Actor) -> list[Grant]:
    mine = select(Grant).where(Grant.desk_id == actor.desk_id, Grant.ally_id == actor.user_id)
    return list(db.session.scalars(mine.execution_options(populate_existing=True)))


def _opened(actor: Actor, rows: list[Grant]) -> Iterator[Reading]:
    for row in rows:
        try:
            yield _open(actor, row)
        except (NotFound, Refused):
            continue


def open_one(actor: Actor, ref: str) -> tuple[Reading, Grant]:
    """A case that somebody was given, by its reference; any other is not there.

    Raises:
        NotFound: nothing of this case is theirs now, they have not promised, or it waits.
        Denied: not for this person.
    """
    for one in home(actor).open:
        if one.ref == ref:
            return one, db.session.get_one(Grant, one.id)
    raise NotFound


def _open(actor: Actor, row: Grant) -> Reading:
    if row.state != granting.LIVE or row.ends_on < clock.today() or row.boxed_at is None:
        raise NotFound
    if row.signer_id is None or row.signature is None:
        raise NotFound
    state = keeping.load(row.desk_id, actor.person)
    place = granting.place_of(row, row.boxed_at)
    keys = grant.unbox(actor.person, state, place, row.signer_id, row.signature, row.box)
    about = keys.about["about"]
    return Reading(
        id=row.id,
        desk_id=row.desk_id,
        case_id=row.case_id,
        keys=keys,
        ref=about["ref"],
        kinds=tuple(about["kinds"]),
        called=about["called"],
        sections=tuple(keys.tags),
        files=tuple(keys.about["files"]),
        ends_on=row.ends_on,
        desk=about.get("desk"),
    )


def name_of_desk(person: PersonKeys, desk_id: UUID) -> str | None:
    """What a desk is called, for an ally, who holds no key of it: out of what they read there now.

    Args:
        person: the ally.
        desk_id: which desk.

    Returns:
        None where nothing is given to them now.
    """
    actor = Actor(person, desk_id, Role.ALLY)
    told = [one for one in _opened(actor, _rows(actor)) if one.desk]
    return max(told, key=lambda one: one.ends_on).desk if told else None


def section(actor: Actor, ref: str, section: Section) -> tuple[Reading, dict[str, Any], list[Note]]:
    """What a section says now, and with the story its notes; opening it is recorded.

    Raises:
        NotFound: it was not given.
        Refused: it does not open: it was changed by somebody else, or the desk renews its keys at this moment.
    """
    reading, row = open_one(actor, ref)
    if section not in reading.sections:
        raise NotFound
    values = _values(reading, section)
    _note(actor, reading, row, section.value)
    return reading, values, _notes(reading) if section is Section.STORY else []


def _values(reading: Reading, section: Section) -> dict[str, Any]:
    mine = (CaseSection.case_id == reading.case_id, CaseSection.tag == reading.keys.tags[section])
    stored = db.session.execute(select(CaseSection.id, CaseSection.body).where(*mine)).one_or_none()
    if stored is None:
        return {}
    return bodies.answers(reading.keys.open(bodies.SECTION, stored.id, section, stored.body))


def _notes(reading: Reading) -> list[Note]:
    tag = reading.keys.tags[Section.STORY]
    rows = select(Entry.id, Entry.body).where(Entry.case_id == reading.case_id, Entry.tag == tag)
    found = []
    for row in db.session.execute(rows):
        try:
            found.append(_as_note(reading.keys.open(_ENTRY, row.id, Section.STORY, row.body)))
        except Refused:
            continue
    return sorted(found, key=lambda one: one.when, reverse=True)


def _as_note(value: Any) -> Note:
    if not isinstance(value, dict) or "text" not in value:
        raise Refused
    return Note(value["type"], datetime.fromisoformat(value["when"]), value["text"])


def file(
    actor: Actor, store: Store, ref: str, piece_id: UUID, *, take: bool
) -> tuple[Reading, dict[str, Any], Opened]:
    """A file that was given; opening it is recorded, taking it along too, as something that left.

    Raises:
        NotFound: it was not given, or not for taking along.
        Refused: it does not open.
    """
    reading, row = open_one(actor, ref)
    one = next((one for one in reading.files if one["id"] == str(piece_id)), None)
    if one is None or (take and not one["download"]):
        raise NotFound
    file_id = UUID(one["file"])
    here = select(StoredFile.id).where(StoredFile.id == file_id, StoredFile.case_id == reading.case_id)
    if db.session.scalar(here) is None:
        raise NotFound
    parts = filing.opened(reading.keys.file_key(file_id), file_id, one["size"], store.get(file_id))
    data = marked.mark(b"".join(parts), one["mime"], _mark(reading)) if take else b"".join(parts)
    _note(actor, reading, row, one["id"], taken=take)
    return reading, one, Opened(named(one["mime"]), len(data), iter([data]))


def _mark(reading: Reading) -> str:
    """What stands over a copy that is taken along: it names nobody."""
    return f"{reading.ref} - {clock.today().isoformat()} - {str(reading.id)[:8]}"


def _note(actor: Actor, reading: Reading, row: Grant, what: str, *, taken: bool = False) -> None:
    seen.note(reading.keys.talk, row, what, taken=taken)
    state = keeping.load(row.desk_id, actor.person)
    if taken:
        audit.record_keyless(
            state, Event.GRANT_TAKEN, actor.user_id, row.case_id, grant=str(row.id), attachment=what
        )
    else:
        audit.record_keyless(
            state, Event.GRANT_READ, actor.user_id, row.case_id, grant=str(row.id), what=what
        )
