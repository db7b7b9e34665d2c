"""What one unit of work is worth, by the contract and by the law, without rounding on the way.

The hourly pay of somebody who is paid by the month is a fraction: 12 × 1,000 ÷ (52 × 44). Rounding it
before it is multiplied loses money on every hour, so it stays a fraction until the line is done.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import prod

from casework.errors import Invalid
from casework.money.amounts import Money, exponent
from casework.money.ledger import PayRate
from casework.money.rule_terms import Conversion, Overtime
from casework.money.sentences import Sentence, Value, say

#: What is the same everywhere. Months and weeks are not: for those a rule has to say how.
_SAME = (
    Conversion("fortnight", "week", (), (Decimal(2),)),
    Conversion("week", "fortnight", (Decimal(2),), ()),
)


@dataclass(frozen=True, slots=True, eq=False)
class Price:
    """What one unit is worth. One `Prices` makes one object for one worth, so that they compare by identity.

    Attributes:
        exact: in whole currency.
        words: how it came about: `15`, or `12 × 1,000 ÷ (52 × 44)`.
    """

    exact: Fraction
    words: Value


@dataclass(slots=True)
class Prices:
    """The rates of one basis, asked for unit by unit.

    Args:
        rates: of one basis.
        terms: of the rule about overtime, which says how monthly pay becomes hourly pay.
    """

    rates: tuple[PayRate, ...]
    terms: Overtime | None
    _found: dict[tuple[str, date, date], Price | None] = field(default_factory=dict)
    _made: dict[tuple[int, str], Price] = field(default_factory=dict)
    _known: dict[Fraction, Price] = field(default_factory=dict)

    def price(self, unit: str, start: date, end: date) -> Price | None:
        """What one unit was worth on these days; None if no rate says so.

        Raises:
            Invalid: two rates say different things, or the pay changes within these days.
        """
        # Most people were promised one pay for the whole job: then no day has to be looked at twice.
        key = (unit, start, end) if self._dated() else (unit, date.min, date.max)
        if key not in self._found:
            self._found[key] = self._look_up(unit, start, end)
        return self._found[key]

    def _dated(self) -> bool:
        return any(rate.start or rate.end for rate in self.rates)

    def _look_up(self, unit: str, start: date, end: date) -> Price | None:
        direct = [rate for rate in self.rates if rate.unit == unit and rate.covers(start, end)]
        found = {self._price(rate, None, unit) for rate in direct} or {
            self._price(rate, conversion, unit)
            for rate, conversion in self._convertible(unit)
            if rate.covers(start, end)
        }
        if len(found) > 1:
            raise Invalid(
                "Two different rates hold on %(day)s. Give each of them its days.", "rates", day=start
            )
        return next(iter(found), None)

    def _convertible(self, unit: str) -> Iterable[tuple[PayRate, Conversion]]:
        for rate in self.rates:
            if conversion := _conversion(rate.unit, unit, self.terms):
                yield rate, conversion

    def _price(self, rate: PayRate, conversion: Conversion | None, unit: str) -> Price:
        key = (id(rate), unit)
        if key not in self._made:
            price = _made(rate, conversion)
            self._made[key] = self._known.setdefault(price.exact, price)
        return self._made[key]


def _conversion(unit: str, into: str, terms: Overtime | None) -> Conversion | None:
    by_rule = terms.conversion(unit, into) if terms else None
    return by_rule or next((c for c in _SAME if (c.unit, c.into) == (unit, into)), None)


def _made(rate: PayRate, conversion: Conversion | None) -> Price:
    amount = _shown(rate)
    if conversion is None:
        return Price(Fraction(rate.amount), amount)
    exact = (
        Fraction(rate.amount)
        * prod(map(Fraction, conversion.multiply))
        / prod(map(Fraction, conversion.divide))
    )
    return Price(exact, _in_words(amount, conversion))


def _in_words(amount: Value, conversion: Conversion) -> Sentence:
    times, by = (" × ".join(f"{n:f}" for n in part) for part in (conversion.multiply, conversion.divide))
    if not by:
        return say("(%(times)s × %(amount)s)", times=times, amount=amount)
    by = f"({by})" if len(conversion.divide) > 1 else by
    if not times:
        return say("(%(amount)s ÷ %(by)s)", amount=amount, by=by)
    return say("(%(times)s × %(amount)s ÷ %(by)s)", times=times, amount=amount, by=by)


def _shown(rate: PayRate) -> Value:
    """As money where the coins suffice; a piece may be paid with more decimals than there are coins."""
    money = Money.rounded(rate.amount, rate.currency)
    return money if money.exact == Fraction(rate.amount) and exponent(rate.currency) else rate.amount
