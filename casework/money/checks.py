"""What a figure must be before anything is counted with it, each with a word for the person who typed it."""

from datetime import date
from decimal import Decimal
from typing import Final

from casework import codes
from casework.errors import Invalid
from casework.money.amounts import Money

HOURS_A_DAY: Final = 24

#: More digits than any figure on a payslip; they would only hide a slip of the finger.
_MOST: Final = Decimal(10) ** 12
_DECIMALS: Final = 9


def number(value: Decimal, field: str) -> None:
    """A number that can be counted with: exact, finite, not absurdly long.

    Raises:
        Invalid: it is not.
    """
    if not isinstance(value, Decimal):
        raise TypeError(f"{field} must be a Decimal: floats lose coins")
    if not value.is_finite() or abs(value) > _MOST or -int(value.as_tuple().exponent) > _DECIMALS:
        raise Invalid("This is not a number that we can count with.", field)


def not_negative(value: Decimal, field: str) -> None:
    """Zero or more.

    Raises:
        Invalid: it is less, or no number.
    """
    number(value, field)
    if value < 0:
        raise Invalid("This cannot be less than zero.", field)


def positive(value: Decimal, field: str) -> None:
    """More than zero.

    Raises:
        Invalid: it is not.
    """
    not_negative(value, field)
    if value == 0:
        raise Invalid("This must be more than zero.", field)


def amount(value: Money, field: str) -> None:
    """An amount of zero or more.

    Raises:
        Invalid: it is negative. What was given back has a place of its own.
    """
    if value.minor < 0:
        raise Invalid("An amount cannot be less than zero.", field)


def hours(value: Decimal, days: int) -> None:
    """Hours that fit into so many days.

    Raises:
        Invalid: they are negative or more than the days have.
    """
    number(value, "hours")
    if value < 0:
        raise Invalid("Hours cannot be less than zero.", "hours")
    if value > HOURS_A_DAY * days:
        raise too_many_hours(value, days)


def too_many_hours(value: Decimal, days: int) -> Invalid:
    """The complaint about more hours than their days have. No number stands before a word that would bend with it."""
    if days == 1:
        return Invalid(
            "A day has 24 hours; here it is %(hours)s. Look at the number again.", "hours", hours=value
        )
    return Invalid(
        "A day has 24 hours: the days from first to last have %(most)s at most, and here it is %(hours)s. Look at the"
        " number and at the days again.",
        "hours",
        hours=value,
        most=HOURS_A_DAY * days,
    )


def span(start: date | None, end: date | None, field: str = "end") -> None:
    """A span of time that does not end before it starts.

    Raises:
        Invalid: it does.
    """
    if start is not None and end is not None and end < start:
        raise Invalid("This ends before it starts.", field)


def code(list_name: str, key: str, field: str) -> None:
    """A code of a list of the house; empty is no code.

    Raises:
        Invalid: it is none of them.
    """
    if key and key not in codes.load(list_name):
        raise Invalid("This is not one of the choices. Choose one from the list.", field)


def one_currency(currency: str, *amounts: Money | None) -> None:
    """All of these are in this currency.

    Raises:
        Invalid: one is not.
    """
    for value in amounts:
        same_currency(currency, value, "currency")


def same_currency(currency: str, value: Money | None, field: str) -> None:
    """An amount, if there is one, is in this currency.

    Raises:
        Invalid: it is not.
    """
    if value is not None and value.currency != currency:
        raise Invalid(
            "%(one)s and %(other)s cannot stand in one sum. Turn one into the other with a dated rate first.",
            field,
            one=currency,
            other=value.currency,
        )
