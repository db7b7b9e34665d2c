"""Days and hours of running dates in the clear, for those who asked to be reminded; of no case.

Written with keys, at every save of a case, in its transaction. Where nobody of a desk asked, there are none.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select

from casework import clock
from casework.access.actor import Actor
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.deadlines import sealing, today
from casework.deadlines.climbing import Whom
from casework.deadlines.held import Held
from casework.deadlines.models import CaseDates
from casework.errors import Refused
from casework.reminders import ladder, members
from casework.reminders.ladder import Dated
from casework.reminders.members import Asked
from casework.reminders.models import DueHour
from casework.vault.models import RestrictedWrap

_SLOTS = uuid.UUID("c3b1a1b0-6a0e-4b7d-9d0e-3f6f8a5b2c71")
#: The day for the owner's calendar and for the desk's digest; after them four steps.
_DAY, _DESK_DAY, _FIRST_STEP = 0, 1, 2
_ALL = 6
#: A step that passed before anybody could be told of it is not told any more.
_LATE = timedelta(hours=3)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row as it should be."""

    membership_id: UUID | None
    on: date | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class _Of:
    """Who works on a case, and who alone may know of it."""

    primary_id: UUID | None
    backup_id: UUID | None
    named: frozenset[UUID] | None


def follow(case: OpenCase) -> None:
    """Bring the hours of a case that is being saved in line with its dates."""
    asked = members.asked(case.desk_id)
    if not asked:
        return
    try:
        dates = sealing.read(case)
    except Refused:
        return
    of = _Of(case.row.primary_id, case.row.backup_id, case.keys.named)
    running = [one for one in dates if _runs(one)] if case.row.status != CLOSED else []
    _write(case.desk_id, [one.id for one in dates], map(ladder.of_held, running), of, asked)


def forget(case: OpenCase) -> None:
    """Take the hours of a case away that is about to be erased."""
    try:
        ids = [_slot(one.id, number) for one in sealing.read(case) for number in range(_ALL)]
    except Refused:
        return
    for row in _rows(ids).values():
        db.session.delete(row)


def begin(actor: Actor) -> None:
    """Write the hours of all open cases for those who asked, this person among them: no case is saved for it."""
    asked, desk_id = members.asked(actor.desk.desk_id), actor.desk.desk_id
    open_cases = (
        select(CaseDates, Case)
        .join(Case, Case.id == CaseDates.case_id)
        .where(Case.desk_id == desk_id, Case.status != CLOSED)
    )
    own = today.own_lines(actor)
    ids: list[UUID] = []
    wanted: dict[UUID, _Wanted] = {}
    for row, case in db.session.execute(open_cases):
        try:
            lines = own.get(case.id) or sealing.in_lines(actor.desk, row)["lines"]
        except Refused:
            # Restricted, to others than this person: its next save writes them.
            continue
        of = _Of(case.primary_id, case.backup_id, _named(case.id) if case.id in own else None)
        for one in map(ladder.of_line, lines):
            ids += (_slot(one.id, number) for number in range(_ALL))
            wanted |= _wanted(one, of, asked)
    _put(desk_id, _of_desk(desk_id, frozenset(ids)), wanted)


def _of_desk(desk_id: UUID, ids: frozenset[UUID]) -> dict[UUID, DueHour]:
    """The rows of so many dates: all of a desk are read at once, where asking for each case takes minutes."""
    found = db.session.scalars(select(DueHour).where(DueHour.desk_id == desk_id))
    return {row.id: row for row in found if row.id in ids}


def _named(case_id: UUID) -> frozenset[UUID]:
    return frozenset(
        db.session.scalars(select(RestrictedWrap.member_id).where(RestrictedWrap.case_id == case_id))
    )


def end(desk_id: UUID) -> None:
    """Take away what nobody asks for any more."""
    asked = members.asked(desk_id)
    wanted = [one.membership_id for one in asked]
    gone = DueHour.membership_id.is_not(None) & DueHour.membership_id.not_in(wanted)
    if not any(one.coordinator and one.mail for one in asked):
        gone |= DueHour.membership_id.is_(None)
    db.session.execute(delete(DueHour).where(DueHour.desk_id == desk_id, gone))


