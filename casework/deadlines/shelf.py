"""Every running date of a desk by its day: thousands of short texts, opened one by one and read all together.

Only the days are opened here, never a case; but for the restricted cases of whoever is named in them, which show
the desk nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import String, select, type_coerce

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
        cases: whose dates these are: an id each, as two numbers.
        read: days and signs, and which of the cases each belongs to.
        own: lines of restricted cases that this person is named in; their days are among the others.
        refused: how many cases do not show theirs.
        stamps: of each case that has dates: which rules and marks they were counted with.
    """

    cases: Array
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
        found: Array = np.argsort(np.argsort(self.cases[:, 0]))
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
        return [Day(on, self._case(owner), place) for on, owner, place in found]

    def _case(self, owner: int) -> UUID:
        return UUID(bytes=self.cases[owner].astype(">u8").tobytes())


def of_desk(actor: Actor) -> Shelf:
    """The running dates of the desk that somebody works at.

    Args:
        actor: who looks; a rule was asked already.
    """
    mine, of_others = keeping.restricted_cases(actor.desk)
    ids, stamps, sealed = _stored(actor, of_others)
    hidden = {one.bytes for one in mine}
    shown = (
        [None if case in hidden else one for case, one in zip(ids, sealed, strict=True)] if hidden else sealed
    )
    opened = [one for one in actor.desk.open_letters(sealing.DAYS, ids, shown) if days.readable(one.table)]
    own, refused = lines_of_own(actor, mine)
    refused += len(ids) - len(hidden.intersection(ids))
    for rows, table in opened:
        # What opens and says of itself another state than its row is shown, and counted among what is amiss.
        refused -= int(days.counted_with(table, [stamps[row] or b"" for row in rows.tolist()]).sum())
    order = [ids[row] for rows, _ in opened for row in rows.tolist()]
    return Shelf(
        cases=_numbers([*order, *(case.bytes for case in own)]),
        read=days.columns([*(table for _, table in opened), *(_letters(lines) for lines in own.values())]),
        own=own,
        refused=refused,
        stamps=[stamp for stamp in stamps if stamp is not None],
    )


def _numbers(ids: Sequence[bytes]) -> Array:
    """Ids of 16 bytes as two numbers each."""
    return np.frombuffer(b"".join(ids), ">u8").reshape(-1, 2).astype("u8")


def _stored(
    actor: Actor, hidden: Iterable[UUID]
) -> tuple[list[bytes], list[bytes | None], list[bytes | None]]:
    """Of each open case its id as 16 bytes, the state that its dates were counted with, and its sealed days."""
    # Columns of the tables themselves: through the classes the same rows take three times as long. Ids come as the
    # database has them: to make an object of each takes longer than to open what is sealed to it.
    cases, dates = Case.__table__.c, CaseDates.__table__.c
    open_cases = (
        select(type_coerce(cases.id, String), dates.stamp, dates.days)
        .select_from(Case.__table__.outerjoin(CaseDates.__table__, dates.case_id == cases.id))
        .where(cases.desk_id == actor.desk_id, cases.status != CLOSED, cases.id.not_in(hidden))
    )
    found = db.session.execute(open_cases).all()
    ids, stamps, sealed = zip(*found, strict=True) if found else ((), (), ())
    return _bytes(ids), list(stamps), list(sealed)


def _bytes(ids: Sequence[Any]) -> list[bytes]:
    """Ids as 16 bytes each: SQLite keeps them in letters, PostgreSQL hands them over as they are."""
    in_letters = bool(ids) and isinstance(ids[0], str)
    return list(map(bytes.fromhex, ids)) if in_letters else [one.bytes for one in ids]


def lines_of_own(actor: Actor, mine: Collection[UUID]) -> tuple[dict[UUID, Lines], int]:
    """The lines of restricted cases that somebody is named in, and how many do not open: nobody else can open them.

    Args:
        actor: who looks.
        mine: those cases.
    """
    if not mine:
        return {}, 0
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


def _letters(lines: Lines) -> Array:
    """The days of lines as those of other cases."""
    said = (
        line["due_on"].replace("-", "") + days.sign(Sort(line["sort"]), moved=line["moved"]) for line in lines
    )
    return days.letters("".join(said))
