"""Every running date of a desk by its day: thousands of short texts, opened one by one and read all together.

Only the days are opened here, never a case; but for the restricted cases of whoever is named in them, which show
the desk nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from casework.access.actor import Actor
from casework.cases import opening
from casework.cases.changing import CLOSED
from casework.cases.models import Case
from casework.db import db
from casework.deadlines import days, sealing
from casework.deadlines.held import Sort
from casework.deadlines.models import CaseDates
from casework.errors import NotFound, Refused
from casework.vault import keeping

#: Lines of a case as lists show them.
Lines = list[dict[str, Any]]
Array = NDArray[Any]


class Day(NamedTuple):
    """One running date.

    Attributes:
        on: its day as YYYYMMDD.
        case_id: of its case.
        place: which line of the case it is.
    """

    on: int
    case_id: UUID
    place: int


@dataclass(frozen=True)
class Shelf:
    """Every running date of the open cases of a desk, as columns.

    Attributes:
        cases: whose dates these are.
        read: days and signs, and which of the cases each belongs to.
        own: lines of restricted cases that this person is named in; their days are among the others.
        refused: how many cases do not show theirs.
        stamps: of each case that has dates: which rules and marks they were counted with.
    """

    cases: Sequence[UUID]
    read: days.Columns
    own: Mapping[UUID, Lines]
    refused: int
    stamps: Sequence[bytes]

    @cached_property
    def on(self) -> Array:
        """The day of each date as YYYYMMDD."""
        return self.read.on

    @cached_property
    def _ranks(self) -> Array:
        """A place for each case, whatever order the database gave them in."""
        found: Array = np.argsort(np.argsort(np.array([one.int >> 64 for one in self.cases], np.uint64)))
        return found

    def signed(self, sign: str) -> Array:
        """Which dates have a sign."""
        found: Array = self.read.signs == ord(sign)
        return found

    def first(self, chosen: Array, most: int, *, latest: bool = False) -> list[Day]:
        """Some of the dates by their day, those of one day always in the same order.

        Args:
            chosen: which come into question.
            most: how many at most.
            latest: whether the latest come first.
        """
        rows = np.flatnonzero(chosen)
        on, owners = self.on[rows], self.read.owners[rows]
        order = np.lexsort((self.read.places[rows], self._ranks[owners], -on if latest else on))
        return self._days(rows[order[:most]])

    def _days(self, rows: Array) -> list[Day]:
        columns = (self.on[rows], self.read.owners[rows], self.read.places[rows])
        found = zip(*(column.tolist() for column in columns), strict=True)
        return [Day(on, self.cases[owner], place) for on, owner, place in found]


def of_desk(actor: Actor) -> Shelf:
    """The running dates of the desk that somebody works at.

    Args:
        actor: who looks; a rule was asked already.
    """
    mine, of_others = keeping.restricted_cases(actor.desk)
    cases: list[UUID] = []
    texts: list[str] = []
    stamps, refused = [], 0
    for case_id, stamp, sealed in _rows(actor, of_others):
        if stamp is not None:
            stamps.append(stamp)
        if case_id in mine:
            continue
        try:
            text = days.checked(actor.desk.open(sealing.DAYS, case_id, sealed))
        except Refused:
            refused += 1
            continue
        cases.append(case_id)
        texts.append(text)
        refused += not days.counted_with(text, stamp)
    own, closed = lines_of_own(actor, mine)
    texts += [_text(lines) for lines in own.values()]
    return Shelf([*cases, *own], days.columns(texts), own, refused + closed, stamps)


def _rows(actor: Actor, hidden: Iterable[UUID]) -> Sequence[Any]:
    # Columns of the tables themselves: through the classes the same rows take three times as long.
    cases, dates = Case.__table__.c, CaseDates.__table__.c
    open_cases = (
        select(cases.id, dates.stamp, dates.days)
        .select_from(Case.__table__.outerjoin(CaseDates.__table__, dates.case_id == cases.id))
        .where(cases.desk_id == actor.desk_id, cases.status != CLOSED, cases.id.not_in(hidden))
    )
    return db.session.execute(open_cases).all()


def lines_of_own(actor: Actor, mine: Iterable[UUID]) -> tuple[dict[UUID, Lines], int]:
    """The lines of restricted cases that somebody is named in, and how many do not open: nobody else can open them.

    Args:
        actor: who looks.
        mine: those cases.
    """
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


def _text(lines: Lines) -> str:
    """The days of lines as the text that other cases have."""
    said = (
        line["due_on"].replace("-", "") + days.sign(Sort(line["sort"]), moved=line["moved"]) for line in lines
    )
    return days.headed("".join(said))
