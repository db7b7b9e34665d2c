"""Rows of the one neutral table: a note, a call, a line of the ledger. What a row is lies inside its seal.

All of them look alike, so that the store does not tell which cases have a ledger: short ones are filled
up to a common size, and the row carries nothing but the tag of its section.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import or_, select

from casework import clock
from casework.cases.models import Entry
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, NotFound, Refused
from casework.vault import Section
from casework.vault.catalogue import field

BODY = field("entry.body")

#: Bytes up to which all rows look alike; most notes and nearly all lines stay below.
_FILL = 440

Body = dict[str, Any]


def sent_before(case: OpenCase, form_token: UUID) -> Entry | None:
    """The row that a form made when it was sent before: a double click makes one.

    Raises:
        Conflict: the token belongs to another case.
    """
    row = db.session.scalar(select(Entry).where(Entry.form_token == form_token))
    if row is not None and row.case_id != case.id:
        raise Conflict
    return row


def add(case: OpenCase, section: Section, body: Body, form_token: UUID) -> Entry:
    """Seal something new to a row of its own.

    Args:
        case: held for a change.
        section: whose key seals it.
        body: JSON-able.
        form_token: of the form, not sent before.
    """
    row = Entry(id=uuid4(), case_id=case.id, desk_id=case.desk_id, form_token=form_token, on=clock.today())
    row.tag = case.keys.tag(section)
    write(case, row, section, body)
    db.session.add(row)
    return row


def write(case: OpenCase, row: Entry, section: Section, body: Body) -> None:
    """Seal a row's body, in place of what was there, and count it in the statement of the case."""
    if row.body is not None:
        case.keys.statement.take(BODY, row.id, row.body, section)
    row.generation = case.keys.generation
    row.body = case.keys.seal(BODY, row.id, section, _filled(body))
    case.keys.statement.add(BODY, row.id, row.body, section)


def _filled(body: Body) -> Body:
    size = len(json.dumps(body, ensure_ascii=False).encode())
    return {**body, "fill": " " * (_FILL - size)}


class Seen(NamedTuple):
    """What reading takes of a row; a ledger of hundreds of lines opens quicker without the rest."""

    id: UUID
    tag: bytes
    body: bytes
    rev: int


def stored(case: OpenCase, section: Section) -> tuple[Sequence[Seen], bool]:
    """The rows of a section, and whether they are all that was written, each as it was last written.

    With them come rows whose tag is none of this case's, so that a changed tag shows.
    """
    tags = [case.keys.tag(one) for one in Section]
    mine = or_(Entry.tag == case.keys.tag(section), Entry.tag.not_in(tags))
    taken = select(Entry.id, Entry.tag, Entry.body, Entry.rev).where(Entry.case_id == case.id, mine)
    return case.keys.statement.stored(
        BODY, lambda: [Seen(*row) for row in db.session.execute(taken)], section
    )


def rows(case: OpenCase, section: Section) -> Iterator[Seen]:
    """The rows of a section; that some were taken out or put back is recorded."""
    found, whole = stored(case, section)
    if not whole:
        case.complain(BODY.name)
    yield from found


def row(case: OpenCase, row_id: UUID, section: Section) -> Entry:
    """One row of a section.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(Entry, row_id)
    if found is None or found.case_id != case.id or found.tag != case.keys.tag(section):
        raise NotFound
    return found


def opened(case: OpenCase, row: Entry | Seen, section: Section) -> Body:
    """What a row holds.

    Raises:
        Refused: it does not open.
    """
    if row.tag != case.keys.tag(section):
        raise Refused
    body = case.keys.open(BODY, row.id, section, row.body)
    if not isinstance(body, dict):
        raise Refused
    return body
