"""What a release holds: intervals, thresholds, hardly anything made up, and something to read for small networks."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from casework.trends import noise, releasing
from casework.trends.counting import counted
from casework.trends.domains import domain
from casework.trends.facts import Facts
from casework.trends.plans import Part, TablePlan, every
from tests.attacks.trends import margin_of_error, tables
from tests.trends.caseloads import caseload

PARTS = [("small", "opening"), ("large", "opening"), ("large", "closing")]


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_intervals_hold_in_95_of_100_cells_over_200_releases(name, part):
    """Over 200 draws of each table's noise; and each width is the smallest that does as it says."""
    made = noise.scheme(every()[name].parts[part])
    for scale in set(made.scales):
        alpha = exp(-1 / scale)
        for within, of in ((noise.width(scale), 0.95), (noise.shown_width(scale), 0.975)):
            assert 1 - 2 * alpha ** (within + 1) / (1 + alpha) >= of > 1 - 2 * alpha**within / (1 + alpha)
        within, off = noise.width(scale), np.abs(np.array(noise.drawn([0] * 200 * 50, scale)))
        assert (off <= within).mean() >= 0.95 - margin_of_error(0.05, len(off))


def only(plan, part, *names):
    """A plan with some tables of a part, as noisy as before."""
    old = plan.parts[part]
    kept = [table for table in old.tables if table.name in names]
    share = sum(table.share for table in kept)
    tables = tuple(replace(table, share=table.share / share) for table in kept)
    return replace(plan, parts={part: Part(old.epsilon * share, old.delta, tables)})


@pytest.mark.parametrize(
    ("people", "name"),
    [(200, "small"), (500, "small"), (5_000, "large"), pytest.param(50_000, "large", marks=pytest.mark.slow)],
)
def test_intervals_hold_for_shown_cells_of_200_releases(people, name):
    """All tables, and of them what a reader sees: small cells are shown when their noise went up, and count too."""
    plan, facts, inside = every()[name], caseload(people), 0
    shown = 0
    for part in plan.parts:
        for table, scale, least in tables(plan, part):
            if not table.keyed:
                exact = np.tile(counted(table, facts), 200)
                noisy = exact + _as_drawn(scale, len(exact))
                near = np.abs(noisy - exact) <= noise.shown_width(scale)
                shown, inside = shown + (noisy >= least).sum(), inside + near[noisy >= least].sum()
    assert shown > 200 * 4
    assert inside / shown >= 0.95


def _as_drawn(scale, count):
    """Noise as OpenDP draws it (`test_the_strongest_attacker_on_a_release` holds that), a thousand times as fast."""
    rng, alpha = np.random.default_rng(11), exp(-1 / scale)
    return rng.geometric(1 - alpha, count) - rng.geometric(1 - alpha, count)


@pytest.mark.parametrize("scale", [2.5, 15.9, 20.0])
def test_a_cell_with_one_chance_in_four_of_being_shown_is_met_as_promised(scale):
    """Worked out: of the cells below the threshold, at most 5 of 100 of those that are shown miss their interval."""
    alpha, within = exp(-1 / scale), noise.shown_width(scale)
    for short in range(1, int(10 * scale)):
        seen = alpha**short / (1 + alpha)
        if seen >= 0.25:
            assert alpha ** (within + 1) / (1 + alpha) <= 0.05 * seen


def _errors(plan, facts, exact):
    """How far each shown cell of a release is from the truth, as a share of it."""
    known = {table.name: table for table in plan.parts["opening"].tables}
    for table in releasing.numbers(plan, "opening", facts).tables:
        if table.name not in exact:
            continue
        places = [{code: n for n, code in enumerate(domain(c))} for c in table.columns]
        for cell in table.cells:
            at = tuple(p[code] for p, code in zip(places, cell.codes, strict=True))
            truth = int(exact[table.name].reshape(known[table.name].shape)[at])
            yield abs(cell.count - truth) / max(truth, 1)


@pytest.mark.parametrize(
    ("people", "most"), [(5_000, 0.06), pytest.param(50_000, 0.02, marks=pytest.mark.slow)]
)
def test_shown_cells_are_near_the_truth_at_epsilon_one(people, most):
    """Eight tables at ε = 1: half of the shown cells are nearer than this."""
    large = every()["large"]
    plan = replace(large, parts={"opening": replace(large.parts["opening"], epsilon=1.0)})
    facts = caseload(people)
    exact = {table.name: counted(table, facts) for table in plan.parts["opening"].tables if not table.keyed}
    off = [one for _ in range(2) for one in _errors(plan, facts, exact)]
    assert len(off) > 40
    assert np.median(off) <= most


def test_the_small_plan_shows_a_network_of_200_something():
    shown = [
        len(releasing.numbers(every()["small"], "opening", caseload(200)).tables[0].cells) for _ in range(20)
    ]
    # Five kinds have 16 people or more; each is shown, give or take chance.
    assert min(shown) >= 3
    assert np.median(shown) >= 5


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_at_most_one_cell_is_made_up(name, part):
    """Expected, exactly, with nobody counted at all; and as drawn (six or more: once in a billion releases)."""
    plan = every()[name]
    made = noise.scheme(plan.parts[part])
    expected = 0.0
    for table, scale in zip(plan.parts[part].tables, made.scales, strict=True):
        least, alpha = releasing.threshold(plan, plan.parts[part], table, scale, made), exp(-1 / scale)
        expected += table.cells * alpha**least / (1 + alpha)
    assert expected <= 0.11
    nobody = Facts.of([])
    assert sum(len(table.cells) for table in releasing.numbers(plan, part, nobody).tables) < 6


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_no_cell_below_the_threshold_of_the_design_is_shown(name, part):
    plan = every()[name]
    for table in releasing.numbers(plan, part, caseload(2_000)).tables:
        cells = np.prod([1 if c == "respondent" else len(domain(c)) for c in table.columns])
        assert table.threshold >= max(11, table.scale * np.log(cells))
        assert all(cell.count >= table.threshold for cell in table.cells)
        assert all(cell.low <= cell.count <= cell.high and cell.low >= 0 for cell in table.cells)


def with_respondents():
    table = TablePlan("respondent", ("respondent",), 1.0, 0)
    return replace(every()["large"], parts={"opening": Part(0.6, 1e-6, (table,))})


def test_a_respondent_whom_one_person_names_is_not_shown():
    """Unknown keys: that the name is there at all would tell. It is, once in a million releases at most."""
    facts = Facts.of([{"respondent": bytes([n]) * 16} for n in range(1, 100)])
    assert releasing.numbers(with_respondents(), "opening", facts).tables[0].cells == ()


def test_a_respondent_whom_many_name_is_shown():
    facts = Facts.of([{"respondent": b"r" * 16}] * 200 + [{}] * 50)
    (cell,) = releasing.numbers(with_respondents(), "opening", facts).tables[0].cells
    assert cell.codes == ((b"r" * 16).hex(),)
    assert abs(cell.count - 200) < 60


def test_a_desk_with_one_person_and_an_empty_window_are_windows_like_any_other():
    for people in (0, 1):
        numbers = releasing.numbers(every()["small"], "opening", caseload(people))
        assert numbers.epsilon <= 0.75 + 1e-9
        assert [table.name for table in numbers.tables] == ["kind", "corridor"]
