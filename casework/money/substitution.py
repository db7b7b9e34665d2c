"""Contract substitution: what was promised at home beside what was paid there."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, rounded, total
from casework.money.records import versioned
from casework.money.rules import RuleBook
from casework.money.sentences import Value, say
from casework.money.working import Sheet, Working

NAME: Final = "substitution"
VERSION: Final = 1

_FORMULA: Final = say(
    "Owed = (promised − paid) × how often, for each stretch of time; the stretches are added."
)


@versioned("stretch")
@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which promise and pay stayed the same.

    Args:
        promised: by the first contract, for one period.
        paid: really received for one period.
        periods: how many, such as 8 months or 2.5.
        promised_hours, real_hours: hours for one period, if known: they show what an hour was worth.
    """

    promised: Money
    paid: Money
    periods: Decimal
    promised_hours: Decimal | None = None
    real_hours: Decimal | None = None

    def __post_init__(self) -> None:
        checks.amount(self.promised, "promised")
        checks.amount(self.paid, "paid")
        checks.positive(self.periods, "periods")
        for name in ("promised_hours", "real_hours"):
            if (hours := getattr(self, name)) is not None:
                checks.positive(hours, name)

    @property
    def owed(self) -> Money:
        """For the whole stretch, rounded once."""
        return (self.promised - self.paid).times(self.periods)


@versioned("substitution")
@dataclass(frozen=True, slots=True)
class Substitution:
    """What the calculator of contract substitution is given.

    Args:
        currency: of all amounts.
        stretches: at least one.
    """

    currency: str
    stretches: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        if not self.stretches:
            raise Invalid("Enter what was promised and what was paid.", "stretches")
        for stretch in self.stretches:
            checks.one_currency(self.currency, stretch.promised, stretch.paid)


def substituted(question: Substitution, book: RuleBook) -> Working:
    """What is owed because another contract was put in the place of the first one."""
    sheet = Sheet(book)
    for stretch in question.stretches:
        words = say(
            "(%(promised)s − %(paid)s) × %(periods)s = %(owed)s",
            promised=stretch.promised,
            paid=stretch.paid,
            periods=stretch.periods,
            owed=stretch.owed,
        )
        sheet.line("stretch", words, stretch.owed)
        _write_hours(sheet, stretch)
    results = _results(question)
    sheet.sum("owed", say("Owed: %(owed)s", owed=results["owed"]), results["owed"])
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def _write_hours(sheet: Sheet, stretch: Stretch) -> None:
    if stretch.promised_hours is None or stretch.real_hours is None:
        return
    promised = rounded(stretch.promised.exact / Fraction(stretch.promised_hours), 3)
    paid = rounded(stretch.paid.exact / Fraction(stretch.real_hours), 3)
    words = say("For an hour %(promised)s was promised, %(paid)s was paid.", promised=promised, paid=paid)
    sheet.note("an_hour", words)


def _results(question: Substitution) -> Mapping[str, Value]:
    parts = question.stretches
    return {
        "promised": total((part.promised.times(part.periods) for part in parts), question.currency),
        "paid": total((part.paid.times(part.periods) for part in parts), question.currency),
        "owed": total((part.owed for part in parts), question.currency),
    }
