"""What the dates of a whole desk ask for today, from sealed days and lines: no case is opened for it.

The days of all open cases are read, which is a short text each; then the lines of those that are shown. Only
restricted cases are opened, by those who are named in them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.db import db
from casework.deadlines import days, marking, sealing, shelf
from casework.deadlines.held import Sort
from casework.deadlines.models import CaseDates
from casework.deadlines.shelf import Day, Shelf
from casework.deadlines.sweeping import Progress
from casework.errors import Refused
from casework.vault import keeping

#: Days ahead that a shift has to know of, and days back in which something missed can still be mended.
AHEAD, BACK = timedelta(days=14), timedelta(days=30)
#: Lines that are read for one page: a few more than it shows, because the hour decides among those of one day.
_AHEAD_READ, _BACK_READ, _MOVED_READ = 30, 14, 10
#: Of emergencies more are read: those of whoever looks stand first, wherever they are among the others.
_URGENT_READ = 250


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
        backup_id: who stands in for this date alone.
        begins: of an emergency, from when on it is its worker's; None for others.
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
    backup_id: UUID | None = None
    begins: datetime | None = None

    @property
    def climbs(self) -> bool:
        """Whether it is an emergency that nobody has taken, or that was taken and is not done a day later."""
        return self.waiting or (self.begins is not None and self.begins <= clock.now())


@dataclass(frozen=True)
class Coming:
    """What the dates of a desk ask for.

    Attributes:
        urgent: emergencies that are still to be taken or done, the longest waiting first.
        unread: how many running emergencies there are beyond those that were read.
        due: all others: the next ones, the earliest first; then what has passed, the latest first.
        moved: those that a changed rule moved.
        later: how many running dates lie in the same days beyond those that were read.
        older: how many running dates passed longer ago.
        refused: of how many cases they do not open.
        progress: how far counting them with the rules of now has come.
    """

    urgent: tuple[Line, ...]
    unread: int
    due: tuple[Line, ...]
    moved: tuple[Line, ...]
    later: int
    older: int
    refused: int
    progress: Progress


def coming(actor: Actor) -> Coming:
    """What the dates of a desk ask for in these days.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.DEADLINE_LIST)
    today, held = clock.today(), shelf.of_desk(actor)
    now, first, last = (_plain(day) for day in (today, today - BACK, today + AHEAD))
    near = (first <= held.on) & (held.on <= last)
    nearest = [
        *held.first(near & (held.on >= now), _AHEAD_READ),
        *held.first(near & (held.on < now), _BACK_READ, latest=True),
    ]
    moved = held.first(held.signed(days.MOVED), _MOVED_READ)
    emergencies = held.signed(days.URGENT)
    # However long ago: nobody took it, so nobody may overlook it.
    urgent = held.first(emergencies, _URGENT_READ)
    lines, refused = _lines(actor, held, {*nearest, *moved, *urgent})
    climbing = [lines[one] for one in urgent if one in lines and lines[one].climbs]
    due = sorted((lines[one] for one in nearest if one in lines), key=_urgency)
    stamp = marking.stamp(marking.counting(actor))
    return Coming(
        urgent=tuple(sorted(climbing, key=lambda one: one.begins or one.strikes)),
        unread=int(emergencies.sum()) - len(urgent),
        due=tuple(one for one in due if one not in climbing),
        moved=tuple(lines[one] for one in moved if one in lines),
        later=int(near.sum()) - len(nearest),
        older=int((held.on < first).sum()),
        refused=held.refused + refused,
        progress=Progress(len(held.stamps) - list(held.stamps).count(stamp), len(held.stamps)),
    )


def _urgency(one: Line) -> tuple[bool, bool, float]:
    """What can still be done stands before what was missed."""
    left = (one.strikes - clock.now()).total_seconds()
    return not one.waiting, left < 0, abs(left)


