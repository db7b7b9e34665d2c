"""A campaign and the language in which its papers tell it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date

from casework import codes
from casework.campaigns import sorts
from casework.campaigns.due import day_of
from casework.cases import values
from casework.cases.values import Voice, label
from casework.teams.records import Book, Item


@dataclass(frozen=True)
class Teller:
    """A campaign and the language in which it is told.

    Attributes:
        book: the campaign.
        voice: of the reader.
    """

    book: Book
    voice: Voice

    def say(self, text: str) -> str:
        """A sentence of ours."""
        return self.voice.gettext(text)

    def word(self, listed: str, code: str | None) -> str:
        """A code in words."""
        return label(codes.load(listed), code, self.voice) if code else ""

    def words(self, listed: str, found: Any) -> str:
        """Several codes in words."""
        return ", ".join(self.word(listed, one) for one in found or ())

    def day(self, value: date | None) -> str:
        """A day with its month in letters."""
        return str(format_date(value, "d MMM y", locale=self.voice.locale)) if value else ""

    def money(self, minor: int, currency: str) -> str:
        """A sum."""
        field = next(one for one in sorts.sort_named("outcome").fields if one.key == "paid")
        return values.show(
            field, {"minor": minor, "currency": currency}, self.voice.locale, self.voice.gettext
        )

    def rows(self, sort: str) -> list[Item]:
        """The items of a sort, the oldest day first."""
        return sorted(self.book.of_sort(sort), key=lambda one: (_day(one), one.at))


def _day(item: Item) -> date:
    return day_of(item.told, "on") or day_of(item.told, "until") or date.max
