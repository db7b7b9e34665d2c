"""Facts: what a window knows of each person. One row a person, codes only, no name, no reference, no day.

One row has one main kind, so each table gets exactly one count from a person: that bound is what the
privacy budget rests on.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np

from casework.errors import Refused
from casework.trends.domains import COLUMNS, RESPONDENT, domain, place

Array = np.ndarray[Any, Any]

#: A row as it travels: a place in its domain for each column, then who is answerable.
_ROW = np.dtype([*((column, ">u2") for column in COLUMNS), (RESPONDENT, "V16")])
ROW_SIZE = _ROW.itemsize


@cache
def layout() -> bytes:
    """The hash of how a row is written: its columns with their lists. Whoever has other lists reads no row of it."""
    written = [[column, *domain(column)] for column in COLUMNS]
    return sha256(json.dumps([written, ROW_SIZE]).encode()).digest()


@dataclass(frozen=True)
class Facts:
    """The facts of some people, in columns.

    Attributes:
        rows: a structured array with a place in its domain for each of `COLUMNS`, and 16 bytes for who is
            answerable; zeros are nobody.
    """

    rows: Array

    def __len__(self) -> int:
        return len(self.rows)

    def places(self, column: str) -> Array:
        """A column, as places in its domain."""
        return self.rows[column].astype(np.int64)

    def without_respondents(self) -> "Facts":
        """The same rows; who is answerable is left out."""
        rows = self.rows.copy()
        rows[RESPONDENT] = np.zeros(len(rows), _ROW[RESPONDENT])
        return Facts(rows)

    def shuffled(self, rng: np.random.Generator | None = None) -> "Facts":
        """The same rows in an order that says nothing.

        Args:
            rng: where the order comes from; the operating system's randomness, if left out.
        """
        return Facts((rng or np.random.default_rng()).permutation(self.rows))

    def to_bytes(self) -> bytes:
        """The rows as they are sealed."""
        return self.rows.tobytes()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "Facts":
        """The rows of `to_bytes`.

        Raises:
            Refused: these are none, or a place is in no domain.
        """
        if len(raw) % ROW_SIZE:
            raise Refused
        rows = np.frombuffer(raw, _ROW)
        for column in COLUMNS:
            if len(rows) and int(rows[column].max()) >= len(domain(column)):
                raise Refused
        return cls(rows)

    @classmethod
    def of(cls, said: Iterable[Mapping[str, str | bytes]]) -> "Facts":
        """Facts from codes.

        Args:
            said: for each person the code of each column; what is left out is unknown. `respondent` is 16 bytes.
        """
        lines = [
            (*(place(c, str(one.get(c, ""))) for c in COLUMNS), one.get(RESPONDENT, bytes(16)))
            for one in said
        ]
        return cls(np.array(lines, _ROW))

    @classmethod
    def in_columns(cls, **columns: Array) -> "Facts":
        """Facts from places in their domains; a column that is left out is unknown for everybody."""
        count = len(next(iter(columns.values())))
        rows = np.zeros(count, _ROW)
        for column in COLUMNS:
            rows[column] = columns.get(column, len(domain(column)) - 1)
        if RESPONDENT in columns:
            rows[RESPONDENT] = columns[RESPONDENT]
        return cls(rows)

    @classmethod
    def join(cls, some: Iterable["Facts"]) -> "Facts":
        """The facts of several desks."""
        return cls(np.concatenate([np.zeros(0, _ROW), *(one.rows for one in some)]))