def every(actor: Actor, first: int, most: int, *, emergencies: bool = False) -> tuple[list[Line], int]:
    """A part of all running dates of the desk, the earliest first, and how many there are.

    Args:
        actor: who looks.
        first: index of the first one.
        most: how many.
        emergencies: whether only these, taken or not.
    """
    policy.require(actor, Action.DEADLINE_LIST)
    held = shelf.of_desk(actor)
    chosen = held.signed(days.URGENT) if emergencies else held.on > 0
    part = held.first(chosen, first + most)[first:]
    lines, _refused = _lines(actor, held, part)
    return [lines[one] for one in part if one in lines], int(chosen.sum())


def open_cases(actor: Actor) -> Mapping[UUID, int]:
    """How many open cases each worker has; for whoever sees the load of others."""
    policy.require(actor, Action.LOAD_VIEW)
    return _open_cases(actor)


def at_cap(actor: Actor, most: int) -> frozenset[UUID]:
    """Who has as many open cases as one worker can carry, or more; for whoever assigns another.

    Args:
        actor: who assigns.
        most: open cases.
    """
    policy.require(actor, Action.CASE_ASSIGN)
    return frozenset(worker for worker, count in _open_cases(actor).items() if count >= most)


def _open_cases(actor: Actor) -> Counter[UUID]:
    # Counted where they lie: to bring the worker of each of thousands of cases here takes longer than all the rest.
    query = (
        select(Case.primary_id, func.count())
        .where(
            Case.desk_id == actor.desk_id,
            Case.status != CLOSED,
            Case.primary_id.is_not(None),
            # In no count of the desk, whoever looks.
            Case.id.not_in(keeping.all_restricted(actor.desk)),
        )
        .group_by(Case.primary_id)
    )
    return Counter({worker: count for worker, count in db.session.execute(query) if worker})


def own_lines(actor: Actor) -> Mapping[UUID, list[dict[str, Any]]]:
    """The lines of restricted cases that somebody is named in, by case."""
    return shelf.lines_of_own(actor, keeping.restricted_cases(actor.desk)[0])[0]


def _lines(actor: Actor, of: Shelf, wanted: Iterable[Day]) -> tuple[dict[Day, Line], int]:
    """The lines of some days; and how many cases do not show theirs, or show another day than their line."""
    wanted = list(wanted)
    ids = {one.case_id for one in wanted} - of.own.keys()
    values, refused = dict(of.own), 0
    bodies = select(CaseDates.case_id, CaseDates.body).where(CaseDates.case_id.in_(ids))
    for case_id, body in db.session.execute(bodies):
        try:
            values[case_id] = sealing.lines_in(actor.desk, case_id, body)["lines"]
        except Refused:
            refused += 1
    found = {}
    for one in wanted:
        lines = values.get(one.case_id, [])
        line = _line(actor, one.case_id, lines[one.place]) if one.place < len(lines) else None
        if line is not None and _plain(line.due_on) == one.on:
            found[one] = line
    return found, refused


def _line(actor: Actor, case_id: UUID, value: Mapping[str, Any]) -> Line:
    sort, state = Sort(value["sort"]), actor.desk.state
    pair = [UUID(value[name]) if value[name] else None for name in ("owner", "backup")]
    there = [who for who in pair if sealing.works_here(state, who)]
    owner = next(iter(there), None) if pair[0] else None
    # Whoever took it has left: it is to be taken again, by whoever stands in or anybody else.
    taken = bool(value.get("taken")) and owner == pair[0]
    return Line(
        id=UUID(value["id"]),
        case_id=case_id,
        ref=value["ref"],
        sort=sort,
        title=value["title"],
        meaning=value["meaning"],
        due_on=date.fromisoformat(value["due_on"]),
        strikes=datetime.fromisoformat(value["strikes"]),
        zone=value["zone"],
        exact=value["exact"],
        verified=value["verified"],
        owner_id=owner,
        moved=value["moved"],
        waiting=sort is Sort.EMERGENCY and not taken,
        about=value.get("about", ""),
        backup_id=pair[1] if pair[1] in there and pair[1] != owner else None,
        begins=datetime.fromisoformat(value["begins"]) if value.get("begins") else None,
    )


def _plain(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
