"""Turning one currency into another with a rate that has a day and a source."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, exponent
from casework.money.records import versioned
from casework.money.sentences import Sentence, say

_YEAR: Final = 366


@versioned("exchange_rate")
@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one unit of a currency was worth on a day.

    Args:
        currency: the one that is bought: MYR in "1 MYR = 26 BDT".
        into: the one it is paid in: BDT.
        value: 26.
        day: of the rate.
        source: who published it, such as the central bank.
        kept_although_old: somebody looked, found none nearer to the day, and keeps it.
    """

    currency: str
    into: str
    value: Decimal
    day: date
    source: str
    kept_although_old: bool = False

    def __post_init__(self) -> None:
        exponent(self.currency)
        exponent(self.into)
        checks.positive(self.value, "rate")
        if self.currency == self.into:
            raise Invalid("A rate is between two different currencies.", "into")
        if not self.source.strip():
            raise Invalid("Say where the rate comes from, such as the central bank.", "source")

    def convert(self, money: Money, on: date) -> Money:
        """The amount in the other currency of the pair, rounded once.

        Args:
            money: in either currency of the pair.
            on: the day that the amount belongs to.

        Raises:
            Invalid: the amount is in neither, or the rate is more than a year away and nobody kept it knowingly.
        """
        self.check_day(on)
        if money.currency == self.currency:
            return Money.rounded(money.exact * Fraction(self.value), self.into)
        if money.currency == self.into:
            return Money.rounded(money.exact / Fraction(self.value), self.currency)
        raise Invalid(
            "This rate is between %(one)s and %(other)s, the amount is in %(third)s.",
            "rate",
            one=self.currency,
            other=self.into,
            third=money.currency,
        )

    def words(self) -> Sentence:
        """The rate as it is printed."""
        return say(
            "1 %(currency)s = %(value)s %(into)s (%(source)s, %(day)s)",
            currency=self.currency,
            value=self.value,
            into=self.into,
            source=self.source,
            day=self.day,
        )

    def cautions(self, on: date) -> Iterator[Sentence]:
        """What must be said when this rate is used for an amount of a day."""
        if self._days_away(on) > _YEAR:
            yield say(
                "The rate is of %(rate_day)s, more than a year away from %(day)s.", rate_day=self.day, day=on
            )
        elif self.day != on:
            yield say("The rate is of %(rate_day)s, not of %(day)s.", rate_day=self.day, day=on)

    def _days_away(self, on: date) -> int:
        return abs((on - self.day).days)

    def check_day(self, on: date) -> None:
        """Go on only if the rate is of about that time, or somebody keeps it knowingly.

        Raises:
            Invalid: it is more than a year away.
        """
        if self._days_away(on) > _YEAR and not self.kept_although_old:
            raise Invalid(
                "This rate is of %(rate_day)s, more than a year away from %(day)s. Look for a rate of that time.",
                "rate",
                rate_day=self.day,
                day=on,
            )
