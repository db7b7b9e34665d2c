"""Reconstruction: putting together, from all that is published, a table that fits it, and reading people off it.

Against a live table an exact solver finds what small hidden cells hold. Against a release the attacker is given
everything but a handful of people, enumerates every table that there can be, and takes the likeliest.
"""

from itertools import product

import numpy as np
import pytest

from casework.trends.counting import counted
from casework.trends.plans import TablePlan, every
from tests.attacks import solver, trends
from tests.trends.caseloads import caseload

_KIND_SECTOR = TablePlan("kind_sector", ("kind", "sector"), 1.0, 0)
_CUBE = TablePlan("cube", ("kind", "sector", "gender"), 1.0, 0)
#: People of whom nothing is known but that each is in one of nine cells (three kinds by three sectors).
UNKNOWN, SIDE = 5, 3


def rare(people):
    """Kind by sector by gender, in the rarest sectors: as many as hold forty people, two at least."""
    whole = counted(_CUBE, caseload(people)).reshape(_CUBE.shape)
    sizes = whole.sum(axis=(0, 2))
    there = sorted(np.flatnonzero(sizes), key=lambda sector: sizes[sector])
    few = max(2, int((np.cumsum(sizes[there]) <= 40).sum()))
    return whole[:, sorted(there[:few]), :]


def pairs(cube):
    """The sums that a live table gives away: each two columns together, once subtraction has opened its small cells."""
    places = np.arange(cube.size).reshape(cube.shape)
    for axis in range(cube.ndim):
        along, sums = np.moveaxis(places, axis, -1), cube.sum(axis=axis)
        yield from ((along[at], int(sums[at])) for at in np.ndindex(sums.shape))


@pytest.mark.parametrize("people", [200, 500, 5_000, 50_000])
def test_control_a_solver_reads_people_off_a_live_table(people):
    """No table of three columns is shown; tables of two are, and one solution fits them."""
    cube = rare(people)
    found = solver.decided((np.zeros(cube.size, int), np.full(cube.size, cube.sum())), list(pairs(cube)))
    exact = cube.ravel()
    assert all(exact[at] == value for at, value in found.items())
    read = sum(exact[at] for at in found if 0 < exact[at] < trends.LIVE_LEAST)
    assert read >= cube.sum() * trends.LIVE_READ[people]


def test_the_solver_finds_what_there_is_and_nothing_else():
    """Against trying everything: three numbers, two sums."""
    sums = [(np.array([0, 1]), 3), (np.array([1, 2]), 4)]
    bounds = np.zeros(3, int), np.full(3, 4)
    all_of_them = [x for x in product(range(5), repeat=3) if x[0] + x[1] == 3 and x[1] + x[2] == 4]
    assert tuple(solver.solution(bounds, sums)) in all_of_them
    assert solver.decided(bounds, sums) == {}
    assert solver.decided(bounds, [*sums, (np.array([0, 2]), 1)]) == {0: 0, 1: 3, 2: 1}
    assert solver.solution(bounds, [*sums, (np.array([0, 1, 2]), 12)]) is None
    assert len(solver.every_way(UNKNOWN, SIDE**2)) == 1287


def block(facts):
    """Everybody but the unknown: how many are in each cell of the three commonest kinds by three rare sectors."""
    whole = counted(_KIND_SECTOR, facts).reshape(_KIND_SECTOR.shape)
    kinds = whole.sum(axis=1).argsort()[::-1][:SIDE]
    sectors = whole.sum(axis=0).argsort()[::-1][SIDE : 2 * SIDE]
    return whole, kinds, sectors


def published(whole, kinds, sectors, ways):
    """Every number of a release that these people move: by kind, by sector, by both; one row a way."""
    cells = ways.reshape(-1, SIDE, SIDE)
    known = whole[np.ix_(kinds, sectors)]
    return {
        "kind": whole.sum(axis=1)[kinds] + cells.sum(axis=2),
        "sector": whole.sum(axis=0)[sectors] + cells.sum(axis=1),
        "kind_sector": (known + cells).reshape(-1, SIDE * SIDE),
    }


def test_control_a_live_table_is_put_together_again():
    """The same people, the same attacker: what a live table shows leaves one table in most tries."""
    rng = np.random.default_rng(9)
    ways = solver.every_way(UNKNOWN, SIDE**2)
    whole, kinds, sectors = block(caseload(5_000))
    numbers = published(whole, kinds, sectors, ways)
    seen = np.hstack([np.where(n < trends.LIVE_LEAST, -1, n) for n in numbers.values()])
    truths = rng.multinomial(UNKNOWN, np.full(SIDE**2, 1 / SIDE**2), 200)
    alone = 0
    for truth in truths:
        at = (ways == truth).all(axis=1).argmax()
        alone += (seen == seen[at]).all(axis=1).sum() == 1
    assert alone == 200


@pytest.mark.parametrize(
    ("people", "name"),
    [(200, "small"), (500, "small"), (5_000, "large"), pytest.param(50_000, "large", marks=pytest.mark.slow)],
)
def test_a_release_is_not_put_together_again(people, name):
    """The likeliest of all 1,287 tables, by every number that those people move; before anything is hidden."""
    ways, rng = solver.every_way(UNKNOWN, SIDE**2), np.random.default_rng(10)
    result = trends.reconstructed(every()[name], caseload(people), block, published, ways, 1_000, rng)
    # What is told of five people together: a little more than chance. Of the table: never that this is it.
    assert result.placed <= result.blind + 0.10
    assert result.whole <= 0.05
    assert result.surest < 0.5
