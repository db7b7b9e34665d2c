"""Reads the terms of a rule strictly: numbers are text, codes exist, nothing is left over."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from casework import codes
from casework.codes import Broken
from casework.errors import Invalid
from casework.money.amounts import Money


class Terms:
    """A table of a rule file that is read term by term; `done` complains of what nobody asked for.

    Args:
        raw: as TOML or JSON gives it.
        place: where it stands, for complaints.
    """

    def __init__(self, raw: Mapping[str, Any], place: str = "terms") -> None:
        self._raw = raw
        self._place = place
        self._inner: list[Terms] = []
        self._asked: set[str] = set()

    def _take(self, name: str, wanted: type, shown: str) -> Any:
        self._asked.add(name)
        value = self._raw.get(name)
        if value is not None and type(value) is not wanted:
            raise Broken(f"{self._place}.{name}: must be {shown}")
        return value

    def need(self, holds: bool, complaint: str) -> None:
        """Complain unless something holds."""
        if not holds:
            raise Broken(f"{self._place}: {complaint}")

    def done(self) -> None:
        """Complain of terms that this kind of rule does not have."""
        if unknown := set(self._raw) - self._asked:
            raise Broken(f"{self._place}: take out {', '.join(sorted(unknown))}, or correct the spelling")
        for inner in self._inner:
            inner.done()

    def flag(self, name: str) -> bool:
        """True or false; false if left out."""
        return bool(self._take(name, bool, "true or false"))

    def whole(self, name: str) -> int | None:
        """A whole number of one or more, if given."""
        value = self._take(name, int, "a whole number")
        self.need(value is None or value > 0, f"{name} must be 1 or more")
        return None if value is None else int(value)

    def decimal(self, name: str, default: Decimal | None = None) -> Decimal:
        """A number, written as text."""
        value = self._take(name, str, 'a number in quotes, such as "1.5"')
        if value is None:
            self.need(default is not None, f"add {name}")
            return default or Decimal(0)
        return self._decimal(value, name)

    def _decimal(self, text: str, name: str) -> Decimal:
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        self.need(value.is_finite() and value >= 0, f'{name} must be a number in quotes, such as "1.5"')
        return value

    def fraction(self, name: str) -> Fraction | None:
        """A part such as "1/4" or "0.25", if given."""
        value = self._take(name, str, 'a part in quotes, such as "1/4"')
        if value is None:
            return None
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError) as error:
            raise Broken(f'{self._place}.{name}: must be a part in quotes, such as "1/4"') from error

    def decimal_list(self, name: str) -> tuple[Decimal, ...]:
        """Numbers as text, in a list; none if left out."""
        return tuple(self._decimal(item, name) for item in self._take(name, list, "a list of numbers") or ())

    def decimals(self, name: str, list_name: str) -> Mapping[str, Decimal]:
        """Numbers as text, by codes of a list."""
        table = self._take(name, dict, "a table of numbers") or {}
        self._known(table, list_name, name)
        return MappingProxyType({key: self._decimal(value, name) for key, value in table.items()})

    def money(self, name: str) -> Money | None:
        """An amount such as "78990 BDT", if given."""
        value = self._take(name, str, 'an amount such as "78990 BDT"')
        if value is None:
            return None
        number, _, currency = value.partition(" ")
        try:
            return Money.of(number, currency)
        except (Invalid, InvalidOperation) as error:
            raise Broken(f'{self._place}.{name}: must be an amount such as "78990 BDT"') from error

    def must_money(self, name: str) -> Money:
        """An amount that cannot be left out."""
        value = self.money(name)
        self.need(value is not None, f"add {name}")
        return value or Money.zero("USD")

    def among(self, name: str, choices: Sequence[str]) -> str:
        """One of a few words."""
        value = self._take(name, str, f"one of {', '.join(choices)}")
        self.need(value in choices, f"{name} must be one of {', '.join(choices)}")
        return str(value)

    def code(self, name: str, list_name: str) -> str:
        """A code of a list of the house."""
        value = self._take(name, str, f"a code of {list_name}") or ""
        self._known((value,), list_name, name)
        return str(value)

    def code_list(self, name: str, list_name: str) -> tuple[str, ...]:
        """Codes of a list of the house; none if left out."""
        value = self._take(name, list, f"codes of {list_name}") or ()
        self._known(value, list_name, name)
        return tuple(value)

    def _known(self, keys: Any, list_name: str, name: str) -> None:
        if unknown := [key for key in keys if key not in codes.load(list_name)]:
            raise Broken(f"{self._place}.{name}: {unknown[0]!r} is not in config/codes/{list_name}.toml")

    def rows(self, name: str) -> "list[Terms]":
        """Tables in a list, each to be read in its turn."""
        rows = self._take(name, list, "a list of tables") or ()
        self.need(all(isinstance(row, dict) for row in rows), f"{name} must be a list of tables")
        found = [Terms(row, f"{self._place}.{name}[{number}]") for number, row in enumerate(rows)]
        self._inner += found
        return found
