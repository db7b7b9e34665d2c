"""Rows that a desk keeps without a case: which of them are the newest, and whether one was taken out.

Each row carries its version inside its seal, and each change records an event whose id follows from the row and the
version under the desk's secret; each new row one that follows from its place in the list. So an event of the next
version betrays an older row that was put back, and an event of the next place betrays one that was deleted. Only who
holds the desk's secret can foretell them. A coordinator may let a list stand without a row that is gone: that is an
event as well, one for each, numbered; so the next row that goes is missed again.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import inspect

from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.db import db
from casework.errors import Refused
from casework.vault import DeskKeys
from casework.vault.catalogue import SealedField

#: The key of a row's version under its seal.
VERSION = "version"

Stored = dict[str, Any]


class Row(Protocol):
    """A row of a desk, with one sealed body."""

    id: Any
    body: Any


R = TypeVar("R", bound=Row)


def place(desk: DeskKeys, field: SealedField, count: int) -> UUID:
    """The id of the event of a row that is new.

    Args:
        desk: whose list; nobody else adds to it before this transaction ends, or the id is taken twice.
        field: the sealed column.
        count: how many rows there were before it.
    """
    return desk.event_id(field, desk.desk_id, count + _gone(desk, field, count) + 1)


def change(desk: DeskKeys, field: SealedField, row_id: UUID, value: Stored) -> UUID:
    """Count a version up, before it is sealed.

    Args:
        desk: whose row.
        field: the sealed column.
        row_id: of a row that is held.
        value: what is going to be sealed; its version is changed.

    Returns:
        The id of the event that records it.
    """
    value[VERSION] = _version(value) + 1
    return desk.event_id(field, row_id, value[VERSION])


def opened(desk: DeskKeys, field: SealedField, row: R, record_at: DeskKeys | None = None) -> Stored:
    """What lies in a row, if it is the newest that was ever written there.

    Args:
        desk: whose row.
        field: the sealed column.
        row: as it is stored.
        record_at: in whose record an older one is written; that of the row, if left out.

    Raises:
        Refused: it does not open, or is an older one; the latter is recorded.
    """
    for _ in range(2):
        value = _opened(desk, field, row)
        if not _older(desk, field, {row.id: value}):
            return value
        # Somebody may have changed it between the row and the record.
        db.session.refresh(row)
    audit.record(record_at or desk, Event.SEAL_REFUSED, where=field.name)
    raise Refused


def listed(
    desk: DeskKeys,
    field: SealedField,
    load: Callable[[], Sequence[R]],
    record_at: DeskKeys | None = None,
) -> tuple[list[tuple[R, Stored]], int]:
    """The rows of a list that are as they were left.

    Args:
        desk: whose list.
        field: the sealed column.
        load: reads every row of the list from the store.
        record_at: in whose record something amiss is written; that of the list, if left out.

    Returns:
        The rows with what lies in them, and how many are not so: they do not open, are older ones, or are not there.
    """
    rows, refused = load(), 0
    for _ in range(2):
        found = dict(_openable(desk, field, rows))
        older = _older(desk, field, found)
        lost = missing(desk, field, len(rows))
        refused = len(rows) - len(found) + len(older) + lost
        if not older and not lost:
            break
        for row in rows:
            if inspect(row).persistent:
                db.session.expire(row)
        rows = load()
    if refused:
        audit.record(record_at or desk, Event.SEAL_REFUSED, where=field.name)
    return [(row, found[row.id]) for row in rows if row.id in found and row.id not in older], refused


def _openable(desk: DeskKeys, field: SealedField, rows: Sequence[Row]) -> list[tuple[UUID, Stored]]:
    found = []
    for row in rows:
        try:
            found.append((row.id, _opened(desk, field, row)))
        except Refused:
            continue
    return found


def _opened(desk: DeskKeys, field: SealedField, row: Row) -> Stored:
    value = desk.open(field, row.id, row.body)
    if not isinstance(value, dict):
        raise Refused
    return value


def _older(desk: DeskKeys, field: SealedField, values: Mapping[UUID, Stored]) -> set[UUID]:
    after = {
        desk.event_id(field, row_id, _version(value) + 1, epoch): row_id
        for row_id, value in values.items()
        for epoch in range(1, desk.epoch + 1)
    }
    return {after[one] for one in thread.there(after)}


def missing(desk: DeskKeys, field: SealedField, count: int) -> int:
    """How many rows of a list are gone, that nobody has let go.

    Args:
        desk: whose list.
        field: the sealed column.
        count: how many rows are there.
    """
    gone = _gone(desk, field, count)
    return max(0, gone - _let_go(desk, field)) if gone else 0


def let_stand(desk: DeskKeys, field: SealedField, count: int, reason: str, record_at: DeskKeys) -> int:
    """Let a list stand without the rows that are gone.

    Args:
        desk: whose list; nobody else does this before the transaction ends.
        field: the sealed column.
        count: how many rows are there.
        reason: why, without names.
        record_at: in whose record it is written.

    Returns:
        How many rows were let go.
    """
    before, more = _let_go(desk, field), missing(desk, field, count)
    for number in range(before + 1, before + more + 1):
        at = desk.event_id(field, _standing(desk), number)
        audit.record(record_at, Event.LIST_STANDS, event_id=at, where=field.name, reason=reason)
    return more


def _gone(desk: DeskKeys, field: SealedField, count: int) -> int:
    """How many places the record knows of beyond the rows that are there."""
    return _run(desk, field, desk.desk_id, count)


def _let_go(desk: DeskKeys, field: SealedField) -> int:
    return _run(desk, field, _standing(desk), 0)


def _run(desk: DeskKeys, field: SealedField, row_id: UUID, after: int) -> int:
    """How many events of a numbered row of them follow one another in the record."""
    found, epochs = 0, range(1, desk.epoch + 1)
    while thread.there(desk.event_id(field, row_id, after + found + 1, epoch) for epoch in epochs):
        found += 1
    return found


def _standing(desk: DeskKeys) -> UUID:
    """What the events of lists that stand are numbered under; no row of the desk has this id."""
    return uuid5(desk.desk_id, "let stand")


def _version(value: Stored) -> int:
    return int(value.get(VERSION, 1))
