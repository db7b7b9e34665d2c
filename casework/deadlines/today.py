"""What the dates of a whole desk ask for today, from sealed days and lines: no case is opened for it.

The days of all open cases are read, which is a short text each; then the lines of those that are shown. Only
restricted cases are opened, by those who are named in them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import opening
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.db import db
from casework.deadlines import days, sealing
from casework.deadlines.held import Sort
from casework.deadlines.models import CaseDates
from casework.errors import NotFound, Refused
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
        due: all others: the next ones, the earliest first; then what has passed, the latest first.
        moved: those that a changed rule moved.
        later: how many running dates lie in the same days beyond those that were read.
        older: how many running dates passed longer ago.
        refused: of how many cases they do not open.
    """

    urgent: tuple[Line, ...]
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
    first, last = _plain(today - BACK), _plain(today + AHEAD)
    shelf = _shelf(actor)
    near = [one for one in shelf.days if first <= one[0] <= last]
    away = {on: abs((_day(on) - today).days) for on in {one[0] for one in near}}
    nearest = sorted(near, key=lambda one: away[one[0]])[:_MOST_READ]
    moved = [one for one in shelf.days if one[3] == days.MOVED][:_MOST_READ]
    # However long ago: nobody took it, so nobody may overlook it.
    urgent = sorted(one for one in shelf.days if one[3] == days.URGENT)[:_MOST_READ]
    lines, refused = _lines(actor, shelf, [*nearest, *moved, *urgent])
    climbing = [lines[one] for one in urgent if one in lines and lines[one].climbs]
    due = sorted((lines[one] for one in nearest if one in lines), key=_urgency)
    return Coming(
        urgent=tuple(sorted(climbing, key=lambda one: one.begins or one.strikes)),
        due=tuple(one for one in due if one not in climbing),
        moved=tuple(lines[one] for one in moved if one in lines),
        later=len(near) - len(nearest),
        older=sum(one[0] < first for one in shelf.days),
        refused=shelf.refused + refused,
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
    shelf = _shelf(actor)
    part = sorted(shelf.days)[first : first + most]
    lines, _refused = _lines(actor, shelf, part)
    return [lines[one] for one in part if one in lines], len(shelf.days)


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
    query = select(Case.primary_id).where(
        Case.desk_id == actor.desk_id,
        Case.status != CLOSED,
        Case.primary_id.is_not(None),
        Case.id.not_in(_restricted(actor)),
    )
    return Counter(worker for worker in db.session.scalars(query) if worker)


#: One day of the desk as YYYYMMDD; its case; which line of the case it is; its sign.
_Day = tuple[str, UUID, int, str]


@dataclass(frozen=True)
class _Shelf:
    """Every running date of open cases of a desk, by its day.

    Attributes:
        days: in no order.
        own: lines of restricted cases that this person is named in; their days are among the others.
        refused: how many cases do not show theirs.
    """

    days: list[_Day]
    own: Mapping[UUID, list[dict[str, Any]]]
    refused: int


def _shelf(actor: Actor) -> _Shelf:
    mine, of_others = keeping.restricted_cases(actor.desk)
    found: list[_Day] = []
    refused = 0
    open_cases = (
        select(Case.id, CaseDates.stamp, CaseDates.days)
        .outerjoin(CaseDates, CaseDates.case_id == Case.id)
        .where(Case.desk_id == actor.desk_id, Case.status != CLOSED, Case.id.not_in(mine | of_others))
    )
    for case_id, stamp, sealed in db.session.execute(open_cases):
        try:
            text = actor.desk.open(sealing.DAYS, case_id, sealed)
            seen = days.read(text)
            fits = days.counted(text).stamp == stamp.hex()
        except Refused:
            refused += 1
            continue
        refused += not fits
        found += [(on, case_id, place, sign) for on, place, sign in seen]
    own, closed = _own(actor, mine)
    for case_id, lines in own.items():
        for place, line in enumerate(lines):
            sign = days.sign(Sort(line["sort"]), moved=line["moved"])
            found.append((line["due_on"].replace("-", ""), case_id, place, sign))
    return _Shelf(found, own, refused + closed)


def own_lines(actor: Actor) -> Mapping[UUID, list[dict[str, Any]]]:
    """The lines of restricted cases that somebody is named in, by case."""
    return _own(actor, keeping.restricted_cases(actor.desk)[0])[0]


def _own(actor: Actor, mine: frozenset[UUID]) -> tuple[dict[UUID, list[dict[str, Any]]], int]:
    """The lines of restricted cases that this person is named in: nobody but the named can open them."""
    found, refused = {}, 0
    query = select(Case.id, Case.ref).where(Case.id.in_(mine), Case.status != CLOSED)
    for case_id, ref in db.session.execute(query).all():
        try:
            case = opening.for_upkeep(actor, ref)
            shown = [one for one in sealing.read(case) if one.running and not one.loose]
        except (Refused, NotFound):
            refused += 1
        else:
            found[case_id] = [sealing.brief_of(case, one) for one in shown]
    return found, refused


def _lines(actor: Actor, shelf: _Shelf, wanted: Sequence[_Day]) -> tuple[dict[_Day, Line], int]:
    """The lines of some days; and how many cases do not show theirs, or show another day than their line."""
    ids = {one[1] for one in wanted} - shelf.own.keys()
    values, refused = dict(shelf.own), 0
    for row in db.session.scalars(select(CaseDates).where(CaseDates.case_id.in_(ids))):
        try:
            values[row.case_id] = sealing.in_lines(actor.desk, row)["lines"]
        except Refused:
            refused += 1
    found = {}
    for one in wanted:
        on, case_id, place, _sign = one
        lines = values.get(case_id, [])
        line = _line(actor, case_id, lines[place]) if place < len(lines) else None
        if line is not None and _plain(line.due_on) == on:
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


def _plain(day: date) -> str:
    return f"{day:%Y%m%d}"


def _day(on: str) -> date:
    return date(int(on[:4]), int(on[4:6]), int(on[6:]))


def _restricted(actor: Actor) -> frozenset[UUID]:
    """Cases that are in no count of the desk, whoever looks."""
    mine, of_others = keeping.restricted_cases(actor.desk)
    return mine | of_others
