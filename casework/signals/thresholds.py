"""When it is a signal: data in `config/signals.toml`, read once."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from casework import clock, codes

_FILE = codes.DIRECTORY.parent / "signals.toml"


@dataclass(frozen=True)
class Threshold:
    """When several cases make a signal.

    Attributes:
        persons: of the own desk; so many or more.
        desks: that know the name, the own one among them; so many or more.
        months: within which the cases were opened.
    """

    persons: int
    desks: int
    months: int


@dataclass(frozen=True)
class Across:
    """What other desks learn.

    Attributes:
        many: persons from which on it is "3 or more".
        together: persons that came or went before what others read changes.
        weeks: for which it is believed.
        most: names at most.
    """

    many: int
    together: int
    weeks: int
    most: int


@cache
def _table() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def of(kinds: Collection[str]) -> Threshold:
    """The threshold for an entry of some kinds.

    Raises:
        codes.Broken: the file has none for everybody.
    """
    for one in _table()["threshold"]:
        if not one["kinds"] or set(one["kinds"]) & set(kinds):
            return Threshold(one["persons"], one["desks"], one["months"])
    raise codes.Broken(f"{_FILE.name}: add a threshold without kinds")


def longest_months() -> int:
    """The months of the threshold that looks back furthest."""
    return max(int(one["months"]) for one in _table()["threshold"])


def across() -> Across:
    """What other desks learn."""
    return Across(**_table()["across"])


def longest_snooze() -> int:
    """Days for which a signal can be put aside."""
    return int(_table()["snooze"]["longest"])


def least_there() -> int:
    """People who work or live at a place, below which it is not named to campaign teams."""
    return int(_table()["shared"]["least_there"])


def since(months: int) -> date:
    """The first day of a span that ends today."""
    today = clock.today()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    # The last day that the month has, where it is a shorter one.
    return min(date(year, month + 1, 1) + timedelta(days=today.day - 1), _last(year, month + 1))


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
