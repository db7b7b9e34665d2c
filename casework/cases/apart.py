"""Rows that belong to a case and lie apart from its page: what people are told of it, a status of a legal step.

No page of the case reads them, so nobody would miss one that was deleted. So the statement counts them, and
they are looked at whenever somebody opens a case that has any.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from casework import clock
from casework.cases.models import HeadsUp, LegalStatus
from casework.cases.opened import OpenCase
from casework.db import db
from casework.vault.catalogue import SealedField, field

TOLD = field("heads_up.body")
STATUS = field("legal_status.body")
#: The key of the day on which a status goes by itself, among the facts.
_UNTIL = "status_until"
_TABLES: dict[Any, SealedField] = {HeadsUp: TOLD, LegalStatus: STATUS}


def begin(case: OpenCase) -> None:
    """Count both from the first save on, whether there are any or not: no statement tells by its size.

    A case from before they were counted takes what is there, once.

    Args:
        case: held for a change.
    """
    said = case.keys.statement
    for table, column in _TABLES.items():
        if not said.counts(column):
            said.empty(column)
            for row in _rows(case, table) if said.number else ():
                _adopt(case, row, column)


def _adopt(case: OpenCase, row: Any, column: SealedField) -> None:
    case.keys.statement.add(column, row.id, row.body)
    if column is STATUS:
        case.keys.statement.facts[_UNTIL] = row.purge_on.isoformat()


def told(case: OpenCase, row: HeadsUp) -> None:
    """Count a line that is new."""
    begin(case)
    case.keys.statement.add(TOLD, row.id, row.body)


def untold(case: OpenCase, row: HeadsUp) -> None:
    """Count a line no more, because it goes now."""
    begin(case)
    case.keys.statement.take(TOLD, row.id, row.body)


def put_status(case: OpenCase, row: LegalStatus) -> None:
    """Say which status there is from now on, in place of what there was, and until when."""
    begin(case)
    case.keys.statement.empty(STATUS)
    _adopt(case, row, STATUS)


def no_status(case: OpenCase) -> None:
    """Say that there is none from now on."""
    begin(case)
    case.keys.statement.empty(STATUS)
    case.keys.statement.facts[_UNTIL] = None


def lines(case: OpenCase) -> tuple[Sequence[HeadsUp], bool]:
    """The lines of a case that wait, and whether they are as they were left."""
    rows, whole = case.keys.statement.stored(TOLD, lambda: _rows(case, HeadsUp))
    return rows, whole or not case.keys.statement.counts(TOLD)


def status(case: OpenCase) -> tuple[LegalStatus | None, bool]:
    """The status of a case, and whether it is as it was left; of its day the sealed word counts."""
    rows, whole = case.keys.statement.stored(STATUS, lambda: _rows(case, LegalStatus))
    found: LegalStatus | None = next(iter(rows), None)
    if not case.keys.statement.counts(STATUS):
        return found, True
    said = case.keys.statement.facts.get(_UNTIL)
    until = date.fromisoformat(said) if said else None
    if found and until and found.purge_on != until:
        _put_day_right(case, found, until)
    # On its day a job takes it away, which has no key to say so.
    gone = found is None and until is not None and until <= clock.today()
    return found, whole or gone


def _put_day_right(case: OpenCase, row: LegalStatus, until: date) -> None:
    case.complain("legal_status.purge_on")
    if case.held:
        row.purge_on = until
    else:
        set_committed_value(row, "purge_on", until)


def as_left(case: OpenCase, table: Any) -> bool:
    """Whether the rows of one of these tables are what was last said of them."""
    return (lines(case) if table is HeadsUp else status(case))[1]


def check(case: OpenCase) -> None:
    """Look whether what lies apart is still there; it costs nothing where there is nothing."""
    for table, column in _TABLES.items():
        if case.keys.statement.count(column) and not as_left(case, table):
            case.lacks(column.name)


def _rows(case: OpenCase, table: Any) -> Sequence[Any]:
    query = select(table).where(table.case_id == case.id).execution_options(populate_existing=True)
    return db.session.scalars(query.order_by(table.id)).all()
