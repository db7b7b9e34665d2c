"""Exact figures over the cases that somebody may open, counted from their cards. Internal: they are not anonymous.

What campaigns and the public see are releases, never these: one new case between two looks tells what it was.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from casework.cases import profile
from casework.cases.changing import CLOSED
from casework.cases.counted import DATES, HELPED
from casework.search.columns import day_number
from casework.search.filters import Filters, agreed, fitting
from casework.search.pack import Pack
from casework.search.ragged import Array

#: What is counted, and the columns that make one line of it.
TABLES: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "corridor": ("home", "host"),
    "sector": ("sector",),
    "status": ("status",),
    "risk": ("risk",),
    "outcome": ("outcome",),
}
#: Cases that still run, by how many days ago they were opened: up to a week, a month, a quarter, a year.
AGES = (7, 30, 90, 365)
#: The quarters that are shown, with this one.
QUARTERS = 8
_MONTHS = 3
#: The question that says why somebody left.
_LEFT = "left_because"

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """What the cards of some cases add up to.

    Attributes:
        cases: how many they are.
        running: those that are not closed.
        late: of these, those whose next date has passed.
        unassigned: of these, those that nobody works on.
        tables: for each of `TABLES` how many cases have which codes; an empty code is one that is not known.
            Risk is counted of the cases that run, outcome of the others.
        ages: of the cases that run, one number for each of `AGES`, and one for what is older.
        quarters: the first day of each of the last quarters, the oldest first, with its new cases by main kind.
        kept, missed: closed cases with a legal date, by whether every date was kept.
        helped: in the middle of the closed cases, days from the opening to the first help; None where nobody knows.
        left: why people left, by code, the most first: of those whose agreement to say it holds; who gave two reasons is in two lines.
        left_said: how many people gave any.
        lacking: whether cards are lost, so that there are more cases than were counted.
    """

    cases: int
    running: int
    late: int
    unassigned: int
    tables: Mapping[str, Mapping[Codes, int]]
    ages: tuple[int, ...]
    quarters: tuple[tuple[date, Mapping[str, int]], ...]
    kept: int = 0
    missed: int = 0
    helped: int | None = None
    left: Mapping[str, int] = field(default_factory=dict)
    left_said: int = 0
    lacking: bool = False


def figures_of(pack: Pack, filters: Filters, today: date) -> Figures:
    """Count the cases that get through filters.

    Args:
        pack: the cards that somebody may see.
        filters: which of their cases are counted.
        today: ages are counted to this day, and quarters end with its own.
    """
    rows = np.flatnonzero(pack.newest & fitting(pack, filters))
    closed = pack.codes.among("status", {CLOSED.encode()})[rows]
    running = rows[~closed]
    of = {"risk": running, "outcome": rows[closed]}
    due = pack.number("due")[running]
    left, left_said = _reasons(pack, rows)
    free = np.isin(running, np.flatnonzero(fitting(pack, Filters(unassigned=True))))
    return Figures(
        cases=len(rows),
        running=len(running),
        late=int(((due > 0) & (due < day_number(today))).sum()),
        unassigned=int(free.sum()),
        tables={name: _tally(pack, columns, of.get(name, rows)) for name, columns in TABLES.items()},
        ages=_ages(day_number(today) - pack.number("opened")[running].astype(np.int64)),
        quarters=_quarters(pack, rows, today),
        kept=int(pack.codes.among("profile", {f"{DATES}met".encode()})[rows].sum()),
        missed=int(pack.codes.among("profile", {f"{DATES}missed".encode()})[rows].sum()),
        helped=_middle(_numbers(pack, HELPED, rows)),
        left=left,
        left_said=left_said,
    )


def _reasons(pack: Pack, rows: Array) -> tuple[dict[str, int], int]:
    """Why the people of some rows left, and how many of them said it; nobody whose agreement has ended."""
    telling = rows[agreed(pack, profile.AGREED)[rows]]
    lead = profile.code(_LEFT, "")
    named = {code.decode() for code in pack.codes.table.tolist() if code.startswith(lead.encode())}
    of_each = {code: pack.codes.among("profile", {code.encode()})[telling] for code in sorted(named)}
    found = {code.removeprefix(lead): int(of.sum()) for code, of in of_each.items() if of.any()}
    said = int(np.logical_or.reduce(list(of_each.values())).sum()) if of_each else 0
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))), said


def _numbers(pack: Pack, lead: str, rows: Array) -> list[int]:
    """The numbers behind a lead among the codes of some rows."""
    told = {
        place: int(code[len(lead) :])
        for place, code in enumerate(pack.codes.table.tolist())
        if code.startswith(lead.encode())
    }
    column = pack.codes.lists["profile"]
    wanted = np.zeros(len(column), bool)
    wanted[rows] = True
    found = column.flat[np.repeat(wanted, column.counts)].tolist()
    return sorted(told[place] for place in found if place in told)


def _middle(numbers: Sequence[int]) -> int | None:
    return numbers[(len(numbers) - 1) // 2] if numbers else None


def _tally(pack: Pack, columns: Sequence[str], rows: Array) -> dict[Codes, int]:
    """How many of some rows have which codes, the most first."""
    places = np.stack([pack.codes.column(name)[rows] for name in columns])
    found: Counter[Codes] = Counter()
    for line, count in zip(*_each(places), strict=True):
        found[tuple(pack.codes.table[place].decode() for place in line)] += count
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _each(columns: Array) -> tuple[list[list[int]], list[int]]:
    """Every column of an array once, and how often it is there."""
    if not columns.shape[1]:
        return [], []
    found, counts = np.unique(columns, axis=1, return_counts=True)
    return found.T.tolist(), counts.tolist()


def _ages(days: Array) -> tuple[int, ...]:
    places = np.searchsorted(np.array(AGES), days)
    counts: list[int] = np.bincount(places, minlength=len(AGES) + 1).tolist()
    return tuple(counts)


def _quarters(pack: Pack, rows: Array, today: date) -> tuple[tuple[date, Mapping[str, int]], ...]:
    """New cases of each quarter by main kind; a quarter without any stands there as well."""
    firsts = _firsts(today)
    opened = pack.number("opened")[rows].astype(np.int64)
    within = rows[opened >= day_number(firsts[0])]
    starts = np.array([day_number(first) for first in firsts])
    which = np.searchsorted(starts, pack.number("opened")[within].astype(np.int64), side="right") - 1
    found: list[Counter[str]] = [Counter() for _ in firsts]
    for (quarter, kind), count in zip(
        *_each(np.stack([which, pack.codes.column("kind")[within]])), strict=True
    ):
        found[quarter][pack.codes.table[kind].decode()] += count
    return tuple(zip(firsts, found, strict=True))


def _firsts(today: date) -> list[date]:
    """The first days of the last quarters, the oldest first."""
    last = today.year * 4 + (today.month - 1) // _MONTHS
    return [date(one // 4, one % 4 * _MONTHS + 1, 1) for one in range(last - QUARTERS + 1, last + 1)]
