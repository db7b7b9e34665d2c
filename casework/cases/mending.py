"""The coordinator's door to a case whose statement is damaged: see what is left, and let it stand as it is.

A statement that does not open, or is an older one, closes its case to everybody, because nobody can tell any
more what is missing. One flipped bit must not lose a case for good: so a coordinator looks at what opens, says
why it is to stand, and the case states itself anew. What does not open begins empty. The record keeps it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import apart, bodies, changing, exceptions, opening, references, resealing, rows, stating
from casework.cases.models import CaseSection, Entry, HeadsUp, LegalStatus
from casework.cases.opening import OpenCase
from casework.cases.questions import CALLED
from casework.db import db
from casework.errors import Invalid, Refused
from casework.people import consents
from casework.vault import Section, keeping
from casework.vault.catalogue import SealedField

LONGEST = 400


class Standing(StrEnum):
    """How the statement of a case stands."""

    WHOLE = "whole"
    #: It does not open: damaged, or swapped.
    BROKEN = "broken"
    #: The record knows of a newer save: somebody put it back.
    OLDER = "older"
    #: The address of this case is another's.
    OTHER = "other"


@dataclass(frozen=True)
class Part:
    """One part of a case, as it is found.

    Attributes:
        name: of a section, or of what a room keeps.
        opens: how many of its rows open.
        closed: how many do not.
        as_left: whether it is what the statement says; None where the statement says nothing that counts.
    """

    name: str
    opens: int
    closed: int
    as_left: bool | None


@dataclass(frozen=True)
class Damage:
    """What is left of a case.

    Attributes:
        ref: of the case.
        standing: of its statement.
        parts: everything that it has.
    """

    ref: str
    standing: Standing
    parts: tuple[Part, ...]

    @property
    def whole(self) -> bool:
        """Whether there is nothing to mend."""
        return self.standing is Standing.WHOLE and all(
            one.as_left is not False and not one.closed for one in self.parts
        )


@dataclass(frozen=True)
class Room:
    """How a room above looks at what it keeps of a case in a single row, and lets it stand.

    Attributes:
        name: of what it keeps.
        opens: whether it opens; None where there is nothing.
        as_left: whether the statement says so.
        accept: state what is there, or begin anew where it does not open.
    """

    name: str
    opens: Callable[[OpenCase], bool | None]
    as_left: Callable[[OpenCase], bool]
    accept: Callable[[OpenCase], None]


_rooms: dict[str, Room] = {}


def follow(room: Room) -> None:
    """Have what a room keeps in a single row of a case looked at and accepted with it."""
    _rooms[room.name] = room


def names() -> frozenset[str]:
    """Every name that a `Part` may have, so that each can be given a word."""
    kept = (table.__tablename__ for table in resealing.tables() if table is not CaseSection)
    return frozenset({*(section.value for section in Section), CALLED, *kept, *_rooms})


def look(actor: Actor, ref: str) -> Damage:
    """What is left of a case; it is opened without its statement.

    Raises:
        NotFound, Denied: not for this person.
        Refused: its key does not open; then nothing of it does.
    """
    case = opening.without_statement(actor, ref, Action.CASE_MEND, held=False)
    standing = _standing(case)
    return Damage(case.row.ref, standing, tuple(_parts(case, known=standing is not Standing.BROKEN)))


def accept(actor: Actor, ref: str, reason: str, ref_again: str) -> None:
    """Let a case stand as it is, and state it anew. What does not open begins empty, and is gone.

    Args:
        actor: a coordinator.
        ref: the case's reference.
        reason: why it may stand, in words; without names.
        ref_again: the reference typed by hand.

    Raises:
        Invalid: no reason, another reference, or there is nothing to mend.
        NotFound, Denied, Refused: as `look`.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("Say why it may stand as it is, in a few words. Leave names out.", "reason")
    if len(reason) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most.", "reason", most=LONGEST)
    if references.read(ref_again) != references.read(ref):
        raise Invalid("This is another reference. Type the one of this case.", "ref_again")
    found = look(actor, ref)
    if found.whole:
        raise Invalid("Nothing of this case is damaged any more.")
    case = opening.without_statement(actor, ref, Action.CASE_MEND, held=True)
    _state_anew(case)
    lost = sorted(one.name for one in found.parts if one.closed)
    audit.record(
        actor.desk,
        Event.CASE_MENDED,
        case=case.keys,
        reason=reason,
        standing=found.standing.value,
        lost=lost,
    )
    _take_doubtful_consents_back(case)
    changing.finish(case)


def _standing(case: OpenCase) -> Standing:
    try:
        stating.read(case.keys, case.row)
    except Refused:
        return Standing.BROKEN
    if audit.knows_newer(case.keys):
        return Standing.OLDER
    return Standing.OTHER if "ref" in stating.differing(case.keys, case.row) else Standing.WHOLE


def _parts(case: OpenCase, *, known: bool) -> Iterator[Part]:
    said = case.keys.statement
    if known:
        yield from _gone(case)
    for section, (row_id, body) in _sections(case).items():
        opens = _opens(lambda: bodies.open_section(case.keys, row_id, section, body))  # noqa: B023 - called at once
        yield Part(section.value, int(opens), int(not opens), said.holds(section, body) if known else None)
    if case.row.called is not None:
        opens = _name(case) is not None
        left = said.holds(CALLED, case.row.called) if known else None
        yield Part(CALLED, int(opens), int(not opens), left)
    for table, columns in resealing.tables().items():
        if table is not CaseSection:
            yield _rows(case, table, columns, known=known)
    for room in _rooms.values():
        yield from _of_room(case, room, known=known)


