"""The numbers of a release, as they are kept and shown. They never change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One number that is shown.

    Attributes:
        codes: of the columns of its table.
        count: how many, with noise; what is quoted.
        low, high: the ends of its 95 % interval; a number of people is never below nothing.
    """

    codes: tuple[str, ...]
    count: int
    low: int
    high: int


@dataclass(frozen=True)
class Table:
    """A table of a release.

    Attributes:
        name, columns: as the plan has them.
        scale: of the noise, in cases.
        within: half of the interval, in cases.
        threshold: below this a cell is too few to show.
        cells: those that are shown, the largest first.
    """

    name: str
    columns: tuple[str, ...]
    scale: float
    within: int
    threshold: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Numbers:
    """What a release says, and what it cost.

    Attributes:
        plan, digest, part: by which plan, with its hash, and whether cases opened or closed.
        mechanism: of the noise.
        epsilon, delta: what it cost each person, as OpenDP adds it up.
        opendp: the version that drew the noise.
        tables: the numbers.
    """

    plan: str
    digest: str
    part: str
    mechanism: str
    epsilon: float
    delta: float
    opendp: str
    tables: tuple[Table, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Numbers":
        """What `as_json` gave."""
        tables = tuple(
            Table(**{**t, "columns": tuple(t["columns"]), "cells": tuple(_cell(c) for c in t["cells"])})
            for t in value["tables"]
        )
        return cls(**{**value, "tables": tables})


def _cell(value: Mapping[str, Any]) -> Cell:
    return Cell(tuple(value["codes"]), value["count"], value["low"], value["high"])
