"""Was this person counted? The attacker knows all the others, and what this person would have been counted as."""

from dataclasses import replace

import numpy as np
import pytest

from casework.trends.plans import TablePlan, every
from tests.attacks import trends
from tests.trends.caseloads import caseload, with_one_more

LIMIT = 0.60
PARTS = [("small", "opening"), ("large", "opening"), ("large", "closing")]


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_no_attacker_can_do_better_than_the_limit(name, part):
    """Worked out, not measured: the best test there is, on all noisy numbers, before any of them is hidden."""
    assert 0.5 < trends.best_membership(every()[name], part) <= LIMIT


def test_both_windows_of_a_person_together_tell_no_more_than_the_limit():
    """One person is in an opening and in a closing; whoever has both releases has all there is of them."""
    large = every()["large"]
    one, both = trends.best_membership(large, "opening"), trends.best_membership(large, "opening", "closing")
    assert one < both <= LIMIT


def test_two_cases_that_nobody_joined_are_told_apart_more_often():
    """Not defended, but known: docs/trends-proof.md says these figures."""
    found = [trends.best_membership(every()[name], "opening", cases=2) for name in ("small", "large")]
    assert [round(100 * one, 1) for one in found] == [68.4, 58.0]


def test_the_figure_near_the_limit_is_worked_out_and_not_lucky():
    """0.75 is the largest budget, in steps of 0.05, that the two tables of the small plan may have under the limit."""
    small = every()["small"]
    part = small.parts["opening"]

    def best(epsilon):
        return trends.best_membership(
            replace(small, parts={"opening": replace(part, epsilon=epsilon)}), "opening"
        )

    assert best(part.epsilon) <= LIMIT < best(part.epsilon + 0.05)


@pytest.mark.parametrize("people", [200, 500, 5_000])
def test_control_a_live_table_tells(people):
    rng, facts = np.random.default_rng(5), caseload(people)
    table = TablePlan("kind", ("kind",), 1.0, 0)
    before = trends.live(table, facts)
    told = [
        bool((trends.live(table, with_one_more(facts, kind=k)) != before).any())
        for k in rng.integers(0, 3, 50)
    ]
    assert all(told)


@pytest.mark.parametrize(("people", "name", "part", "tries"), [
    (200, "small", "opening", 20_000), (500, "small", "opening", 20_000), (5_000, "large", "opening", 6_000),
    (5_000, "large", "closing", 10_000),
])  # fmt: skip
def test_the_strongest_attacker_on_a_release(people, name, part, tries):
    rng, plan, facts = np.random.default_rng(6), every()[name], caseload(people)
    # The commonest of everything: where most is shown.
    commonest = {
        c: int(np.bincount(facts.places(c)).argmax()) for c in facts.rows.dtype.names if c != "respondent"
    }
    best = trends.best_membership(plan, part)
    room = trends.margin_of_error(best, tries)
    raw = trends.membership(plan, part, facts, commonest, tries, rng, hide=False)
    # The engine's noise does what the calculation says, no more and no less.
    assert abs(raw - best) <= room
    assert trends.membership(plan, part, facts, commonest, tries, rng) <= best + room