def end_of_desk(desk_id: UUID) -> None:
    """The desk is locked."""
    db.session.execute(delete(DueHour).where(DueHour.desk_id == desk_id))


def _runs(one: Held) -> bool:
    return one.running and not one.loose


def _write(
    desk_id: UUID, ids: Sequence[UUID], running: Iterable[Dated], of: _Of, asked: Sequence[Asked]
) -> None:
    """Make the rows of a case's dates what they should be; what was told stays told while it says the same."""
    wanted = {key: row for one in running for key, row in _wanted(one, of, asked).items()}
    _put(desk_id, _rows([_slot(one, number) for one in ids for number in range(_ALL)]), wanted)


def _put(desk_id: UUID, there: Mapping[UUID, DueHour], wanted: Mapping[UUID, _Wanted]) -> None:
    new = []
    for key in there.keys() - wanted.keys():
        db.session.delete(there[key])
    for key, want in wanted.items():
        row = there.get(key)
        if row is None:
            new.append(_fresh(desk_id, key, want))
            continue
        if (row.membership_id, row.on, row.at) == (want.membership_id, want.on, want.at):
            continue
        row.membership_id, row.on, row.at = want.membership_id, want.on, want.at
        row.told = _told_by_now(want)
    db.session.flush()
    if new:
        # As rows, not as objects: whoever asks for a calendar brings thousands of them at once.
        db.session.execute(insert(DueHour), new)


def _fresh(desk_id: UUID, key: UUID, want: _Wanted) -> dict[str, object]:
    """A row that is not there yet."""
    whose = {"membership_id": want.membership_id, "on": want.on, "at": want.at}
    return {"id": key, "desk_id": desk_id, "told": _told_by_now(want)} | whose


def _told_by_now(want: _Wanted) -> bool:
    """Whether its step passed so long ago that nobody is told any more."""
    return want.at is not None and want.at < clock.now() - _LATE


def _rows(ids: Sequence[UUID]) -> dict[UUID, DueHour]:
    found: dict[UUID, DueHour] = {}
    for first in range(0, len(ids), _AT_ONCE):
        query = select(DueHour).where(DueHour.id.in_(ids[first : first + _AT_ONCE]))
        found |= {row.id: row for row in db.session.scalars(query)}
    return found


def _wanted(one: Dated, of: _Of, asked: Sequence[Asked]) -> dict[UUID, _Wanted]:
    """The rows of a date: for its people as far as they asked, by their place."""
    owner = one.owner_id or of.primary_id
    others = [who for who in (of.primary_id, of.backup_id) if who not in (None, owner)]
    person = {Whom.OWNER: owner, Whom.BACKUP: one.backup_id or next(iter(others), None)}
    theirs = {each.user_id: each for each in asked if of.named is None or each.user_id in of.named}
    coordinators = of.named is None and any(each.coordinator and each.mail for each in asked)
    found = {}
    if owner in theirs and theirs[owner].feed:
        found[_slot(one.id, _DAY)] = _Wanted(theirs[owner].membership_id, one.due_on, None)
    if coordinators:
        found[_slot(one.id, _DESK_DAY)] = _Wanted(None, one.due_on, None)
    for number, step in enumerate(ladder.steps(one), _FIRST_STEP):
        who = person.get(step.whom)
        # What belongs to nobody goes to the coordinators at once.
        to_all = step.whom is Whom.COORDINATORS or (step.whom is Whom.OWNER and who is None)
        if to_all and coordinators:
            found[_slot(one.id, number)] = _Wanted(None, None, step.at)
        elif not to_all and who in theirs and theirs[who].mail:
            found[_slot(one.id, number)] = _Wanted(theirs[who].membership_id, None, step.at)
    return found


def _slot(date_id: UUID, number: int) -> UUID:
    return uuid.uuid5(_SLOTS, f"{date_id}/{number}")
