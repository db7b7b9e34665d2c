"""The whole calculation of a case: every question that its ledger can answer, counted, or why it cannot be yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.money.account.counts import Count, count
from casework.money.account.ledger import Ledger
from casework.money.account.loan_counts import loan_counts, recruitment_counts
from casework.money.account.wage_counts import wage_counts
from casework.money.ledger import StageAmount
from casework.money.rules import RuleBook
from casework.money.standing import StandingQuestion
from casework.money.substitution import Stretch, Substitution
from casework.money.working import Working

#: The calculations that a case may have, in the order in which they are shown.
ORDER = (
    "standing",
    "wages",
    "limitation",
    "substitution",
    "deductions",
    "extras",
    "recruitment",
    "interest",
    "debt",
)


@dataclass(frozen=True)
class Calculation:
    """All calculations of a case, from one ledger on one day.

    Attributes:
        ledger: the lines.
        counts: in order; only what the ledger has lines for.
        on: the day that it was counted for.
    """

    ledger: Ledger
    counts: tuple[Count, ...]
    on: date

    def find(self, name: str, about: str = "") -> Count | None:
        """One of them; the first of its name where nothing more is said."""
        for one in self.counts:
            if one.name == name and about in ("", one.about):
                return one
        return None

    def working(self, name: str, about: str = "") -> Working | None:
        """A result; None where there is nothing to count, or it cannot be counted yet."""
        found = self.find(name, about)
        return found.working if found else None


def calculation(ledger: Ledger, book: RuleBook, on: date) -> Calculation:
    """Count everything that a ledger has lines for. Pure: reads neither clock nor database.

    Args:
        ledger: as `reading.of_case` opens it.
        book: of rules, such as `rule_files.house()`.
        on: the present day: time limits are counted for it unless the terms name another.
    """
    loans = list(loan_counts(ledger, book))
    made = [
        *_stages(ledger, book),
        *wage_counts(ledger, book, on),
        *_stretches(ledger, book),
        *loans,
        *recruitment_counts(ledger, book, loans),
    ]
    made.sort(key=lambda one: ORDER.index(one.name))
    return Calculation(ledger, tuple(made), on)


def _stages(ledger: Ledger, book: RuleBook) -> Iterator[Count]:
    if amounts := ledger.of(StageAmount):
        yield count("standing", lambda: StandingQuestion(amounts), book)


def _stretches(ledger: Ledger, book: RuleBook) -> Iterator[Count]:
    if stretches := ledger.of(Stretch):
        currency = stretches[0].promised.currency
        yield count("substitution", lambda: Substitution(currency, stretches), book)


def line_id(one: Count) -> UUID | None:
    """The line that a calculation is about, if it is about one."""
    try:
        return UUID(one.about)
    except ValueError:
        return None
