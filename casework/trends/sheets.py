"""What a desk's return holds: the facts of a window, filled up so that its size says only a class of sizes."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from casework.cases.counted import AGE, CLOSED, COST, COUNTED, DATES, ENDED, GENDER, HELD, SIGNS
from casework.errors import Refused
from casework.search.card import Card
from casework.search.columns import day_number
from casework.search.pack import Pack
from casework.trends import dollars
from casework.trends.domains import RESPONDENT, band
from casework.trends.facts import ROW_SIZE, Facts, layout
from casework.trends.plans import CLOSING, LIFETIME, OPENING, Plan
from casework.trends.windows import Window

#: How a row is written, and how many of each part follow.
_head = struct.Struct(">32sII")
#: The smallest return holds so many rows; each class four times the one before.
_LEAST, _STEP = 64, 4
_SLACK = 1e-9


@dataclass(frozen=True)
class Sheet:
    """The facts of a desk in a window.

    Attributes:
        opening: of cases that opened in it.
        closing: of cases that closed in it for the first time.
    """

    opening: Facts
    closing: Facts

    def part(self, name: str) -> Facts:
        """The facts of one part of a plan."""
        return {OPENING: self.opening, CLOSING: self.closing}[name]

    def without_respondents(self) -> "Sheet":
        """The same; who is answerable is left out."""
        return Sheet(self.opening.without_respondents(), self.closing.without_respondents())

    def to_bytes(self) -> bytes:
        """Both, filled up with zeros to a class of sizes."""
        rows = len(self.opening) + len(self.closing)
        size = _LEAST
        while size < rows:
            size *= _STEP
        raw = self.opening.to_bytes() + self.closing.to_bytes()
        return _head.pack(layout(), len(self.opening), len(self.closing)) + raw.ljust(size * ROW_SIZE, b"\0")

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Sheet":
        """What `to_bytes` gave.

        Raises:
            Refused: it is none, or was made with other lists.
        """
        if len(raw) < _head.size:
            raise Refused
        written, opening, closing = _head.unpack_from(raw)
        middle = _head.size + opening * ROW_SIZE
        end = middle + closing * ROW_SIZE
        if written != layout() or end > len(raw) or any(raw[end:]):
            raise Refused
        return cls(Facts.from_bytes(raw[_head.size : middle]), Facts.from_bytes(raw[middle:end]))


def sheet(
    pack: Pack, plan: Plan, window: Window, others: Sequence[Window], costs: dict[str, float], today: date
) -> Sheet:
    """The facts of a desk's cards.

    Args:
        pack: the desk's own cards; restricted cases have none.
        plan: of the window.
        window: whose cases are counted.
        others: all windows of the network.
        costs: what the opening costs in each plan, by name.
        today: agreements hold on this day.
    """
    counted = [card for card in _near(pack, window) if _agreed(card, today)]
    opened = [card for card in counted if window.holds(card.opened)]
    closed = [card for card in counted if (day := _day(card, CLOSED)) and window.holds(day)]
    rest = LIFETIME - plan.parts[CLOSING].epsilon if CLOSING in plan.parts else 0.0
    spent = [one for one in others if costs.get(one.plan, LIFETIME) > rest + _SLACK]
    closed = [card for card in closed if not any(one.holds(card.opened) for one in spent)]
    return Sheet(
        Facts.of(map(_opening, opened)).shuffled(),
        Facts.of(map(_closing, closed if CLOSING in plan.parts else [])).shuffled(),
    )


def _near(pack: Pack, window: Window) -> list[Card]:
    """Cards that may be counted: opened by the end of the window, changed since it began."""
    rows = pack.newest & (pack.number("opened") <= day_number(window.last_on))
    rows &= pack.number("changed") >= day_number(window.first_on)
    return pack.cards(np.flatnonzero(rows).tolist())


def _agreed(card: Card, today: date) -> bool:
    until = _day(card, COUNTED)
    return until is not None and today <= until


def _said(card: Card, lead: str) -> str:
    return next((code.removeprefix(lead) for code in card.profile if code.startswith(lead)), "")


def _day(card: Card, lead: str) -> date | None:
    said = _said(card, lead)
    return date.fromisoformat(said) if said else None


def _opening(card: Card) -> dict[str, str | bytes]:
    who = {RESPONDENT: card.respondents[0].bytes} if card.respondents else {}
    return {
        "kind": card.kind,
        "home": card.home,
        "host": card.host,
        "sector": card.sector,
        "gender": _said(card, GENDER),
        "age": _said(card, AGE),
        **who,
    }


def _closing(card: Card) -> dict[str, str | bytes]:
    return {
        "kind": card.kind,
        "outcome": _said(card, ENDED),
        "days": band("days", _whole(card, HELD)),
        "owed": band("owed", dollars.whole(card.claimed or None, card.currency)),
        "paid": band("paid", _share(card)),
        "months": band("months", _whole(card, COST)),
        "signs": band("signs", _whole(card, SIGNS)),
        "dates": _said(card, DATES),
    }


def _whole(card: Card, lead: str) -> int | None:
    said = _said(card, lead)
    return int(said) if said.isdecimal() else None


def _share(card: Card) -> int | None:
    """What was paid, in thousandths of the claim; unknown where nothing was claimed."""
    if not card.claimed:
        return None
    return (card.paid or 0) * 1000 // card.claimed
