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
        names: of the columns with one value a card.
        singles: those columns, a row of this array each, as places in the table.
        lists: columns with several values a card, likewise, by name.
    """

    table: Array
    names: tuple[str, ...]
    singles: Array
    lists: dict[str, Ragged]

    @classmethod
    def of(cls, singles: Singles, lists: Lists, dtype: str) -> "Coded":
        """Columns from values; `dtype` is that of the table."""
        places: dict[bytes, int] = {}

        def place(value: bytes) -> int:
            return places.setdefault(value, len(places))

        one = np.array([[place(v) for v in values] for values in singles.values()], np.int64)
        many = {
            name: Ragged.of([[place(v) for v in row] for row in rows], "i8") for name, rows in lists.items()
        }
        return cls(np.array(list(places), dtype), tuple(singles), one, many)

    @classmethod
    def join(cls, some: Sequence["Coded"]) -> "Coded":
        """Several, one after another. Values may then stand in the table more than once."""
        before = np.cumsum([0] + [len(c.table) for c in some]).tolist()
        return cls(
            np.concatenate([c.table for c in some]),
            some[0].names,
            np.concatenate([moved(c.singles, n) for c, n in zip(some, before, strict=False)], axis=1),
            {name: _lists(name, some, before) for name in some[0].lists},
        )

    def take(self, rows: Array) -> "Coded":
        """Some rows, over a table that holds what they use and nothing else."""
        singles = self.singles[:, rows]
        lists = {name: column.take(rows) for name, column in self.lists.items()}
        used = np.unique(np.concatenate([singles.ravel(), *(r.flat for r in lists.values())]))
        places: dict[bytes, int] = {}
        new = np.zeros(len(self.table), np.int64)
        for old, value in zip(used.tolist(), self.table[used].tolist(), strict=True):
            new[old] = places.setdefault(value, len(places))
        return Coded(
            np.array(list(places), self.table.dtype),
            self.names,
            new[singles],
            {name: Ragged(column.counts, new[column.flat]) for name, column in lists.items()},
        )

    def column(self, name: str) -> Array:
        """One column, as places in the table."""
        found: Array = self.singles[self.names.index(name)]
        return found

    def values(self, name: str, rows: Array) -> list[bytes]:
        """One value for each of some rows."""
        found: list[bytes] = self.table[self.column(name)[rows]].tolist()
        return found

    def values_of(self, name: str, row: int) -> list[bytes]:
        """The values of the list of one row."""
        found: list[bytes] = self.table[self.lists[name].row(row)].tolist()
        return found

    def among(self, name: str, wanted: Collection[bytes]) -> Array:
        """Which rows have one of some values, in a single column or in a list."""
        hits = np.array([value in wanted for value in self.table.tolist()], bool)
        if name in self.names:
            found: Array = hits[self.column(name)]
            return found
        return self.lists[name].where(hits[self.lists[name].flat])

    def ranks(self, name: str, order: Iterable[bytes] = ()) -> Array:
        """A number for each row to sort by: the place of its value in an order; others after it, by value."""
        numbers: Array = self._ranks(order)[self.column(name)]
        return numbers

    def first_ranks(self, name: str, order: Iterable[bytes] = ()) -> Array:
        """The same by the first value of each row of a list; 0 for a row without values."""
        rows = self.lists[name]
        found = np.zeros(len(rows), np.int64)
        filled = np.flatnonzero(rows.counts)
        found[filled] = self._ranks(order)[rows.flat[rows.starts[filled]]]
        return found

    def _ranks(self, order: Iterable[bytes]) -> Array:
        """For each place of the table where its value stands in an order."""
        values: list[bytes] = self.table.tolist()
        given = {value: place for place, value in enumerate(order)}
        ranked = sorted(set(values), key=lambda v: (given.get(v, len(given)), v))
        rank = {value: place for place, value in enumerate(ranked)}
        return np.array([rank[value] for value in values], np.int64)


def moved(places: Array, by: int) -> Array:
    """Places in a table that now begins further on."""
    return np.add(places, by, dtype=np.int32)


def _lists(name: str, some: Sequence[Coded], before: Sequence[int]) -> Ragged:
    rows = [(coded.lists[name], by) for coded, by in zip(some, before, strict=False)]
    return Ragged.join(Ragged(r.counts, moved(r.flat, by)) for r, by in rows)
