"""Counting facts by the tables of a plan. Exact numbers: they live in memory, between the returns and the noise."""

import numpy as np

from casework.trends.domains import RESPONDENT
from casework.trends.facts import Array, Facts
from casework.trends.plans import TablePlan

_NOBODY = bytes(16)


def counted(table: TablePlan, facts: Facts) -> Array:
    """How many are in each cell of a table, cells without anybody too.

    Args:
        table: with cells that are known beforehand.
        facts: one row a person; each is in exactly one cell.

    Returns:
        One number a cell, in the order of the columns' domains, the last column changing fastest.
    """
    where = np.ravel_multi_index([facts.places(column) for column in table.columns], table.shape)
    return np.bincount(where, minlength=table.cells)


def keyed(facts: Facts) -> dict[str, int]:
    """How many name each respondent, by id; one a person."""
    halves = np.ascontiguousarray(facts.rows[RESPONDENT]).view(">u8").reshape(-1, 2)
    found, counts = np.unique(halves, axis=0, return_counts=True)
    pairs = zip(found, counts.tolist(), strict=True)
    return {one.tobytes().hex(): n for one, n in pairs if one.tobytes() != _NOBODY}
