"""Lists of cases: filtered, sorted and cut into pages over the columns, with only the shown cards made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from casework.search.card import Card
from casework.search.opened import Problem
from casework.search.pack import CODES, DAYS, MONEY, NO_MONEY, NOBODY, USERS, Pack, day_number
from casework.search.ragged import Array

#: Everything that a list may be sorted by.
SORTS = ("called", "ref", *CODES, *DAYS, *MONEY)


@dataclass(frozen=True)
class Filters:
    """What a list shows; an empty filter lets everything through.

    Attributes:
        kinds: main or other kind.
        risks, statuses, homes, hosts, sectors, outcomes, languages, flags: codes, any of them.
        users: who works on it, as primary or backup.
        respondents: any of them.
        unassigned: only cases that nobody works on.
        due, opened, changed: first and last day, either of them None for no limit.
        least_claimed: in minor units, with `currency`.
        currency: only money of this currency.
    """

    kinds: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    users: frozenset[UUID] = frozenset()
    respondents: frozenset[UUID] = frozenset()
    unassigned: bool = False
    due: tuple[date | None, date | None] = (None, None)
    opened: tuple[date | None, date | None] = (None, None)
    changed: tuple[date | None, date | None] = (None, None)
    least_claimed: int | None = None
    currency: str = ""


@dataclass(frozen=True)
class Sort:
    """How a list is sorted.

    Attributes:
        key: one of `SORTS`.
        descending: the greatest first. What is unknown comes last either way.
        order: for a code, the order of its list (risk: emergency, high, …).
    """

    key: str = "changed"
    descending: bool = True
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page of a list.

    Attributes:
        cards: what it shows.
        total: how many cases fit in all.
        number: of the page, from 1.
        pages: how many there are, 1 at least.
        problems, missing: as in `Opened`.
    """

    cards: tuple[Card, ...]
    total: int
    number: int
    pages: int
    problems: tuple[Problem, ...] = ()
    missing: tuple[UUID, ...] = ()


def page_of(pack: Pack, filters: Filters, sort: Sort, number: int = 1, size: int = 25) -> Page:
    """Filter, sort, and make the cards of one page.

    Args:
        pack: the cards of a desk.
        filters, sort: what is shown, and how.
        number: of the page; one beyond the last gives the last.
        size: cards a page.

    Raises:
        ValueError: the sort key is none.
    """
    rows = np.flatnonzero(pack.newest & fitting(pack, filters))
    pages = max(1, -(-len(rows) // size))
    number = min(max(number, 1), pages)
    ordered = rows[_order(pack, rows, sort)][(number - 1) * size : number * size]
    return Page(tuple(pack.cards(ordered.tolist())), len(rows), number, pages)


#: The filters by code, and the columns that each looks at.
_BY_CODE = {
    "kinds": ("kind", "other_kinds"),
    "risks": ("risk",),
    "statuses": ("status",),
    "homes": ("home",),
    "hosts": ("host",),
    "sectors": ("sector",),
    "outcomes": ("outcome",),
    "languages": ("languages",),
    "flags": ("flags",),
}


def fitting(pack: Pack, filters: Filters) -> Array:
    """Which cards get through all filters."""
    through = [np.ones(len(pack), bool)]
    for name, columns in _BY_CODE.items():
        if wanted := {code.encode() for code in getattr(filters, name)}:
            through.append(_any(pack.codes.among(column, wanted) for column in columns))
    if users := {user.bytes for user in filters.users}:
        through.append(_any(pack.people.among(name, users) for name in USERS))
    if respondents := {one.bytes for one in filters.respondents}:
        through.append(pack.people.among("respondents", respondents))
    if filters.unassigned:
        through += [pack.people.among(name, {NOBODY}) for name in USERS]
    through += [_between(pack.number(name), *getattr(filters, name)) for name in DAYS]
    fits: Array = np.logical_and.reduce([*through, *_money(pack, filters)])
    return fits


def _any(truths: Iterable[Array]) -> Array:
    either: Array = np.logical_or.reduce(list(truths))
    return either


def _between(column: Array, first: date | None, last: date | None) -> Array:
    if first is None and last is None:
        return np.ones(len(column), bool)
    known = column > 0
    within: Array = (column >= day_number(first)) & (column <= (day_number(last) if last else column))
    return known & within


def _money(pack: Pack, filters: Filters) -> list[Array]:
    found = []
    if filters.currency:
        found.append(pack.codes.among("currency", {filters.currency.encode()}))
    if filters.least_claimed is not None:
        found.append(pack.number("claimed") >= filters.least_claimed)
    return found


def _order(pack: Pack, rows: Array, sort: Sort) -> Array:
    """The order of some rows. References break ties, so that a page never shows a case of another."""
    if sort.key not in SORTS:
        raise ValueError(f"no list is sorted by {sort.key}")
    values, unknown = _values(pack, rows, sort)
    references = np.frombuffer(pack.index.refs[rows].tobytes(), ">u8")
    return np.lexsort((references, -values if sort.descending else values, unknown))


def _values(pack: Pack, rows: Array, sort: Sort) -> tuple[Array, Array]:
    """For each row a number to sort by, and whether there is nothing to sort by."""
    if sort.key in CODES:
        ranks = pack.codes.ranks(sort.key, [code.encode() for code in sort.order])[rows]
        return ranks, pack.codes.among(sort.key, {b""})[rows]
    if sort.key in DAYS:
        days = pack.number(sort.key)[rows].astype(np.int64)
        return days, days == 0
    if sort.key in MONEY:
        amounts = pack.number(sort.key)[rows].astype(np.int64)
        return amounts, amounts == NO_MONEY
    if sort.key == "ref":
        return np.frombuffer(pack.index.refs[rows].tobytes(), ">u8").astype("i8"), np.zeros(len(rows), bool)
    names = [name.casefold() for name in pack.index.names.called(rows)]
    places = {name: place for place, name in enumerate(sorted(set(names)))}
    ranks = np.fromiter((places[name] for name in names), np.int64, len(names))
    return ranks, np.array([not name for name in names], bool)
