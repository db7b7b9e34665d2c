"""Subtraction from margins, and asking again and again: what is hidden must not follow from what is shown."""

from math import exp

import numpy as np
import pytest

from casework.trends import noise, releasing
from casework.trends.counting import counted
from casework.trends.frozen import Numbers
from casework.trends.plans import TablePlan, every
from tests.attacks import trends
from tests.trends.caseloads import caseload

_KIND_SECTOR = TablePlan("kind_sector", ("kind", "sector"), 1.0, 0)


def small(exact):
    return np.flatnonzero((exact > 0) & (exact < trends.LIVE_LEAST))


@pytest.mark.parametrize("people", [200, 500, 5_000])
def test_control_a_live_table_with_filters_is_subtracted(people):
    """Everybody, less everybody else: both numbers are large, so both are shown."""
    exact = counted(_KIND_SECTOR, caseload(people))
    hidden = small(exact)
    assert len(hidden) > 20

    def ask(cells):
        return exact[cells].sum() if exact[cells].sum() >= trends.LIVE_LEAST else -1

    everything = np.ones(len(exact), bool)
    for cell in hidden:
        others = everything.copy()
        others[cell] = False
        assert ask(everything) - ask(others) == exact[cell]


def exactly_nothing(scale):
    """P(noise = 0) of the discrete Laplace: how often a noisy number is the true one."""
    alpha = exp(-1 / scale)
    return (1 - alpha) / (1 + alpha)


@pytest.mark.parametrize("people", [5_000, pytest.param(50_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("margin", "table"), [("sector", "kind_sector"), ("host", "kind_host"), ("kind", "kind_sector")]
)
def test_a_released_margin_less_all_other_cells(people, margin, table):
    """Even an attacker who knows every other cell exactly is right as rarely as the noise is nothing."""
    plan, facts = every()["large"], caseload(people)
    found = {t.name: (t, scale) for t, scale, _least in trends.tables(plan, "opening")}
    inner, (outer, scale) = found[table][0], found[margin]
    exact = counted(inner, facts).reshape(inner.shape)
    axis = inner.columns.index(outer.columns[0])
    rows = [i for i in range(exact.shape[axis]) for _ in small(exact.take(i, axis=axis))]
    cells = [
        n for i in range(exact.shape[axis]) for n in exact.take(i, axis=axis)[small(exact.take(i, axis=axis))]
    ]
    wholes = counted(outer, facts)
    guesses, truths = [], []
    for _ in range(40):
        noisy = np.array(noise.drawn(wholes.tolist(), scale))
        guesses += [int(noisy[i] - (wholes[i] - n)) for i, n in zip(rows, cells, strict=True)]
        truths += cells
    right = float((np.array(guesses) == np.array(truths)).mean())
    # Cells of one row share one draw: that many are independent.
    independent = 40 * len(set(rows))
    chance = exactly_nothing(scale)
    assert right <= chance + trends.margin_of_error(chance, independent) * _clustering(rows)


def _clustering(rows):
    """How much more a mean wavers when its draws come in clusters of unequal size."""
    sizes = np.bincount(np.array(rows))
    sizes = sizes[sizes > 0]
    return float(np.sqrt(len(sizes) * (sizes**2).sum()) / sizes.sum())


@pytest.mark.parametrize("people", [200, 500])
def test_a_released_total_less_all_that_is_shown(people):
    """The small plan has no margins; who knows how many there were takes all shown kinds from them."""
    plan, facts, right, tries = every()["small"], caseload(people), 0, 3_000
    ((table, scale, _least), _) = trends.tables(plan, "opening")
    exact = counted(table, facts)
    hidden = small(exact)[0]
    for _ in range(tries // 100):
        draws = np.array([noise.drawn(exact.tolist(), scale) for _ in range(100)])
        others = np.delete(draws, hidden, axis=1).sum(axis=1)
        right += int((people - others == exact[hidden]).sum())
    # Nine noises in a sum: rarer than one of them is nothing.
    chance = exactly_nothing(scale)
    assert right / tries <= chance + trends.margin_of_error(chance, tries)


def test_control_fresh_noise_for_every_look_is_averaged_away():
    """Why a release is never made twice, and never noised anew."""
    facts = caseload(500)
    ((table, scale, _least), _) = trends.tables(every()["small"], "opening")
    exact = counted(table, facts)
    looks = np.array([noise.drawn(exact.tolist(), scale) for _ in range(1_000)])
    assert int((np.round(looks.mean(axis=0)) == exact).sum()) >= len(exact) - 1


def test_a_release_says_the_same_at_every_look():
    numbers = releasing.numbers(every()["small"], "opening", caseload(500))
    again = Numbers.from_json(numbers.as_json())
    assert again == numbers
