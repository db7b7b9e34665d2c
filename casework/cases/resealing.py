"""Sealing the rows of a case anew under its newest key, when fewer people may read it from now on."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from casework.cases.models import CaseSection, Entry, HeadsUp, LegalStatus
from casework.cases.opening import OpenCase
from casework.cases.questions import CALLED
from casework.db import db
from casework.errors import Refused
from casework.people.models import Consent
from casework.vault import CaseKeys, Section
from casework.vault.catalogue import SealedField, field

#: Tables whose rows carry a section tag, a generation and sealed columns. A room above adds its own with `follow`.
_tables: dict[Any, tuple[SealedField, ...]] = {
    CaseSection: (field("case_section.body"),),
    Entry: (field("entry.body"),),
    Consent: (field("consent.body"),),
    HeadsUp: (field("heads_up.body"),),
    LegalStatus: (field("legal_status.body"),),
}
_CALLED = field("case.called")


def tables() -> Mapping[Any, tuple[SealedField, ...]]:
    """Every table whose rows belong to a case, with its sealed columns."""
    return _tables


def follow(table: Any, *columns: SealedField) -> None:
    """Have the rows of one more table sealed anew with their case.

    Args:
        table: with `case_id`, `tag`, `generation` and the columns.
        columns: its sealed columns in the catalogue.
    """
    _tables[table] = columns


#: What a room keeps in another form, and seals anew by itself.
_others: list[Callable[[OpenCase], object]] = []


def follow_with(again: Callable[[OpenCase], object]) -> None:
    """Have a room seal something of its own anew with a case."""
    if again not in _others:
        _others.append(again)


def reseal(case: OpenCase, most: int | None = None) -> int:
    """Seal everything of a case under its newest key. What does not open stays as it is and is recorded.

    Who kept an older key can then read nothing of the case in a later copy of the database.

    Args:
        case: held for a change, with its newest keys.
        most: how many rows now; all of them, if left out. Doing it again goes on.

    Returns:
        How many rows were sealed anew.
    """
    sections = {case.keys.tag(section): section for section in Section}
    done = 0
    for table, columns in _tables.items():
        left = None if most is None else most - done
        done += _table(case, table, columns, sections, left)
    for again in _others:
        again(case)
    said, called = case.keys.statement, case.row.called
    if called is not None and said.holds(CALLED, called):
        case.row.called = _again(case, _CALLED, case.id, Section.HEADER, called)
        said.put(CALLED, case.row.called, changed=False)
    db.session.flush()
    case.forget()
    return done


def _table(
    case: OpenCase,
    table: Any,
    columns: tuple[SealedField, ...],
    sections: Mapping[bytes, Section],
    most: int | None,
) -> int:
    done, older = 0, _older(case, table)
    for row in db.session.scalars(older.execution_options(populate_existing=True)):
        if most is not None and done >= most:
            break
        if row.tag in sections and _row(case, row, columns, sections[row.tag]):
            row.generation, done = case.keys.generation, done + 1
    return done


def left(case: OpenCase) -> dict[bytes, int]:
    """How many rows of a case are still under an older key, by the tag of their section."""
    found: dict[bytes, int] = {}
    for table in _tables:
        older = _older(case, table).with_only_columns(table.tag, func.count()).group_by(table.tag)
        for tag, number in db.session.execute(older):
            found[tag] = found.get(tag, 0) + number
    return found


def _older(case: OpenCase, table: Any) -> Select[Any]:
    return select(table).where(table.case_id == case.id, table.generation < case.keys.generation)


def _row(case: OpenCase, row: Any, columns: tuple[SealedField, ...], section: Section) -> bool:
    """Whether all of a row opened, and is sealed anew now; a section that is not as it was left stays so."""
    if isinstance(row, CaseSection) and not case.keys.statement.holds(section, row.body):
        return False
    old = {one: getattr(row, one.column) for one in columns}
    new = {one: _again(case, one, row.id, section, old[one]) for one in columns}
    if any(new[one] is old[one] for one in columns):
        return False
    for one, sealed in new.items():
        setattr(row, one.column, sealed)
        _state(case, row, one, section, old[one])
    return True


def _state(case: OpenCase, row: Any, column: SealedField, section: Section, old: bytes) -> None:
    """Say in the statement what a row is now; rows that a room does not count are left out of it."""
    said, sealed = case.keys.statement, getattr(row, column.column)
    if isinstance(row, CaseSection):
        said.put(section, sealed, changed=False)
    for group in ("", section):
        if said.counts(column, group):
            said.take(column, row.id, old, group)
            said.add(column, row.id, sealed, group)


def _again(case: OpenCase, body: SealedField, row_id: UUID, section: Section, sealed: bytes) -> bytes:
    keys: CaseKeys = case.keys
    try:
        return keys.seal(body, row_id, section, keys.open(body, row_id, section, sealed))
    except Refused:
        case.complain(body.name)
        return sealed
