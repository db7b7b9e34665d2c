from dataclasses import replace

import pytest

from casework.codes import Broken
from casework.trends import intervals, noise, plans
from casework.trends.plans import DIRECTORY, LIFETIME, Part, TablePlan


@pytest.mark.parametrize("path", sorted(DIRECTORY.glob("*.toml")), ids=lambda p: p.stem)
def test_a_plan_promises_what_is_computed(path):
    assert intervals.written(path) == path.read_text("utf-8"), (
        "run: flask --app wsgi casework trends intervals"
    )


@pytest.mark.parametrize("plan", plans.every().values(), ids=lambda p: p.name)
def test_a_plan_costs_what_it_says_as_opendp_adds_it_up(plan):
    costs = [noise.cost(part, noise.scheme(part)) for part in plan.parts.values()]
    for part, (epsilon, delta) in zip(plan.parts.values(), costs, strict=True):
        assert part.epsilon * 0.999 <= epsilon <= part.epsilon + 1e-9
        assert delta <= part.delta
    assert sum(epsilon for epsilon, _ in costs) <= LIFETIME + 1e-9


def test_the_figures_of_the_design_come_out():
    """Eight tables at ε = 1 give ±24, at 0.6 ±40; two tables at ε = 1 about ±6."""
    assert [noise.width(8 / 1.0), noise.width(8 / 0.6), noise.width(2 / 1.0)] == [24, 40, 6]


def many(count, delta):
    tables = tuple(TablePlan(f"t{n}", ("kind",), 1 / count, 0) for n in range(count))
    return Part(0.6, delta, tables)


def test_the_narrower_noise_is_taken():
    assert noise.scheme(many(2, 1e-6)).mechanism == noise.LAPLACE
    chosen = noise.scheme(many(40, 1e-6))
    assert chosen.mechanism == noise.GAUSSIAN
    assert max(noise.widths(chosen)) < noise.width(40 / 0.6)
    assert noise.cost(many(40, 1e-6), chosen)[0] <= 0.6
    # Without a δ there is nothing to choose.
    assert noise.scheme(many(40, 0.0)).mechanism == noise.LAPLACE


def test_respondents_cost_a_delta_that_opendp_confirms():
    tables = (TablePlan("kind", ("kind",), 0.5, 0), TablePlan("respondent", ("respondent",), 0.5, 0))
    part = Part(0.6, 1e-6, tables)
    epsilon, delta = noise.cost(part, noise.scheme(part))
    assert epsilon <= 0.6 + 1e-9
    assert 0 < delta <= 1e-6


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("epsilon = 0.75", "epsilon = 1.2"), "together"),
        (("share = 0.53", "share = 0.6"), "add up"),
        (('columns = ["kind"]', 'columns = ["kind", "respondent"]'), "table of their own"),
        (('columns = ["kind"]', 'columns = ["name"]'), "no column"),
        (("delta = 0.0", "delta = 0.01"), "delta"),
    ],
)
def test_a_plan_that_promises_too_much_is_refused(tmp_path, change, complaint):
    path = tmp_path / "small.toml"
    path.write_text((DIRECTORY / "small.toml").read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(Broken, match=complaint):
        plans.read(path)


def test_another_plan_has_another_hash():
    small, large = plans.every()["small"], plans.every()["large"]
    assert len(small.digest) == 64
    assert small.digest != large.digest
    assert replace(small, name="x").digest == small.digest