def _of_room(case: OpenCase, room: Room, *, known: bool) -> Iterator[Part]:
    there, as_left = room.opens(case), room.as_left(case) if known else None
    if there is not None:
        yield Part(room.name, int(there), int(not there), as_left)
    elif as_left is False:
        yield Part(room.name, 0, 0, as_left=False)


def _gone(case: OpenCase) -> Iterator[Part]:
    """Sections whose row was taken out; one that an emergency took away is not missed."""
    there = _sections(case)
    for section in Section:
        lapsed = section is Section.IDENTITY and case.lapsed
        if section not in there and not lapsed and not case.keys.statement.holds(section, None):
            yield Part(section.value, 0, 0, as_left=False)


def _rows(case: OpenCase, table: Any, columns: tuple[SealedField, ...], *, known: bool) -> Part:
    stored = _stored(case, table)
    opens = sum(_row_opens(case, row, columns) for row in stored)
    left = None
    if known:
        left = _left(case, table, columns, stored)
    return Part(table.__tablename__, opens, len(stored) - opens, left)


#: Counted by themselves, with the save that states the case anew.
_APART = (HeadsUp, LegalStatus)


def _left(case: OpenCase, table: Any, columns: tuple[SealedField, ...], stored: list[Any]) -> bool:
    if table in _APART:
        return apart.as_left(case, table)
    return all(_as_counted(case, table, column, stored) for column in columns)


def _stored(case: OpenCase, table: Any) -> list[Any]:
    query = select(table).where(table.case_id == case.id).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def _as_counted(case: OpenCase, table: Any, column: SealedField, stored: list[Any]) -> bool:
    groups = [section.value for section in Section] if table is Entry else [""]
    return all(
        case.keys.statement.whole(
            column,
            [(row.id, getattr(row, column.column)) for row in stored if _group(case, table, row) == group],
            group,
        )
        for group in groups
    ) and all(_group(case, table, row) is not None for row in stored)


def _group(case: OpenCase, table: Any, row: Any) -> str | None:
    """As rows of a table are counted: notes and lines by their section. None for a tag of no section."""
    section = _section(case, row)
    if table is not Entry:
        return ""
    return section.value if section else None


def _section(case: OpenCase, row: Any) -> Section | None:
    return next((one for one in Section if case.keys.tag(one) == row.tag), None)


def _row_opens(case: OpenCase, row: Any, columns: tuple[SealedField, ...]) -> bool:
    section = _section(case, row)
    return section is not None and all(
        _opens(lambda: case.keys.open(column, row.id, section, getattr(row, column.column)))  # noqa: B023 - called at once
        for column in columns
    )


def _opens(work: Callable[[], Any]) -> bool:
    try:
        work()
    except Refused:
        return False
    return True


def _sections(case: OpenCase) -> dict[Section, tuple[Any, bytes]]:
    by_tag = {row.tag: row for row in _stored(case, CaseSection)}
    found = {one: by_tag.get(case.keys.tag(one)) for one in Section}
    return {one: (row.id, row.body) for one, row in found.items() if row is not None}


def _name(case: OpenCase) -> str | None:
    if case.row.called is None:
        return None
    try:
        return bodies.open_name(case.keys, case.row.called)
    except Refused:
        return None


def _state_anew(case: OpenCase) -> None:
    """Forget the old statement, and say of everything what it is now."""
    emergency = exceptions.begun(case.row)
    values, name = _values(case), _name(case)
    case.keys.statement.begin_anew(audit.newest_save(case.keys))
    stating.put_emergency(case.keys, case.row, emergency)
    for table, columns in resealing.tables().items():
        if table is not CaseSection and table not in _APART:
            _count(case, table, columns)
    if Section.IDENTITY in values and name is not None:
        values[Section.IDENTITY][CALLED] = name
    rows.lay_out(case, values)
    for room in _rooms.values():
        room.accept(case)


def _values(case: OpenCase) -> dict[Section, dict[str, Any]]:
    """The answers of each section that is there; empty where they do not open, so that they can be written again."""
    found: dict[Section, dict[str, Any]] = {}
    for section, (row_id, body) in _sections(case).items():
        try:
            found[section] = bodies.open_section(case.keys, row_id, section, body)
        except Refused:
            found[section] = {}
    # A row that is gone is made anew, but for the names that an emergency takes away.
    for section in Section:
        if section is not Section.IDENTITY:
            found.setdefault(section, {})
    return found


def _count(case: OpenCase, table: Any, columns: tuple[SealedField, ...]) -> None:
    for row in _stored(case, table):
        group = _group(case, table, row)
        if group is not None:
            for column in columns:
                case.keys.statement.add(column, row.id, getattr(row, column.column), group)


def _take_doubtful_consents_back(case: OpenCase) -> None:
    """Where the record knows of an answer or a withdrawal that is not there, no yes to that purpose counts any more."""
    seen = audit.of_case(case.actor.desk, case.keys)
    recorded = [one.details for one in seen if one.event is Event.CONSENT_RECORDED]
    taken_back = {one.details["consent"] for one in seen if one.event is Event.CONSENT_WITHDRAWN}
    told = consents.listing(case.actor, case.keys).told
    there = {str(one.id) for one in told}
    doubtful = {one["purpose"] for one in recorded if one["consent"] not in there}
    doubtful |= {one.answer.purpose for one in told if str(one.id) in taken_back and one.withdrawn_at is None}
    for one in told:
        if one.answer.given and one.withdrawn_at is None and one.answer.purpose in doubtful:
            consents.withdraw(case.actor, keeping.writable(case.actor.desk, case.keys), one.id)
