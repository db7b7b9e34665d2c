"""What a desk keeps of its signals, in one sealed body: numbered, so that an older one that is put back is noticed.

A book that was put back or taken away is begun anew, and says so (`LOST`): it remembers nobody who was counted, so what
the desk tells others must not be compared with what it told before. The row has an id of its desk's, so that the record
knows of a book that is gone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit import thread, versions
from casework.audit.events import Event
from casework.db import db
from casework.errors import Refused
from casework.signals.models import SignalBook
from casework.vault import catalogue, keeping

_BODY = catalogue.field("signal_book.body")
#: Bytes up to which all books look alike.
_FILL = 8_000
#: Under what is told: that nobody remembers what was told before.
LOST = "lost"

Stored = dict[str, Any]


@dataclass(frozen=True)
class Aside:
    """That a signal was put aside for a while.

    Attributes:
        until: the last day.
        why: in the coordinator's words.
        by: who did.
    """

    until: date
    why: str
    by: UUID


@dataclass(frozen=True)
class Decision:
    """What those affected decided at a meeting. Who was there is not written down.

    Attributes:
        on: the day of the meeting.
        what: of the list `meeting_decisions`.
        text: what they want, in words.
        by: who wrote it down.
        at: when.
    """

    on: date
    what: str
    text: str
    by: UUID
    at: datetime


@dataclass(frozen=True)
class Book:
    """The book of a desk.

    Attributes:
        aside: signals that were put aside, by the entry that leads.
        decisions: by the entry that led when it was written down, oldest first.
        told: what other desks were told last: see `telling`.
        shared: what campaign teams may know: see `to_teams`.
    """

    aside: Mapping[UUID, Aside] = field(default_factory=dict)
    decisions: Mapping[UUID, tuple[Decision, ...]] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    shared: Mapping[str, Any] = field(default_factory=dict)


def this_week() -> date:
    """The Monday of this week."""
    today = clock.today()
    return today - timedelta(days=today.weekday())


def row(actor: Actor, *, held: bool = False) -> SignalBook | None:
    """The row of the desk's book, if there is one.

    Args:
        actor: of the desk.
        held: whether nobody else may change it before this transaction ends.
    """
    query = select(SignalBook).where(SignalBook.desk_id == actor.desk.desk_id)
    query = query.execution_options(populate_existing=True)
    return db.session.scalar(query.with_for_update() if held else query)


def opened(actor: Actor, stored: SignalBook | None) -> Stored:
    """What lies in the book; empty before the first word.

    Raises:
        Refused: it does not open, or is an older one that was put back.
    """
    if stored is None:
        if _written(actor):
            raise Refused
        return _empty()
    value = versions.opened(actor.desk, _BODY, stored)
    value.pop("fill", None)
    return _empty() | value


def _empty() -> Stored:
    return {"aside": {}, "decisions": {}, "told": {}, "shared": {}}


def _id(actor: Actor) -> UUID:
    return uuid5(actor.desk.desk_id, "signal book")


def _written(actor: Actor) -> int:
    """The newest version of the desk's book that the record knows of; 0 where none was ever written."""
    found, epochs = 0, range(1, actor.desk.epoch + 1)
    while thread.there(actor.desk.event_id(_BODY, _id(actor), found + 2, epoch) for epoch in epochs):
        found += 1
    return found + 1 if found else 0


def look(actor: Actor) -> tuple[Stored, bool]:
    """What lies in the book, and whether it is as it was left; one that is not counts as empty, and is recorded."""
    try:
        return opened(actor, row(actor)), True
    except Refused:
        return _empty(), False


def hold(actor: Actor) -> tuple[SignalBook, Stored]:
    """The book, held; a new one where there is none, or where it is gone or not as it was left, and then it is `LOST`.

    Raises:
        Conflict: the desk's epoch moved.
    """
    keeping.hold_epoch(actor.desk.desk_id, actor.desk.epoch)
    audit.take_turn(actor.desk.desk_id)
    stored = row(actor, held=True)
    lost = stored is None and bool(_written(actor))
    if stored is not None:
        try:
            return stored, opened(actor, stored)
        except Refused:
            # Of an older version: the next one was written already, so this row can have none.
            db.session.execute(delete(SignalBook).where(SignalBook.id == stored.id))
            db.session.expunge(stored)
            lost = True
    stored = _new(actor, lost=lost)
    return stored, opened(actor, stored)


def _new(actor: Actor, *, lost: bool) -> SignalBook:
    """A first book, or one after one that is lost. Of two who make it at once the second finds that of the first."""
    made = SignalBook(id=_id(actor), desk_id=actor.desk.desk_id, week=date(2000, 1, 3))
    value = _empty() | ({"told": {LOST: True}, versions.VERSION: _written(actor)} if lost else {})
    _seal(actor, made, value)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        found = row(actor, held=True)
        assert found is not None  # noqa: S101 - the desk has one, or it would have been taken
        return found
    return made


def save(actor: Actor, stored: SignalBook, value: Stored, event: Event, **details: Any) -> None:
    """Seal the book, and record why."""
    at = versions.change(actor.desk, _BODY, stored.id, value)
    _seal(actor, stored, value)
    db.session.flush()
    audit.record(actor.desk, event, None, at, **details)


def _seal(actor: Actor, stored: SignalBook, value: Stored) -> None:
    size = len(json.dumps(value, ensure_ascii=False).encode())
    stored.body = actor.desk.seal(_BODY, stored.id, value | {"fill": " " * (_FILL - size)})


def read(value: Stored) -> Book:
    """The book as services take it."""
    return Book(
        {UUID(key): _aside(one) for key, one in value["aside"].items()},
        {UUID(key): tuple(map(_decision, some)) for key, some in value["decisions"].items()},
        value["told"],
        value["shared"],
    )


def _aside(one: Mapping[str, str]) -> Aside:
    return Aside(date.fromisoformat(one["until"]), one["why"], UUID(one["by"]))


def _decision(one: Mapping[str, str]) -> Decision:
    on, at = date.fromisoformat(one["on"]), datetime.fromisoformat(one["at"])
    return Decision(on, one["what"], one["text"], UUID(one["by"]), at)
