"""Writing the rows of a case's sections: all of them at each save of any, at one size.

So the store shows neither which section was changed nor which one holds much.
"""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from casework.cases import bodies
from casework.cases.models import CaseSection
from casework.cases.opening import OpenCase, State
from casework.cases.questions import CALLED
from casework.db import db
from casework.errors import Refused
from casework.vault import Section

Answers = Mapping[str, Any]


def write(case: OpenCase, section: Section, values: Answers) -> list[bytes]:
    """Seal the answers of one section, in place of what was there, and all others anew.

    The called name comes with the identity and goes to its own column.

    Args:
        case: held for a change.
        section: which one; a row that was removed is made anew.
        values: all its answers by stored key.

    Returns:
        The sealed bytes of this section, for the audit.

    Raises:
        Refused: the old row does not open; writing over it would hide what was done to it.
    """
    if case.section(section).state is State.REFUSED:
        raise Refused
    known = {one: case.section(one) for one in Section}
    open_now = {one: seen.values for one, seen in known.items() if seen.state is State.OPEN}
    return _put(case, {**open_now, section: values}, section)


def lay_out(case: OpenCase, parts: Mapping[Section, Answers]) -> list[bytes]:
    """Make the rows of a new case, one a section, filled or not, so that the store does not show which are.

    Returns:
        The sealed bytes that were written.
    """
    return _put(case, parts, *parts)


def _put(case: OpenCase, parts: Mapping[Section, Answers], *changed: Section) -> list[bytes]:
    written, rows = {}, _rows(case)
    least = max(bodies.size(_without_name(values)) for values in parts.values())
    # In no order: which row is which section must not show in how they lie in the store.
    for section, values in secrets.SystemRandom().sample(list(parts.items()), len(parts)):
        row = rows.get(case.keys.tag(section)) or _new(case, section)
        row.body = bodies.seal_section(case.keys, row.id, section, _without_name(values), least)
        row.generation = case.keys.generation
        case.keys.statement.put(section, row.body, changed=section in changed)
        written[section] = [row.body]
        db.session.add(row)
    # A name that somebody else put there is left as it is, until one is written over it.
    if Section.IDENTITY in changed or case.keys.statement.holds(CALLED, case.row.called):
        name = parts[Section.IDENTITY].get(CALLED) if Section.IDENTITY in parts else None
        written.setdefault(Section.IDENTITY, []).append(_put_name(case, name))
    db.session.flush()
    case.forget()
    return [blob for section in changed for blob in written[section]]


def _put_name(case: OpenCase, name: str | None) -> bytes:
    case.row.called = bodies.seal_name(case.keys, name)
    case.keys.statement.put(CALLED, case.row.called)
    return case.row.called


def _without_name(values: Answers) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != CALLED}


def _rows(case: OpenCase) -> dict[bytes, CaseSection]:
    found = db.session.scalars(select(CaseSection).where(CaseSection.case_id == case.id))
    return {row.tag: row for row in found}


def _new(case: OpenCase, section: Section) -> CaseSection:
    return CaseSection(id=uuid4(), case_id=case.id, desk_id=case.desk_id, tag=case.keys.tag(section))
