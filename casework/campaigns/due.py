"""What is due in a campaign: demands, answers, checks, consents, reports. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from casework import codes
from casework.teams.records import Book, Item


@dataclass(frozen=True)
class Due:
    """One thing that somebody has to look at by a day.

    Attributes:
        day: by when.
        what: why: `demand`, `planned`, `answer`, `check`, `consent`, `withdrawn`, `report`, `review`, `story`.
        item: which; None for the campaign itself.
        title: of the item, or the key of its code, as `titled` says.
        titled: the list that the title is a code of; empty for words of theirs.
    """

    day: date
    what: str
    item: UUID | None
    title: str
    titled: str = ""


def day_of(told: Mapping[str, Any], key: str) -> date | None:
    """A day among answers; None where there is none, or only words."""
    found = (told.get(key) or {}).get("date")
    return date.fromisoformat(found) if found else None


def dues(book: Book) -> list[Due]:
    """What is due, the earliest first; what lies in the past was not done yet."""
    found = [one for item in book.items if not item.struck for one in _of_item(book, item)]
    if day := day_of(book.told, "review"):
        found.append(Due(day, "review", None, str(book.told["name"])))
    found += _reports(book)
    return sorted(found, key=lambda one: (one.day, one.what, one.title))


def answer_by(item: Item) -> date | None:
    """Until when an action waits for an answer: as it was written down, else counted from the ladder."""
    if item.told.get("state") != "done":
        return None
    said, on = day_of(item.told, "answer_by"), day_of(item.told, "on")
    days = int(codes.load("campaign_actions").fact(item.told["rung"], "days", 0))
    return said or (on + timedelta(days=days) if on and days else None)


def _of_item(book: Book, item: Item) -> Iterator[Due]:
    asked = _ASKED.get(item.sort)
    if asked is not None:
        yield from asked(book, item)


def _demand(_book: Book, item: Item) -> Iterator[Due]:
    if (day := day_of(item.told, "until")) and item.told.get("state") not in ("met", "given_up"):
        yield Due(day, "demand", item.id, item.told["what"])


def _action(book: Book, item: Item) -> Iterator[Due]:
    rung = item.told["rung"]
    if item.told.get("state") == "planned" and (day := day_of(item.told, "on")):
        yield Due(day, "planned", item.id, rung, "campaign_actions")
    answered = any(one.of == item.id for one in book.of_sort("reply"))
    if not answered and (day := answer_by(item)):
        yield Due(day, "answer", item.id, rung, "campaign_actions")


def _check(book: Book, item: Item) -> Iterator[Due]:
    if not item.told.get("result") and (day := day_of(item.told, "due")):
        of = book.item(item.of)
        yield Due(day, "check", item.id, of.told["what"] if of else "")


def _spokesperson(_book: Book, item: Item) -> Iterator[Due]:
    gone = day_of(item.told, "withdrew_on")
    day = gone or day_of(item.told, "ends")
    if day is not None and not (gone and day_of(item.told, "settled_on")):
        yield Due(day, "withdrawn" if gone else "consent", item.id, item.told["called"])


def _reports(book: Book) -> Iterator[Due]:
    """Those affected are told of every result; one report after it is enough for several."""
    told = [day for one in book.of_sort("report") if (day := day_of(one.told, "on"))]
    for item in book.of_sort("outcome"):
        day = day_of(item.told, "on")
        if day and not any(one >= day for one in told):
            yield Due(day, "report", item.id, item.told["sort"], "outcome_sorts")


_ASKED = {"demand": _demand, "action": _action, "check": _check, "spokesperson": _spokesperson}
