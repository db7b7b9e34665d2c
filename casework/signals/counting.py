"""Who is named in whose cases, counted from the cards of a desk. Pure arithmetic: nothing is read or kept here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from casework.cases.cards import LINKED, TRENDS
from casework.search.joined import leaders
from casework.search.pack import Pack
from casework.search.ragged import Array

#: What somebody agrees to who may be counted for other desks, as cards carry it.
_AGREED = (TRENDS, LINKED)
_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Named:
    """One entry of the register in one case.

    Attributes:
        respondent: of the register, as the case names it.
        case_id: the case.
        person: the case that stands for the person, where several of theirs were joined.
        opened: the day of the case.
        agreed: whether they may be counted for other desks.
    """

    respondent: UUID
    case_id: UUID
    person: UUID
    opened: date
    agreed: bool


def named(pack: Pack, today: date) -> list[Named]:
    """Every entry of every case, without the restricted ones: those are in no count of anybody.

    Args:
        pack: the cards of a desk.
        today: an agreement that ended before does not count.
    """
    first = leaders(pack)
    closed_off = _flagged(pack, lambda code: code == b"restricted")
    agreed = _flagged(pack, lambda code: _holds(code, today))
    rows = np.flatnonzero(pack.newest & ~closed_off)
    found = pack.cards(rows.tolist())
    return [
        Named(one, card.case_id, pack.case_id(first.get(row, row)), card.opened, bool(agreed[row]))
        for row, card in zip(rows.tolist(), found, strict=True)
        for one in card.respondents
        if one != _NOBODY
    ]


def _flagged(pack: Pack, fits: Callable[[bytes], bool]) -> Array:
    """Which cards carry a flag that fits."""
    flags = pack.codes.lists["flags"]
    marked = np.array([fits(code) for code in pack.codes.table.tolist()], bool)
    rows: Array = flags.where(marked[flags.flat])
    return rows


def _holds(code: bytes, today: date) -> bool:
    return any(
        code.startswith(one.encode()) and code[len(one) :] >= today.isoformat().encode() for one in _AGREED
    )


def persons(rows: Iterable[Named]) -> Mapping[UUID, frozenset[UUID]]:
    """How many different people each entry was named by."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for one in rows:
        found[one.respondent].add(one.person)
    return {key: frozenset(people) for key, people in found.items()}
