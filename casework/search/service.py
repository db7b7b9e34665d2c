"""Cards kept, found and listed: the search room's front door. Nothing here commits.

Restricted cases have no card. `desk_lists` ties the cards to what happens to cases, and asks the rules.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from casework.search import joined
from casework.search.card import Card
from casework.search.erasing import drop, rebuild, take_out
from casework.search.listing import Filters, Page, Sort, page_of
from casework.search.match import Reason
from casework.search.opened import Opened, Problem, Trouble, erased_blocks, open_cards
from casework.search.writing import compact, put, reseal
from casework.vault import DeskKeys

__all__ = [
    "Card",
    "Filters",
    "Found",
    "Hit",
    "Opened",
    "Page",
    "Problem",
    "Reason",
    "Sort",
    "Trouble",
    "compact",
    "drop",
    "erased_blocks",
    "find",
    "find_in",
    "list_in",
    "listing",
    "open_cards",
    "put",
    "rebuild",
    "reseal",
    "take_out",
]

_BEST = 25


@dataclass(frozen=True)
class Hit:
    """A case that was found.

    Attributes:
        card: its card.
        score: from 0 to 1.
        reason: why it was found.
    """

    card: Card
    score: float
    reason: Reason


@dataclass(frozen=True)
class Found:
    """What a search found: the best first. It is read like a list of hits.

    Attributes:
        hits: what was found.
        more: whether there may be others.
        problems, missing: as in `Opened`.
    """

    hits: tuple[Hit, ...]
    more: bool
    problems: tuple[Problem, ...]
    missing: tuple[UUID, ...]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)


def find(desk: DeskKeys, query: str, may_see: Callable[[UUID], bool]) -> Found:
    """Find cases by a name, the end of a number or a reference.

    Args:
        desk: the desk's keys.
        query: whatever somebody remembers, in any script and digits.
        may_see: whether the one who asks may see a case.
    """
    return find_in(open_cards(desk), query, may_see)


def find_in(opened: Opened, query: str, may_see: Callable[[UUID], bool]) -> Found:
    """The same among cards that are open already."""
    pack = opened.pack
    matches = pack.index.find(query, 2 * _BEST)
    seen = [m for m in matches if pack.newest[m.place] and may_see(pack.case_id(m.place))]
    seen = joined.lead(pack, seen)
    best = seen[:_BEST]
    cards = joined.of_people(pack).cards([match.place for match in best])
    hits = tuple(Hit(card, m.score, m.reason) for card, m in zip(cards, best, strict=True))
    return Found(hits, len(seen) > _BEST, opened.problems, opened.missing)


def listing(desk: DeskKeys, filters: Filters, sort: Sort, page: int = 1, size: int = 25) -> Page:
    """One page of the desk's cases.

    Args:
        desk: the desk's keys.
        filters, sort: what it shows, and how.
        page: its number, from 1.
        size: cards a page.
    """
    return list_in(open_cards(desk), filters, sort, page, size)


def list_in(opened: Opened, filters: Filters, sort: Sort, page: int = 1, size: int = 25) -> Page:
    """The same of cards that are open already."""
    shown = page_of(opened.pack, filters, sort, page, size)
    return replace(shown, problems=opened.problems, missing=opened.missing)
