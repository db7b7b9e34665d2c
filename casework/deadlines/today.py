"""What the dates of a whole desk ask for today, from their sealed lines: no case is opened for it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.db import db
from casework.deadlines import sealing
from casework.deadlines.held import RUNNING, Sort
from casework.deadlines.models import Deadline
from casework.errors import Refused
from casework.vault import keeping

#: Days ahead that a shift has to know of, and days back in which something missed can still be mended.
AHEAD, BACK = timedelta(days=14), timedelta(days=30)
_MOST_READ = 120


@dataclass(frozen=True)
class Line:
    """One date of the desk, as lists show it.

    Attributes:
        id, case_id: of the date and its case.
        ref: of the case.
        sort: clock, task or emergency.
        title: what it is; a msgid where `sort` is a clock.
        meaning: of the list `meanings`; empty for others.
        due_on: its day.
        strikes: the moment at which it is too late.
        zone: of the place whose day it is.
        exact: whether it is a moment.
        verified: a legal ally's mark says so.
        owner_id: whose it is; None: of whoever works on the case.
        moved: a changed rule moved it, and nobody has looked yet.
        waiting: an emergency that nobody has taken upon themselves.
        about: the word of the room that made a task, or empty.
    """

    id: UUID
    case_id: UUID
    ref: str
    sort: Sort
    title: str
    meaning: str
    due_on: date
    strikes: datetime
    zone: str
    exact: bool
    verified: bool
    owner_id: UUID | None
    moved: bool
    waiting: bool
    about: str = ""


@dataclass(frozen=True)
class Coming:
    """What the dates of a desk ask for.

    Attributes:
        due: emergencies, then the next ones, the earliest first; then what has passed, the latest first.
        moved: those that a changed rule moved.
        later: how many running dates lie in the same days beyond those that were read.
        older: how many running dates passed longer ago.
        refused: how many do not open.
    """

    due: tuple[Line, ...]
    moved: tuple[Line, ...]
    later: int
    older: int
    refused: int


def coming(actor: Actor) -> Coming:
    """What the dates of a desk ask for in these days.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.DEADLINE_LIST)
    today = clock.today()
    near = Deadline.due_on.between(today - BACK, today + AHEAD)
    query = _running(actor, or_(near, Deadline.wake_at <= clock.now()))
    rows = db.session.scalars(
        query.order_by(func.abs(_days_from(today)), Deadline.id).limit(_MOST_READ)
    ).all()
    lines, refused = _lines(actor, rows)
    due = [one for one in lines if today - BACK <= one.due_on <= today + AHEAD]
    due.sort(key=_urgency)
    return Coming(
        due=tuple(due),
        moved=tuple(one for one in lines if one.moved),
        later=max(0, _count(_running(actor, near)) - _MOST_READ),
        older=_count(_running(actor, Deadline.due_on < today - BACK)),
        refused=refused,
    )


def _urgency(one: Line) -> tuple[bool, bool, float]:
    """What can still be done stands before what was missed."""
    left = (one.strikes - clock.now()).total_seconds()
    return not one.waiting, left < 0, abs(left)


def every(actor: Actor, first: int, most: int) -> tuple[list[Line], int]:
    """A part of all running dates of the desk, the earliest first, and how many there are.

    Args:
        actor: who looks.
        first: index of the first one.
        most: how many.
    """
    policy.require(actor, Action.DEADLINE_LIST)
    query = _running(actor)
    rows = db.session.scalars(query.order_by(Deadline.due_on, Deadline.id).offset(first).limit(most)).all()
    return _lines(actor, rows)[0], _count(query)


def open_cases(actor: Actor) -> Mapping[UUID, int]:
    """How many open cases each worker has; for whoever sees the load of others."""
    policy.require(actor, Action.LOAD_VIEW)
    query = select(Case.primary_id).where(
        Case.desk_id == actor.desk_id,
        Case.status != CLOSED,
        Case.primary_id.is_not(None),
        Case.id.not_in(_restricted(actor)),
    )
    return Counter(worker for worker in db.session.scalars(query) if worker)


def _running(actor: Actor, *also: ColumnElement[bool]) -> Any:
    """The running dates of open cases of a desk."""
    return (
        select(Deadline)
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Deadline.desk_id == actor.desk_id,
            Deadline.state.in_([state.value for state in RUNNING]),
            Case.status != CLOSED,
            Case.id.not_in(_restricted(actor)),
            *also,
        )
    )


def _restricted(actor: Actor) -> frozenset[UUID]:
    """Cases that are in no list and in no count of the desk, whoever looks."""
    mine, of_others = keeping.restricted_cases(actor.desk)
    return mine | of_others


def _days_from(today: date) -> Any:
    """Days between a row's day and today, on either database."""
    if db.engine.dialect.name == "sqlite":
        return func.julianday(Deadline.due_on) - func.julianday(today.isoformat())
    return Deadline.due_on - today


def _count(query: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _lines(actor: Actor, rows: Any) -> tuple[list[Line], int]:
    found, refused = [], 0
    for row in rows:
        try:
            value = sealing.opened_brief(actor.desk, row)
        except Refused:
            refused += 1
            continue
        # A restricted case shows nothing here, to nobody.
        if value and not value["loose"]:
            found.append(_line(row, value))
    return found, refused


def _line(row: Deadline, value: Mapping[str, Any]) -> Line:
    sort = Sort(value["sort"])
    return Line(
        id=row.id,
        case_id=row.case_id,
        ref=value["ref"],
        sort=sort,
        title=value["title"],
        meaning=value["meaning"],
        due_on=row.due_on,
        strikes=datetime.fromisoformat(value["strikes"]),
        zone=value["zone"],
        exact=value["exact"],
        verified=value["verified"],
        owner_id=UUID(value["owner"]) if value["owner"] else None,
        moved=value["moved"],
        waiting=sort is Sort.EMERGENCY and not value["owner"],
        about=value.get("about", ""),
    )
