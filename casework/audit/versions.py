"""Rows that a desk keeps without a case: which of them are the newest, and whether one was taken out.

Each row carries its version inside its seal, and each change records an event whose id follows from the row and the
version under the desk's secret; each new row one that follows from its place in the list. So an event of the next
version betrays an older row that was put back, and an event of the next place betrays one that was deleted. Only who
holds the desk's secret can foretell them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID

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
    while _lost(desk, field, count):
        count += 1
    return desk.event_id(field, desk.desk_id, count + 1)


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


def opened(desk: DeskKeys, field: SealedField, row: R) -> Stored:
    """What lies in a row, if it is the newest that was ever written there.

    Raises:
        Refused: it does not open, or is an older one; the latter is recorded.
    """
    for _ in range(2):
        value = _opened(desk, field, row)
        if not _older(desk, field, {row.id: value}):
            return value
        # Somebody may have changed it between the row and the record.
        db.session.refresh(row)
    audit.record(desk, Event.SEAL_REFUSED, where=field.name)
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
        lost = _lost(desk, field, len(rows))
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


def _lost(desk: DeskKeys, field: SealedField, count: int) -> bool:
    epochs = range(1, desk.epoch + 1)
    return bool(thread.there(desk.event_id(field, desk.desk_id, count + 1, epoch) for epoch in epochs))


def _version(value: Stored) -> int:
    return int(value.get(VERSION, 1))
