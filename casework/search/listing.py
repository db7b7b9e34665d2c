"""Lists of cases: filtered, sorted and cut into pages over the columns, with only the shown cards made."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from casework.search import joined
from casework.search.card import Card
from casework.search.columns import CODE_LISTS, CODES, DAYS, MONEY, NO_MONEY, NOBODY, USERS
from casework.search.filters import Filters, fitting
from casework.search.opened import Problem
from casework.search.pack import Pack
from casework.search.ragged import Array

__all__ = ["SORTS", "Filters", "Page", "Sort", "page_of"]

#: Everything that a list may be sorted by.
SORTS = ("called", "ref", *CODES, *CODE_LISTS, *USERS, *DAYS, *MONEY)


@dataclass(frozen=True)
class Sort:
    """How a list is sorted.

    Attributes:
        key: one of `SORTS`.
        descending: the greatest first. What is unknown comes last either way.
        order: for a code, the order of its list (risk: emergency, high, …). Of several, the first counts.
        people: for a worker, all of them in the order of their names.
    """

    key: str = "changed"
    descending: bool = True
    order: tuple[str, ...] = ()
    people: tuple[UUID, ...] = ()


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
    rows = np.flatnonzero(joined.as_one(pack, pack.newest & fitting(pack, filters)))
    pages = max(1, -(-len(rows) // size))
    number = min(max(number, 1), pages)
    shown = joined.of_people(pack)
    ordered = rows[_order(shown, rows, sort)][(number - 1) * size : number * size]
    return Page(tuple(shown.cards(ordered.tolist())), len(rows), number, pages)


def _order(pack: Pack, rows: Array, sort: Sort) -> Array:
    """The order of some rows. References break ties, so that a page never shows a case of another."""
    if sort.key not in SORTS:
        raise ValueError(f"no list is sorted by {sort.key}")
    values, unknown = _values(pack, rows, sort)
    references = np.frombuffer(pack.index.refs[rows].tobytes(), ">u8")
    return np.lexsort((references, -values if sort.descending else values, unknown))


def _values(pack: Pack, rows: Array, sort: Sort) -> tuple[Array, Array]:
    """For each row a number to sort by, and whether there is nothing to sort by."""
    if sort.key in DAYS or sort.key in MONEY:
        numbers = pack.number(sort.key)[rows].astype(np.int64)
        return numbers, numbers == (0 if sort.key in DAYS else NO_MONEY)
    if sort.key == "ref":
        return np.frombuffer(pack.index.refs[rows].tobytes(), ">u8").astype("i8"), np.zeros(len(rows), bool)
    if sort.key == "called":
        return _names(pack, rows)
    ranks, unknown = _coded(pack, sort)
    return ranks[rows], unknown[rows]


def _coded(pack: Pack, sort: Sort) -> tuple[Array, Array]:
    """The same for what is kept as a code or as an id, of all rows."""
    order = [code.encode() for code in sort.order]
    if sort.key in USERS:
        people = [user.bytes for user in sort.people]
        return pack.people.ranks(sort.key, people), pack.people.among(sort.key, {NOBODY})
    if sort.key in CODE_LISTS:
        return pack.codes.first_ranks(sort.key, order), pack.codes.lists[sort.key].counts == 0
    return pack.codes.ranks(sort.key, order), pack.codes.among(sort.key, {b""})


def _names(pack: Pack, rows: Array) -> tuple[Array, Array]:
    names = [name.casefold() for name in pack.index.names.called(rows)]
    places = {name: place for place, name in enumerate(sorted(set(names)))}
    ranks = np.fromiter((places[name] for name in names), np.int64, len(names))
    return ranks, np.array([not name for name in names], bool)
