"""Opening a case: its row and its keys at once, each section only when somebody reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import bodies, references
from casework.cases.models import Case, CaseSection
from casework.cases.questions import CALLED
from casework.db import db
from casework.errors import NeedsReason, NotFound, Refused
from casework.vault import CaseKeys, Section, keeping


class State(StrEnum):
    """How a section opens."""

    OPEN = "open"
    #: Its seal does not open: swapped, cut, forged. The others stay usable.
    REFUSED = "refused"
    #: Taken away when the emergency ended without consent.
    REMOVED = "removed"


@dataclass(frozen=True)
class SectionValues:
    """What a section holds.

    Attributes:
        section: which one.
        values: answers by stored key; empty where it does not open.
        rev: to be sent back with a change, so that nobody overwrites what they have not seen.
        state: how it opens.
        row_id: of its row; None where it was removed.
    """

    section: Section
    values: Mapping[str, Any]
    rev: int
    state: State = State.OPEN
    row_id: UUID | None = field(default=None, repr=False)


class OpenCase:
    """A case as one person has it open for one request.

    Args:
        actor: who opened it.
        row: its plain row.
        keys: its keys.
    """

    def __init__(self, actor: Actor, row: Case, keys: CaseKeys) -> None:
        self.actor = actor
        self.row = row
        self.keys = keys
        self._parts: dict[Section, SectionValues] = {}
        self._complained: set[str] = set()

    @property
    def id(self) -> UUID:
        """Of its row."""
        return self.row.id

    @property
    def desk_id(self) -> UUID:
        """The desk that it belongs to, for the rules."""
        return self.row.desk_id

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its kinds, the main one first."""
        header = self.section(Section.HEADER).values
        found = [header.get("kind"), *header.get("other_kinds", [])]
        return tuple(dict.fromkeys(kind for kind in found if kind))

    @property
    def lapsed(self) -> bool:
        """Whether an emergency has run out and its job has not come by yet."""
        ends_at = self.row.exception_ends_at
        return ends_at is not None and ends_at <= clock.now()

    @property
    def called(self) -> str | None:
        """What the person is called; None where they gave no name, it was removed or does not open."""
        if self.row.called is None or self.lapsed:
            return None
        try:
            return bodies.open_name(self.keys, self.row.called)
        except Refused:
            self.complain(bodies.NAME.name)
            return None

    def section(self, section: Section) -> SectionValues:
        """A section, opened once. One that does not open says so, is recorded, and harms no other."""
        if section not in self._parts:
            self._parts[section] = self._read(section)
        return self._parts[section]

    def forget(self) -> None:
        """Read the sections anew when they are next asked for, because they were written."""
        self._parts.clear()

    def complain(self, where: str) -> None:
        """Record, once, that something sealed does not open."""
        if where not in self._complained:
            self._complained.add(where)
            audit.record(self.actor.desk, Event.SEAL_REFUSED, case=self.keys, where=where)

    def _read(self, section: Section) -> SectionValues:
        row = _row_of(self.keys, section)
        identity = section is Section.IDENTITY
        if identity and (self.lapsed or (row is None and self.row.called is None)):
            return SectionValues(section, {}, 0, State.REMOVED)
        try:
            values = _opened(self.keys, section, row)
        except Refused:
            self.complain(f"{bodies.SECTION.name}/{section}")
            return SectionValues(section, {}, row.rev if row else 0, State.REFUSED, row.id if row else None)
        if identity and self.called:
            values[CALLED] = self.called
        return SectionValues(section, values, row.rev if row else 0, row_id=row.id if row else None)


def _row_of(keys: CaseKeys, section: Section) -> CaseSection | None:
    query = select(CaseSection).where(
        CaseSection.case_id == keys.case_id, CaseSection.tag == keys.tag(section)
    )
    return db.session.scalar(query.execution_options(populate_existing=True))


def _opened(keys: CaseKeys, section: Section, row: CaseSection | None) -> dict[str, Any]:
    if row is None:
        raise Refused
    return bodies.open_section(keys, row.id, section, row.body)


def load(actor: Actor, ref: str, action: Action = Action.CASE_OPEN) -> OpenCase:
    """Open a case by its reference.

    Args:
        actor: who asks, at one desk.
        ref: as it stands in the address, or as somebody typed it.
        action: what for.

    Raises:
        NotFound: no such reference, or a case of another desk.
        Denied: this role may not.
        Refused: the case's key does not open; nothing of the case does.
        Conflict: the desk's keys were changed just now.
        NeedsReason: it is somebody else's, and why it is opened was not said yet.
    """
    return _asked_why(_open(actor, _found(actor, ref, action, for_change=False)))


def for_upkeep(actor: Actor, ref: str) -> OpenCase:
    """Open a case for what nobody reads: its card is made anew, its keys are renewed. It asks for no reason.

    Raises:
        As `load`.
    """
    return _open(actor, _found(actor, ref, Action.CASE_OPEN, for_change=False))


def hold(actor: Actor, ref: str, action: Action) -> OpenCase:
    """Open a case to change it; nobody else changes it until this transaction ends.

    Raises:
        As `load`.
    """
    case = _asked_why(_open(actor, _found(actor, ref, action, for_change=True)))
    case.keys = keeping.writable(actor.desk, case.keys)
    return case


def _found(actor: Actor, ref: str, action: Action, *, for_change: bool) -> Case:
    policy.require(actor, action)
    query = policy.visible(actor, select(Case).where(Case.ref == _written(ref)), Case.desk_id, action)
    if for_change:
        # Rows may still point to the case meanwhile: another case's save moves cards of many cases.
        query = query.with_for_update(key_share=True)
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    policy.require(actor, action, row)
    return row


def _asked_why(case: OpenCase) -> OpenCase:
    """A case that nobody has taken is everybody's: to take it up is the work. Who is named needs no reason."""
    row, who = case.row, case.actor.user_id
    theirs = row.primary_id is None or who in (row.primary_id, row.backup_id) or case.keys.restricted
    if not theirs and not case.actor.said_why(row.id):
        raise NeedsReason(row.ref)
    return case


def _written(ref: str) -> str:
    found = references.read(ref)
    if found is None:
        raise NotFound
    return found


def _open(actor: Actor, row: Case) -> OpenCase:
    try:
        return OpenCase(actor, row, keeping.open_case(actor.desk, row.id))
    except Refused:
        # A case that is closed to this person answers as one that is not there, and leaves no line either:
        # by it a coordinator could tell that there is one.
        if row.id in keeping.restricted_cases(actor.desk)[1]:
            raise NotFound from None
        raise
