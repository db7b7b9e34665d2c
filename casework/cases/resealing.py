"""Sealing the rows of a case anew under its newest key, when fewer people may read it from now on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.cases.models import CaseSection, Entry
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Refused
from casework.people.models import Consent
from casework.vault import CaseKeys, Section
from casework.vault.catalogue import SealedField, field

#: Tables whose rows carry a section tag, a generation and a sealed body. A room above adds its own with `follow`.
_tables: dict[Any, SealedField] = {
    CaseSection: field("case_section.body"),
    Entry: field("entry.body"),
    Consent: field("consent.body"),
}
_CALLED = field("case.called")


def follow(table: Any, body: SealedField) -> None:
    """Have the rows of one more table sealed anew with their case.

    Args:
        table: with `case_id`, `tag`, `generation` and `body`.
        body: its sealed column in the catalogue.
    """
    _tables[table] = body


def reseal(case: OpenCase) -> int:
    """Seal everything of a case under its newest key. What does not open stays as it is and is recorded.

    Who kept an older key can then read nothing of the case in a later copy of the database.

    Returns:
        How many rows were sealed anew.
    """
    sections = {case.keys.tag(section): section for section in Section}
    done = sum(_table(case, table, body, sections) for table, body in _tables.items())
    if case.row.called is not None:
        case.row.called = _again(case, _CALLED, case.id, Section.HEADER, case.row.called)
    db.session.flush()
    case.forget()
    return done


def _table(case: OpenCase, table: Any, body: SealedField, sections: Mapping[bytes, Section]) -> int:
    older = select(table).where(table.case_id == case.id, table.generation < case.keys.generation)
    done = 0
    for row in db.session.scalars(older.execution_options(populate_existing=True)):
        if row.tag not in sections:
            continue
        sealed = _again(case, body, row.id, sections[row.tag], row.body)
        if sealed is not row.body:
            row.body, row.generation, done = sealed, case.keys.generation, done + 1
    return done


def _again(case: OpenCase, body: SealedField, row_id: UUID, section: Section, sealed: bytes) -> bytes:
    keys: CaseKeys = case.keys
    try:
        return keys.seal(body, row_id, section, keys.open(body, row_id, section, sealed))
    except Refused:
        case.complain(body.name)
        return sealed
