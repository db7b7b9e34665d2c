"""Counting the open cases of a desk anew after rules or marks have changed: a slice at a time, resumable.

A case that no changed rule bears on is not counted; one whose dates come out the same is not opened. Each
slice is a transaction: whoever stops half way, or is killed, goes on where it stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select, update
from sqlalchemy.orm.exc import StaleDataError

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.cases import opening
from casework.cases.changing import CLOSED, keep, prepare
from casework.cases.models import Case
from casework.db import db
from casework.deadlines import days, following, marking, sealing, telling
from casework.deadlines.days import Counted
from casework.deadlines.leading import Mark
from casework.deadlines.models import CaseDates
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.vault import keeping

#: Cases in one slice: a second or less, so that a request never takes long.
SLICE = 400


@dataclass(frozen=True)
class Progress:
    """How far it is.

    Attributes:
        left: cases still to be looked at.
        total: open cases of the desk that have dates.
    """

    left: int
    total: int


def progress(actor: Actor) -> Progress:
    """How many cases were counted with other rules or marks than those of now."""
    policy.require(actor, Action.DEADLINE_LIST)
    stamp = marking.stamp(marking.counting(actor))
    return Progress(_count(actor, CaseDates.stamp != stamp), _count(actor))


def sweep(actor: Actor, most: int = SLICE) -> int:
    """Look at some of the cases that were counted with other rules.

    Args:
        actor: whose keys are open.
        most: how many cases.

    Returns:
        How many are left; it is called until it answers 0.

    Raises:
        Conflict: somebody else changed one of them meanwhile; nothing of this slice was kept.
    """
    policy.require(actor, Action.DEADLINE_WORK)
    marks = marking.counting(actor)
    stamp = marking.stamp(marks)
    seen = {row.case_id: (row, _look(actor, row, marks, stamp)) for row in _next(actor, stamp, most)}
    _keep([(row, days_now or row.days) for row, days_now in seen.values()], stamp)
    moved = [case_id for case_id, (_row, days_now) in seen.items() if days_now is None]
    try:
        # A case may need a new key first, which is signed; the chain's turn comes before that of the record.
        keeping.hold_chain(actor.desk.desk_id)
        for case_id in moved:
            _settle(actor, case_id)
    except StaleDataError:
        raise Conflict from None
    return _count(actor, CaseDates.stamp != stamp)


def _next(actor: Actor, stamp: bytes, most: int) -> Sequence[Any]:
    """Rows that were counted with other rules, column by column: as objects they would take twice as long."""
    columns = (CaseDates.case_id, CaseDates.rev, CaseDates.days, CaseDates.body)
    query = _open(actor).where(CaseDates.stamp != stamp)
    query = query.order_by(CaseDates.stamp, CaseDates.case_id).limit(most)
    return db.session.execute(query.with_only_columns(*columns)).all()


def _look(actor: Actor, row: Any, marks: Mapping[str, Mark], stamp: bytes) -> bytes | None:
    """The days of a case as counted with the rules of now; None where they come out otherwise: it has to be opened."""
    try:
        text = actor.desk.open(sealing.DAYS, row.case_id, row.days)
        told = telling.from_value(sealing.lines_in(actor.desk, row.case_id, row.body)["told"])
        was, bearing = days.counted(text), telling.bearing(told, marks)
        if bearing != was.bearing and was.came_to != telling.fingerprint(
            telling.counted(told, clock.today(), marks)
        ):
            return None
    except (Refused, Invalid, TypeError):
        # Its own answers are asked instead: it is restricted, or what does not open is made anew from them.
        return None
    now = Counted(stamp.hex(), bearing, was.came_to)
    return actor.desk.seal(sealing.DAYS, row.case_id, days.recounted(text, now))


def _keep(rows: Sequence[tuple[Any, bytes]], stamp: bytes) -> None:
    """Write days and stamp of all rows in one go.

    Raises:
        Conflict: somebody else wrote one of them since it was read.
    """
    if not rows:
        return
    table = CaseDates.__table__
    query = (
        update(CaseDates)
        .where(table.c.case_id == bindparam("of"), table.c.rev == bindparam("was"))
        .values(stamp=stamp, days=bindparam("now"), rev=table.c.rev + 1)
    )
    told = [{"of": row.case_id, "was": row.rev, "now": now} for row, now in rows]
    written = db.session.connection().execute(query, told)
    if written.rowcount != len(rows):
        raise Conflict


def _settle(actor: Actor, case_id: UUID) -> None:
    """Open a case and write what its dates are now; what moved waits for somebody to look.

    One that was closed to this person since its row was read, or is gone, keeps no other from being counted.
    """
    row = db.session.get(Case, case_id)
    if row is None:
        return
    try:
        case = opening.hold_for_upkeep(actor, row.ref)
        prepare(case)
    except (Refused, NotFound):
        return
    following.follow(case, moved=True)
    keep(case)


def _open(actor: Actor) -> Select[CaseDates]:
    return (
        select(CaseDates)
        .join(Case, Case.id == CaseDates.case_id)
        .where(
            CaseDates.desk_id == actor.desk_id,
            Case.status != CLOSED,
            CaseDates.case_id.not_in(keeping.restricted_cases(actor.desk)[1]),
        )
    )


def _count(actor: Actor, *also: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(_open(actor).where(*also).subquery())) or 0
