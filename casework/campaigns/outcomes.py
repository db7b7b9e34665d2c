"""What was won, counted: paid before awarded, awarded before claimed. Pure arithmetic over minor units.

Source: casework practice §4 (h): an award is no win while nobody was paid; the three are never added to each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from casework.campaigns.sorts import FEW
from casework.teams.records import Item

#: In the order in which they are said.
BASES = ("paid", "awarded", "claimed")


@dataclass(frozen=True)
class Sum:
    """Money of one currency.

    Attributes:
        currency: ISO 4217.
        paid, awarded, claimed: in minor units.
    """

    currency: str
    paid: int
    awarded: int
    claimed: int


@dataclass(frozen=True)
class People:
    """How many people something was won for.

    Attributes:
        sort: of the list `outcome_sorts`.
        count: at least so many.
        exactly: whether it is the exact number.
    """

    sort: str
    count: int
    exactly: bool


@dataclass(frozen=True)
class Won:
    """What a campaign has won.

    Attributes:
        sums: a line a currency, most paid first within none: by currency.
        people: a line a sort, where anybody was counted.
        other: how often each sort was won without a number, such as a rule that changed.
    """

    sums: tuple[Sum, ...] = ()
    people: tuple[People, ...] = ()
    other: dict[str, int] = field(default_factory=dict)


def won(items: Iterable[Item]) -> Won:
    """Count outcomes.

    Args:
        items: of the sort `outcome`; those that are struck out are left out by the caller.
    """
    money: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(BASES, 0))
    people: dict[str, list[Item]] = defaultdict(list)
    other: dict[str, int] = defaultdict(int)
    for item in items:
        for basis in BASES:
            if said := item.told.get(basis):
                money[said["currency"]][basis] += said["minor"]
        if item.told.get("count"):
            people[item.told["sort"]].append(item)
        elif item.told["sort"] != "money":
            other[item.told["sort"]] += 1
    sums = tuple(Sum(currency, **bases) for currency, bases in sorted(money.items()))
    return Won(sums, tuple(_people(sort, some) for sort, some in sorted(people.items())), dict(other))


def _people(sort: str, items: list[Item]) -> People:
    exact = all(item.told.get("counted") == "yes" for item in items)
    # The same three may stand behind several results of which nobody agreed to the number.
    known = sum(int(item.told["count"]) for item in items if item.told.get("counted") == "yes")
    return People(sort, known if exact else max(known, FEW), exact)
