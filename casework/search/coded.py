"""Columns whose values are numbers into a table: a code is kept once and each card has two bytes of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casework.search.ragged import Array, Ragged

Singles = Mapping[str, Sequence[bytes]]
Lists = Mapping[str, Sequence[Sequence[bytes]]]


@dataclass(frozen=True)
class Coded:
    """Columns over one table.

    Attributes:
        table: the values; one of them may mean none.
        singles: columns with one value a card, as places in the table, by name.
        lists: columns with several, likewise.
    """

    table: Array
    singles: dict[str, Array]
    lists: dict[str, Ragged]

    @classmethod
    def of(cls, singles: Singles, lists: Lists, dtype: str) -> "Coded":
        """Columns from values; `dtype` is that of the table."""
        places: dict[bytes, int] = {}

        def place(value: bytes) -> int:
            return places.setdefault(value, len(places))

        one = {name: np.array([place(v) for v in values], np.int64) for name, values in singles.items()}
        many = {
            name: Ragged.of([[place(v) for v in row] for row in rows], "i8") for name, rows in lists.items()
        }
        return cls(np.array(list(places), dtype), one, many)

    @classmethod
    def join(cls, some: Sequence["Coded"]) -> "Coded":
        """Several, one after another. Values may then stand in the table more than once."""
        before = np.cumsum([0] + [len(c.table) for c in some])
        moved = [(c, int(n)) for c, n in zip(some, before, strict=False)]
        return cls(
            np.concatenate([c.table for c in some]),
            {name: np.concatenate([c.singles[name] + n for c, n in moved]) for name in some[0].singles},
            {
                name: Ragged.join(Ragged(c.lists[name].counts, c.lists[name].flat + n) for c, n in moved)
                for name in some[0].lists
            },
        )

    def take(self, rows: Array) -> "Coded":
        """Some rows, over a table that holds what they use and nothing else."""
        singles = {name: column[rows] for name, column in self.singles.items()}
        lists = {name: column.take(rows) for name, column in self.lists.items()}
        used = np.unique(np.concatenate([*singles.values(), *(r.flat for r in lists.values())]))
        places: dict[bytes, int] = {}
        new = np.zeros(len(self.table), np.int64)
        for old, value in zip(used.tolist(), self.table[used].tolist(), strict=True):
            new[old] = places.setdefault(value, len(places))
        return Coded(
            np.array(list(places), self.table.dtype),
            {name: new[column] for name, column in singles.items()},
            {name: Ragged(column.counts, new[column.flat]) for name, column in lists.items()},
        )

    def value(self, name: str, row: int) -> bytes:
        """One value."""
        found: bytes = self.table[self.singles[name][row]].item()
        return found

    def values(self, name: str, row: int) -> list[bytes]:
        """The values of a list."""
        found: list[bytes] = self.table[self.lists[name].row(row)].tolist()
        return found

    def among(self, name: str, wanted: Collection[bytes]) -> Array:
        """Which rows have one of some values, in a single column or in a list."""
        hits = np.array([value in wanted for value in self.table.tolist()], bool)
        if name in self.singles:
            found: Array = hits[self.singles[name]]
            return found
        return self.lists[name].where(hits[self.lists[name].flat])

    def ranks(self, name: str, order: Iterable[bytes] = ()) -> Array:
        """A number for each row to sort by: the place of its value in an order; others after it, by value."""
        values: list[bytes] = self.table.tolist()
        given = {value: place for place, value in enumerate(order)}
        ranked = sorted(set(values), key=lambda v: (given.get(v, len(given)), v))
        rank = {value: place for place, value in enumerate(ranked)}
        numbers: Array = np.array([rank[value] for value in values], np.int64)[self.singles[name]]
        return numbers
