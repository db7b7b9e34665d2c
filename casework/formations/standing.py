"""How a formation stands: forming below three organisations, formed at three, back when one leaves. Pure.

Source: primer of All Workers United: a local formation is started by at least three workers' and migrants'
organisations, associations or trade unions; a small core group leads it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.teams.records import Book, Item

#: So many organisations make a formation.
ENOUGH = 3


@dataclass(frozen=True)
class Standing:
    """How a formation stands on a day.

    Attributes:
        council: organisations that belong to it now.
        state: `forming`, `formed`, or `back`: it was formed, and is below three again.
        left: who left last and on which day, where that made it fall back.
        seats: of the core group whose term runs.
        composed: how many organisations and seats say that they are of workers, migrants, women.
        functions: how many deeds served each function.
    """

    council: tuple[Item, ...]
    state: str
    left: tuple[Item, date] | None
    seats: tuple[Item, ...]
    composed: Counter[str]
    functions: Counter[str]


def day_of(told: Mapping[str, Any], key: str) -> date | None:
    """A day among answers."""
    found = (told.get(key) or {}).get("date")
    return date.fromisoformat(found) if found else None


def standing(book: Book, formation: Item, today: date) -> Standing:
    """How a formation stands.

    Args:
        book: the directory.
        formation: which.
        today: the day that is meant.
    """
    mine = [one for one in book.items if one.of == formation.id and not one.struck]
    members = [one for one in mine if one.sort == "member"]
    council = _organisations(book, members, today)
    seats = tuple(one for one in mine if one.sort == "seat" and _runs(one, today))
    last = _fell_back(book, members, today) if len(council) < ENOUGH else None
    state = "formed" if len(council) >= ENOUGH else "back" if last else "forming"
    composed = Counter(code for one in (*council, *seats) for code in one.told.get("composed", ()))
    deeds = (one for one in mine if one.sort == "deed")
    functions = Counter(code for one in deeds for code in one.told["functions"])
    return Standing(council, state, last, seats, composed, functions)


def _organisations(book: Book, members: Iterable[Item], today: date) -> tuple[Item, ...]:
    """Each organisation once, and only those that the directory still has."""
    ids = {UUID(one.told["organisation"]) for one in members if _belongs(one, today)}
    return tuple(one for one in book.of_sort("organisation") if one.id in ids)


def _belongs(member: Item, today: date) -> bool:
    since, left = day_of(member.told, "since"), day_of(member.told, "left_on")
    return (since is None or since <= today) and (left is None or left > today)


def _runs(seat: Item, today: date) -> bool:
    since, ends = day_of(seat.told, "since"), day_of(seat.told, "ends")
    return (since is None or since <= today) and (ends is None or ends >= today)


def _fell_back(book: Book, members: list[Item], today: date) -> tuple[Item, date] | None:
    """The last organisation whose leaving brought it from three to fewer."""
    gone = [(left, one) for one in members if (left := day_of(one.told, "left_on")) and left <= today]
    for left, one in sorted(gone, key=lambda pair: (pair[0], pair[1].id), reverse=True):
        before = [each for each in members if each.id == one.id or _belongs(each, left)]
        there = {each.told["organisation"] for each in before}
        if len(there) >= ENOUGH and (found := book.item(UUID(one.told["organisation"]))):
            return found, left
    return None
