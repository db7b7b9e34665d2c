"""Rows of unequal length in two flat arrays, so that 20,000 lists are not 20,000 Python objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Ragged:
    """Rows one after another.

    Attributes:
        counts: the length of each row.
        flat: all values, row after row; as many as the counts say.
    """

    counts: Array
    flat: Array

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]], dtype: str) -> "Ragged":
        """Rows from Python lists; `dtype` is that of the values."""
        counts = np.fromiter((len(row) for row in rows), np.int64, len(rows))
        values = (value for row in rows for value in row)
        return cls(counts, np.fromiter(values, np.dtype(dtype), int(counts.sum())))

    @classmethod
    def join(cls, parts: Iterable["Ragged"]) -> "Ragged":
        """Several, one after another."""
        some = list(parts)
        return cls(np.concatenate([r.counts for r in some]), np.concatenate([r.flat for r in some]))

    @cached_property
    def ends(self) -> Array:
        """Where each row ends in `flat`."""
        return np.cumsum(self.counts, dtype=np.int32)

    @cached_property
    def starts(self) -> Array:
        """Where each row starts in `flat`."""
        return self.ends - self.counts

    def __len__(self) -> int:
        return len(self.counts)

    def row(self, i: int) -> Array:
        """The values of one row."""
        return self.flat[self.starts[i] : self.ends[i]]

    def places(self, rows: Array) -> Array:
        """Where the values of some rows are in `flat`, row after row."""
        counts = self.counts[rows].astype(np.int64)
        before = np.cumsum(counts) - counts
        return np.repeat(self.starts[rows] - before, counts) + np.arange(int(counts.sum()))

    def take(self, rows: Array) -> "Ragged":
        """Some rows, in the order asked for."""
        return Ragged(self.counts[rows], self.flat[self.places(rows)])

    def best(self, values: Array) -> Array:
        """For each row the greatest of the values that stand at its places; 0 for an empty row.

        Args:
            values: as many as `flat`, none negative.
        """
        found = np.zeros(len(self), values.dtype)
        filled = np.flatnonzero(self.counts)
        if len(filled):
            found[filled] = np.maximum.reduceat(values, self.starts[filled])
        return found

    def where(self, hit: Array) -> Array:
        """Which rows have a value that is hit.

        Args:
            hit: one truth for each value of `flat`.
        """
        return self.best(hit.astype(np.uint8)).astype(bool)
