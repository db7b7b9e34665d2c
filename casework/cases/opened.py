"""A case as one person has it open: its plain row, its keys, its sections one by one as somebody reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import bodies, stating
from casework.cases.emergency import Emergency
from casework.cases.models import Case, CaseSection
from casework.cases.questions import CALLED
from casework.db import db
from casework.errors import Refused
from casework.vault import CaseKeys, Section

#: How often something is read again because somebody saved in between.
_AGAIN = 3

# Asked by every page of a case: a statement that is made once costs its parameters alone.
_SECTIONS = select(CaseSection.tag, CaseSection.id, CaseSection.body).where(
    CaseSection.case_id == bindparam("case_id", type_=Uuid())
)


class State(StrEnum):
    """How a section opens."""

    OPEN = "open"
    #: Its seal does not open, or it is not what was last saved. The others stay usable.
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
        held: whether nobody else can change it before this transaction ends.
    """

    def __init__(self, actor: Actor, row: Case, keys: CaseKeys, *, held: bool = False) -> None:
        self.actor = actor
        self.row = row
        self.keys = keys
        self.held = held
        keys.statement.renew = self.renew
        self._parts: dict[Section, SectionValues] = {}
        self._complained: set[str] = set()
        #: Whether something is missing or was put back that no page of the case shows.
        self.lacking = False

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
    def emergency(self) -> Emergency | None:
        """The emergency under which names are kept, run out or not; None where consent was given, or a no."""
        return stating.emergency(self.keys)

    @property
    def lapsed(self) -> bool:
        """Whether an emergency has run out; its job may have come by, or not yet."""
        emergency = self.emergency
        return emergency is not None and emergency.ends_at <= clock.now()

    @property
    def called(self) -> str | None:
        """What the person is called; None where they gave no name, it was removed or does not open."""
        sealed = self.row.called
        if self.lapsed or (sealed is None and self.keys.statement.holds(CALLED, None)):
            return None
        try:
            return bodies.open_name(self.keys, self._stated(CALLED, sealed))
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
        self.__dict__.pop("_rows", None)

    def complain(self, where: str) -> None:
        """Record, once, that something is not as it was left."""
        if where not in self._complained:
            self._complained.add(where)
            audit.record(self.actor.desk, Event.SEAL_REFUSED, case=self.keys, where=where)

    @property
    def complained(self) -> frozenset[str]:
        """What is not as it was left, as far as it was read: tables, columns and sections."""
        return frozenset(self._complained)

    def lacks(self, where: str) -> None:
        """Record that rows which no page of the case shows are not as they were left, and have its page say so."""
        self.lacking = True
        self.complain(where)

    def renew(self) -> bool:
        """Read the row anew, because something read after it does not fit it.

        Returns:
            Whether somebody saved in between, so that reading again may help.
        """
        if self.held:
            return False
        before = self.row.statement
        db.session.refresh(self.row)
        if self.row.statement == before:
            return False
        stating.read(self.keys, self.row)
        self.forget()
        return True

    def _read(self, section: Section) -> SectionValues:
        rev = self.keys.statement.rev(section)
        row_id, body = self._fitting(section)
        if section is Section.IDENTITY and (self.lapsed or (body is None and self._gone(section))):
            return SectionValues(section, {}, 0, State.REMOVED)
        if body is None and not rev and self._gone(section):
            # The case is older than this section: nothing was ever written, and its first save makes the row.
            return SectionValues(section, {}, 0)
        try:
            values = self._values(section, row_id, self._stated(section, body))
        except Refused:
            self.complain(f"{bodies.SECTION.name}/{section}")
            return SectionValues(section, {}, rev, State.REFUSED, row_id)
        if section is Section.IDENTITY and self.called:
            values[CALLED] = self.called
        return SectionValues(section, values, rev, row_id=row_id)

    def _fitting(self, section: Section) -> tuple[UUID | None, bytes | None]:
        """A section's row; read again where somebody saved between the statement and it."""
        for _ in range(_AGAIN):
            found = self._rows.get(self.keys.tag(section), (None, None))
            if self.keys.statement.holds(section, found[1]) or not self.renew():
                break
        return found

    def _gone(self, section: Section) -> bool:
        return self.keys.statement.holds(section, None)

    def _stated(self, part: str, sealed: bytes | None) -> bytes:
        if sealed is None or not self.keys.statement.holds(part, sealed):
            raise Refused
        return sealed

    def _values(self, section: Section, row_id: UUID | None, body: bytes) -> dict[str, Any]:
        if row_id is None:
            raise Refused
        return bodies.open_section(self.keys, row_id, section, body)

    @cached_property
    def _rows(self) -> dict[bytes, tuple[UUID, bytes]]:
        """The rows of all sections by their tags: they are read together, so that the store learns less."""
        found = db.session.execute(_SECTIONS, {"case_id": self.id})
        return {row.tag: (row.id, row.body) for row in found}
