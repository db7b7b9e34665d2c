"""A place of the directory as somebody reads it, and which places fit what is looked for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

#: After this long a place is checked again before anybody is sent there.
CHECK_AGAIN = timedelta(days=183)


@dataclass(frozen=True)
class Place:
    """One place of the directory.

    Attributes:
        id: of its row.
        rev: of its row, to be sent back with a change.
        answers: by the keys of `config/service.toml`.
        checked_by: who said last that it is as written; None where nobody did.
        retired: nobody is sent there any more.
        by: who wrote it last.
        at: when.
    """

    id: UUID
    rev: int
    answers: Mapping[str, Any]
    checked_by: UUID | None
    retired: bool
    by: UUID
    at: datetime

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.answers["name"])

    @property
    def checked_on(self) -> date | None:
        """On which day somebody last made sure of it."""
        found = (self.answers.get("checked_on") or {}).get("date")
        return date.fromisoformat(found) if found else None

    def stale(self, today: date) -> bool:
        """Whether it has to be checked before somebody is sent there.

        Args:
            today: the day on which they would go.
        """
        return self.checked_on is None or today - self.checked_on > CHECK_AGAIN


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is left empty does not narrow.

    Attributes:
        text: words of the name, the city, or of how to get there.
        sort: of the list `service_sorts`.
        country: ISO 3166-1 alpha-2.
        language: spoken there.
        undocumented: only what is known to be safe for people without papers.
        free: only what costs nothing.
    """

    text: str = ""
    sort: str = ""
    country: str = ""
    language: str = ""
    undocumented: bool = False
    free: bool = False

    def fits(self, place: Place) -> bool:
        """Whether a place is one of those."""
        told = place.answers
        return (
            self._words_in(told)
            and (not self.sort or self.sort in told.get("sorts", ()))
            and (not self.country or told.get("country") == self.country)
            and (not self.language or self.language in told.get("languages", ()))
            and (not self.undocumented or told.get("undocumented") == "yes")
            and (not self.free or told.get("cost") == "free")
        )

    def _words_in(self, told: Mapping[str, Any]) -> bool:
        there = " ".join(str(told.get(key, "")) for key in ("name", "city", "address", "how")).casefold()
        return all(word in there for word in self.text.casefold().split())
