"""Grants of a case that was damaged and is let stand: they are counted again, and nothing is given by itself.

What a damaged case says cannot tell which grant was put back. So each that lived waits until a coordinator gives
it again, with one press for all of them (`ruling.give_again`): the comparison and the agreement are looked at anew.
"""

from collections.abc import Sequence

from sqlalchemy import select

from casework.cases import mending
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Refused
from casework.sharing import grants
from casework.vault.keeping import granting
from casework.vault.models import Grant

_GOING = (granting.LIVE, granting.WAITING)

__all__ = ["ROOM"]


def _rows(case: OpenCase) -> Sequence[Grant]:
    wanted = select(Grant).where(Grant.case_id == case.id).execution_options(populate_existing=True)
    return db.session.scalars(wanted).all()


def _opens(case: OpenCase) -> bool | None:
    rows = _rows(case)
    return all(_of(case, row) is not None for row in rows) if rows else None


def _of(case: OpenCase, row: Grant) -> dict[str, object] | None:
    try:
        return granting.opened(case.keys, row)
    except Refused:
        return None


def _as_left(case: OpenCase) -> bool:
    return case.keys.statement.whole(granting.BODY, [(row.id, row.body) for row in _rows(case)])


def _accept(case: OpenCase) -> None:
    for row in _rows(case):
        case.keys.statement.add(granting.BODY, row.id, row.body)
        if row.state in _GOING:
            _let_wait(case, row)


def _let_wait(case: OpenCase, row: Grant) -> None:
    """One that opens waits; one that does not is over, and the next change of the case draws a new key."""
    given, row.box = _of(case, row), None
    row.state = granting.WAITING if given is not None else granting.DUE
    if given is not None:
        grants.put(case, row, given | {"mended": True})


ROOM = mending.Room("grant", _opens, _as_left, _accept)
