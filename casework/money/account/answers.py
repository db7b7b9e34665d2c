"""Answers to the questions of a line as the values that calculators take."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from casework.errors import Invalid
from casework.money.amounts import Money, exponent
from casework.money.exchange import ExchangeRate

_RATE = ("rate_value", "rate_of", "rate_into", "rate_on", "rate_source")


class Answers:
    """What was answered about one line, by the keys of its questions.

    Args:
        said: as `cases.values` stores answers.
    """

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said

    def code(self, key: str, otherwise: str = "") -> str:
        """A code, or what it is taken for where nothing was answered."""
        return str(self._said.get(key) or otherwise)

    def codes(self, key: str) -> tuple[str, ...]:
        """Several codes."""
        return tuple(self._said.get(key) or ())

    def yes(self, key: str) -> bool:
        """Whether it was answered with yes."""
        return self._said.get(key) == "yes"

    def money(self, key: str) -> Money | None:
        """An amount."""
        value = self._said.get(key)
        return Money(value["minor"], value["currency"]) if value else None

    def amount(self, key: str) -> Money:
        """An amount that has to be there.

        Raises:
            Invalid: it is not.
        """
        if (value := self.money(key)) is None:
            raise Invalid("Please answer this one.", key)
        return value

    def number(self, key: str) -> Decimal | None:
        """A number."""
        value = self._said.get(key)
        return None if value is None else Decimal(value)

    def count(self, key: str, otherwise: int = 1) -> int:
        """A whole number."""
        return int(self._said.get(key, otherwise))

    def day(self, key: str) -> date | None:
        """A day.

        Raises:
            Invalid: something was said that is no day of our calendar.
        """
        value = self._said.get(key)
        if not value:
            return None
        if not value.get("date"):
            raise Invalid("To count with it, write the day in the three fields: day, month and year.", key)
        return date.fromisoformat(value["date"])

    def that_day(self, key: str) -> date:
        """A day that has to be there.

        Raises:
            Invalid: it is not.
        """
        if (value := self.day(key)) is None:
            raise Invalid("Please answer this one.", key)
        return value

    def rows(self, key: str) -> tuple["Answers", ...]:
        """The rows of a group."""
        return tuple(Answers(row) for row in self._said.get(key) or ())

    def exchange(self, on: date | None = None) -> ExchangeRate | None:
        """The exchange rate, if one was entered; a part of one is none.

        Args:
            on: the day of the amount that it is for, where it has one.

        Raises:
            Invalid: a part of it is missing, or it is of another time than the amount.
        """
        if not any(self._said.get(key) for key in _RATE):
            return None
        for key in _RATE:
            if not self._said.get(key):
                raise Invalid("An exchange rate needs all of these: its two currencies, day and source.", key)
        for key in ("rate_of", "rate_into"):
            exponent(self.code(key))
        rate = ExchangeRate(
            self.code("rate_of"),
            self.code("rate_into"),
            self.number("rate_value") or Decimal(0),
            self.that_day("rate_on"),
            self.code("rate_source"),
            self.yes("rate_old"),
        )
        if on is not None:
            _of_that_time(rate, on)
        return rate


def _of_that_time(rate: ExchangeRate, on: date) -> None:
    try:
        rate.check_day(on)
    except Invalid as refused:
        raise Invalid(refused.message, "rate_on", **refused.params) from None
