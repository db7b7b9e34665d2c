"""From facts to a release: count, add noise, hide what is small, freeze. Nothing of the facts is in what comes out."""

from collections.abc import Mapping, Sequence
from math import ceil, log
from typing import Any

import numpy as np

from casework.trends import noise
from casework.trends.domains import domain
from casework.trends.facts import Facts
from casework.trends.frozen import Cell, Numbers, Table
from casework.trends.plans import Part, Plan, TablePlan


def numbers(plan: Plan, part_name: str, facts: Facts) -> Numbers:
    """Make the numbers of a release. Each call draws new noise: whoever calls twice has spent twice.

    Args:
        plan: the table plan.
        part_name: `opening` or `closing`.
        facts: one row a person; none at all is a window like any other.

    Raises:
        KeyError: the plan has no such part.
    """
    part = plan.parts[part_name]
    made = noise.scheme(part)
    epsilon, delta = noise.cost(part, made)
    drawn = noise.measurement(part, made)(facts)
    tables = [
        _table(plan, part, table, scale, got, made)
        for table, scale, got in zip(part.tables, made.scales, drawn, strict=True)
    ]
    return Numbers(
        plan.name, plan.digest, part_name, made.mechanism, epsilon, delta, noise.OPENDP, tuple(tables)
    )


def threshold(plan: Plan, part: Part, table: TablePlan, scale: float, made: noise.Scheme) -> int:
    """The number from which on a cell is shown.

    At least `plan.least`, and b·ln(cells), and so high that of the cells without anybody only few are ever
    shown: each table may fabricate its part of `plan.fabricated`. A cell without anybody reaches t with
    probability ½·exp(−t/b) at most (a discrete Gaussian of the same width less often, from two widths on).
    """
    if table.keyed:
        return max(plan.least, int(made.keyed_threshold))
    may = plan.fabricated / len(part.tables)
    return max(plan.least, ceil(scale * log(table.cells)), ceil(scale * log(table.cells / (2 * may))))


def _table(plan: Plan, part: Part, table: TablePlan, scale: float, drawn: Any, made: noise.Scheme) -> Table:
    least = threshold(plan, part, table, scale, made)
    within = noise.shown_width(scale, made.mechanism)
    found = _keyed(drawn, least) if table.keyed else _shown(table, drawn, least)
    cells = [Cell(codes, n, max(n - within, 0), n + within) for codes, n in found]
    # By number, then by code: the order of the data must not show through.
    cells.sort(key=lambda cell: (-cell.count, cell.codes))
    return Table(table.name, table.columns, scale, within, least, tuple(cells))


def _keyed(drawn: Mapping[str, int], least: int) -> list[tuple[tuple[str, ...], int]]:
    return [((key,), n) for key, n in drawn.items() if n >= least]


def _shown(table: TablePlan, drawn: Sequence[int], least: int) -> list[tuple[tuple[str, ...], int]]:
    values = np.array(drawn, np.int64)
    rows = np.flatnonzero(values >= least)
    domains = [domain(column) for column in table.columns]
    places = np.stack(np.unravel_index(rows, table.shape), axis=1)
    return [
        (tuple(codes[at] for codes, at in zip(domains, line, strict=True)), int(values[row]))
        for line, row in zip(places, rows, strict=True)
    ]
