"""Writing the rows of a case's sections."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from casework.cases import bodies
from casework.cases.models import CaseSection
from casework.cases.opening import OpenCase, State
from casework.cases.questions import CALLED
from casework.db import db
from casework.errors import Refused
from casework.vault import Section


def write(case: OpenCase, section: Section, values: Mapping[str, Any]) -> list[bytes]:
    """Seal the answers of one section, in place of what was there.

    The called name comes with the identity and goes to its own column.

    Args:
        case: held for a change.
        section: which one; a row that was removed is made anew.
        values: all its answers by stored key.

    Returns:
        The sealed bytes that were written, for the audit.

    Raises:
        Refused: the old row does not open; writing over it would hide what was done to it.
    """
    row = _row(case, section)
    row.body = bodies.seal_section(case.keys, row.id, section, _without_name(values))
    row.generation = case.keys.generation
    written = [row.body]
    if section is Section.IDENTITY:
        case.row.called = bodies.seal_name(case.keys, values.get(CALLED))
        written.append(case.row.called)
    db.session.flush()
    case.forget()
    return written


def _without_name(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != CALLED}


def _row(case: OpenCase, section: Section) -> CaseSection:
    now = case.section(section)
    if now.state is State.REFUSED:
        raise Refused
    return db.session.get_one(CaseSection, now.row_id) if now.row_id else _new(case, section)


def _new(case: OpenCase, section: Section) -> CaseSection:
    row = CaseSection(id=uuid4(), case_id=case.id, desk_id=case.desk_id, tag=case.keys.tag(section))
    db.session.add(row)
    return row


def lay_out(case: OpenCase, parts: Mapping[Section, Mapping[str, Any]]) -> list[bytes]:
    """Make the seven rows of a new case, filled or not, so that the store does not show which are.

    Returns:
        The sealed bytes that were written.
    """
    written: list[bytes] = []
    # In no order: which row is which section must not show in how they lie in the store.
    for section in secrets.SystemRandom().sample(list(Section), len(Section)):
        row = _new(case, section)
        row.body = bodies.seal_section(case.keys, row.id, section, _without_name(parts[section]))
        row.generation = case.keys.generation
        written.append(row.body)
    case.row.called = bodies.seal_name(case.keys, parts[Section.IDENTITY].get(CALLED))
    db.session.flush()
    case.forget()
    return [*written, case.row.called]
