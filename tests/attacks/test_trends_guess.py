"""Differencing: what kind of case came in? Everybody else's is known, and the table before and after it."""

import numpy as np
import pytest

from casework.trends.plans import TablePlan, every
from tests.attacks import trends
from tests.trends.caseloads import caseload, spread, with_one_more

#: People of a window, the plan of that size, tries. So many tries that chance alone does not pass the limit.
SIZES = [(200, "small", 12_000), (500, "small", 12_000), (5_000, "large", 3_500)]
_KIND = TablePlan("kind", ("kind",), 1.0, 0)


@pytest.mark.parametrize("people", [200, 500, 5_000, 50_000])
def test_control_a_live_table_gives_the_kind_away(people):
    rng, facts = np.random.default_rng(2), caseload(people)
    prior, before = spread("kind", rng), trends.live(_KIND, facts)
    right = certain = 0
    for kind in rng.choice(len(prior), 100, p=prior):
        moved = np.flatnonzero(trends.live(_KIND, with_one_more(facts, kind=kind)) != before)
        certain += len(moved) == 1
        right += len(moved) == 1 and moved[0] == kind
    # What is hidden before and after is the only thing that does not show; above 500 people nothing is hidden.
    assert right == certain >= (80 if people < 5_000 else 100)


@pytest.mark.parametrize(
    ("people", "name", "tries"),
    [*SIZES, pytest.param(50_000, "large", 3_500, marks=pytest.mark.slow)],
)
def test_a_release_does_not(people, name, tries):
    rng, plan = np.random.default_rng(3), every()[name]
    facts, prior = caseload(people), spread("kind", np.random.default_rng(0))
    truth, held = trends.posteriors(plan, facts, trends.target_of(rng), prior, tries, rng)
    right = float((held.argmax(axis=1) == truth).mean())
    blind = float((truth == prior.argmax()).mean())
    assert right <= blind + 0.05 + trends.margin_of_error(0.05, tries)
    # Certain: nobody ever is. One person moves two cells of each table, so odds move by e^2ε at most.
    odds = np.exp(2 * plan.parts["opening"].epsilon)
    most = prior.max() * odds / (1 - prior.max() + prior.max() * odds)
    assert held.max() <= most + 1e-9 < 0.8
