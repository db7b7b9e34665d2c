"""The ledger of a case as it is read: its lines, and what calculators take of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from casework.errors import Invalid, NotFound
from casework.money.account.sorts import Sort, Value
from casework.money.account.terms import Terms
from casework.money.amounts import Money
from casework.money.ledger import PayPeriod, PayRate

T = TypeVar("T")


@dataclass(frozen=True)
class LedgerLine:
    """One line.

    Attributes:
        id: of its row, and the name by which other lines know it.
        sort: of line.
        said: the answers to its questions, by key.
        value: what calculators take; None where the answers cannot be counted with any more.
        wrong: why not.
        struck: it counts no more, and stays to be read.
        by: who wrote it last, and `at` when.
        number: its place among those that were entered together.
        rev: to be sent back with a change.
    """

    id: UUID
    sort: Sort
    said: Mapping[str, Any] = field(repr=False)
    value: Value | None = field(repr=False)
    wrong: Invalid | None
    struck: bool
    by: UUID
    at: datetime
    number: int
    rev: int


@dataclass(frozen=True)
class Ledger:
    """The lines of a case.

    Attributes:
        lines: the oldest first, struck ones among them.
        refused: how many rows do not open.
    """

    lines: tuple[LedgerLine, ...] = ()
    refused: int = 0

    def active(self) -> Iterator[LedgerLine]:
        """Lines that count."""
        return (line for line in self.lines if not line.struck and line.value is not None)

    def of(self, cls: type[T]) -> tuple[T, ...]:
        """What calculators take, of one class."""
        return tuple(value for value in self._by_class.get(cls, ()) if isinstance(value, cls))

    @cached_property
    def _by_class(self) -> Mapping[type, list[Value]]:
        """Parted once: a calculation asks for one class after the other."""
        found: dict[type, list[Value]] = {}
        for line in self.active():
            if line.value is not None:
                found.setdefault(type(line.value), []).append(line.value)
        return found

    def lines_of(self, *keys: str) -> tuple[LedgerLine, ...]:
        """Lines of some sorts that count."""
        return tuple(line for line in self.active() if line.sort.key in keys)

    def period(self, name: str) -> PayPeriod | None:
        """The pay period of this name, if there is one that counts."""
        return self._periods.get(name)

    @cached_property
    def _periods(self) -> Mapping[str, PayPeriod]:
        return {one.key: one for one in self.of(PayPeriod)}

    @property
    def terms(self) -> Terms:
        """How it is counted; the plainest way where nobody said."""
        found = self.of(Terms)
        return found[-1] if found else Terms()

    @property
    def usual_currency(self) -> str:
        """The currency that most lines are in; of several the first in the alphabet, empty where there is none."""
        counted = Counter(code for line in self.active() for code in set(currencies_of(line.value)))
        return min(counted, key=lambda code: (-counted[code], code), default="")

    def line(self, line_id: UUID) -> LedgerLine:
        """One line.

        Raises:
            NotFound: there is none.
        """
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NotFound

    def named(self, name: str) -> LedgerLine | None:
        """The line that others know by this name, struck or not."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, LedgerLine]:
        return {str(line.id): line for line in self.lines}

    def without(self, line_id: UUID) -> "Ledger":
        """The ledger as if a line were not there."""
        return replace(self, lines=tuple(line for line in self.lines if line.id != line_id))

    def with_line(self, line: LedgerLine) -> "Ledger":
        """The ledger with one more line."""
        return replace(self, lines=(*self.lines, line))


def currencies_of(value: object) -> Iterable[str]:
    """The currencies of the amounts of a line."""
    names = ("amount", "given_back", "gross_shown", "promised", "paid", "stated", "debt")
    if isinstance(value, PayRate):
        yield value.currency
    for name in names:
        if isinstance(money := getattr(value, name, None), Money):
            yield money.currency
