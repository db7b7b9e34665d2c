"""Amounts of money: whole numbers of a currency's smaller unit, never a float, never two currencies in one sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache, total_ordering
from typing import Final, TypeAlias

from casework import codes
from casework.errors import Invalid

Exact: TypeAlias = Decimal | Fraction | int

#: Beyond this an amount is a slip of the finger: a thousand times the largest wage claim anybody has won.
MOST_MINOR: Final = 10**15


@cache
def exponent(currency: str) -> int:
    """How many decimals the smaller unit takes: 0 for yen, 2 for most, 3 for dinars (ISO 4217).

    Raises:
        Invalid: this currency is not in the list.
    """
    known = codes.load("currencies")
    if currency not in known:
        raise Invalid(
            "We do not know the currency “%(currency)s”. Use its three letters, such as KWD.",
            "currency",
            currency=currency,
        )
    return int(known.fact(currency, "exponent"))


def half_up(exact: Exact, scale: int = 1) -> int:
    """The whole number nearest to so many times a number; a half goes away from zero, as on a pocket calculator."""
    numerator, denominator = exact.as_integer_ratio()
    numerator *= scale
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def rounded(exact: Exact, places: int) -> Decimal:
    """A number with this many decimals, a half rounded away from zero."""
    return Decimal(half_up(exact, 10**places)).scaleb(-places)


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency.

    Args:
        minor: whole number of the smaller unit: 275500 is KWD 275.500 and GBP 2,755.00.
        currency: three letters of ISO 4217.

    Raises:
        Invalid: the currency is unknown, or the amount is larger than any claim can be.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("an amount is a whole number of the smaller unit")
        exponent(self.currency)
        if not -MOST_MINOR <= self.minor <= MOST_MINOR:
            raise Invalid("This amount is too large. Check the digits and the currency.", "amount")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in this currency."""
        return cls(0, currency)

    @classmethod
    def of(cls, major: Decimal | int | str, currency: str, field: str = "amount") -> "Money":
        """An amount as it is written: `Money.of("275.500", "KWD")`.

        Args:
            major: in whole currency, with no more decimals than the currency has.
            currency: three letters of ISO 4217.
            field: what a complaint belongs to.

        Raises:
            Invalid: unknown currency, no finite number, or smaller than the smallest coin.
        """
        places = exponent(currency)
        minor = _finite(major, field) * 10**places
        if minor.denominator != 1:
            raise Invalid(
                "%(currency)s has %(places)s digits after the decimal mark, not more.",
                field,
                currency=currency,
                places=places,
            )
        return cls(int(minor), currency)

    @classmethod
    def rounded(cls, exact: Exact, currency: str) -> "Money":
        """The nearest amount to an exact number of whole currency; half a coin is rounded up."""
        return cls(half_up(exact, 10 ** exponent(currency)), currency)

    @property
    def major(self) -> Decimal:
        """In whole currency, with all its decimals: 275.500."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @property
    def exact(self) -> Fraction:
        """In whole currency, for arithmetic that must not round."""
        return Fraction(self.minor, 10 ** exponent(self.currency))

    def times(self, factor: Exact) -> "Money":
        """So many times this amount, rounded once to the smaller unit."""
        return Money(half_up(Fraction(factor), self.minor), self.currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.currency} {self.major:,}"

    def _same(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise Invalid(
                "%(one)s and %(other)s cannot stand in one sum. Turn one into the other with a dated rate first.",
                "currency",
                one=self.currency,
                other=other.currency,
            )
        return other


def _finite(major: Decimal | int | str, field: str) -> Fraction:
    try:
        return Fraction(Decimal(major))
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise Invalid("This is not an amount of money.", field) from error


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency.

    Raises:
        Invalid: one of them is in another currency.
    """
    nothing = Money.zero(currency)
    return Money(sum(nothing._same(one).minor for one in amounts), currency)  # noqa: SLF001 - a sum of its own kind


def largest(*amounts: Money) -> Money:
    """The largest of amounts of one currency."""
    return max(amounts)
