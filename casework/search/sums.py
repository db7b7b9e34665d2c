"""How far the money of a desk's cases came, added from their cards: each stage for itself, each currency for itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from casework.search.columns import MONEY, NO_MONEY
from casework.search.filters import Filters, fitting
from casework.search.pack import Pack


@dataclass(frozen=True)
class Sums:
    """The sums of some cases in one currency.

    Attributes:
        currency: its code.
        status: where these cases stand; empty for all of them together.
        cases: how many they are.
        stages: sums in minor units by `claimed`, `documented`, `awarded` and `paid`; None where no case has any.
    """

    currency: str
    status: str
    cases: int
    stages: Mapping[str, int | None]


def sums_of(pack: Pack, filters: Filters) -> tuple[Sums, ...]:
    """The sums of all cases that get through filters: by currency, then by where they stand.

    Args:
        pack: the cards of a desk.
        filters: which cases are added.
    """
    rows = np.flatnonzero(pack.newest & fitting(pack, filters))
    currencies = pack.codes.values("currency", rows)
    statuses = pack.codes.values("status", rows)
    columns = {name: pack.number(name)[rows].tolist() for name in MONEY}
    groups: dict[tuple[str, str], list[int]] = {}
    for place, (currency, status) in enumerate(zip(currencies, statuses, strict=True)):
        if currency:
            for key in ((currency.decode(), ""), (currency.decode(), status.decode())):
                groups.setdefault(key, []).append(place)
    return tuple(
        Sums(currency, status, len(places), {name: _sum(columns[name], places) for name in MONEY})
        for (currency, status), places in sorted(groups.items())
    )


def _sum(column: list[int], places: list[int]) -> int | None:
    """Added as Python's whole numbers: they do not run over, however large the desk is."""
    known = [column[place] for place in places if column[place] != NO_MONEY]
    return sum(known) if known else None
