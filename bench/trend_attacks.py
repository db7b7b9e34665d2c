"""The table "what it must reach" of published figures: each attack on a release, and on a live table beside it.

The attacks are those of `tests/attacks`; here they say their figures, on caseloads of 200, 500, 5,000 and 50,000.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from casework.trends import noise, releasing
from casework.trends.counting import counted
from casework.trends.domains import domain, place
from casework.trends.facts import Facts
from casework.trends.frozen import Cell
from casework.trends.plans import Plan, TablePlan, every
from tests.attacks import solver, trends
from tests.attacks import test_trends_reconstruction as rebuilding
from tests.trends.caseloads import caseload, spread, with_one_more

CASELOADS = ((200, "small"), (500, "small"), (5_000, "large"), (50_000, "large"))
GUESSES, LOOKS, REBUILT, RELEASES = 6_000, 40_000, 1_000, 200
#: Held so likely, somebody is as good as found.
_CERTAIN = 0.8
_KIND = TablePlan("kind", ("kind",), 1.0, 0)


def run() -> list[dict[str, Any]]:
    """Every figure, as a share of tries in percent; `theirs` is the live table."""
    return [line for people, name in CASELOADS for line in _caseload(people, every()[name])]


def _caseload(people: int, plan: Plan) -> Iterator[dict[str, Any]]:
    facts, rng = caseload(people), np.random.default_rng(people)
    prior = spread("kind", np.random.default_rng(0))
    truth, held = trends.posteriors(plan, facts, trends.target_of(rng), prior, GUESSES, rng)
    blind = float((truth == prior.argmax()).mean())
    right = float((held.argmax(axis=1) == truth).mean())
    live = _live(facts, prior, rng)
    yield _row(
        people, "differencing: kind guessed, points over a blind guess", right - blind, live - blind, GUESSES
    )
    yield _row(
        people,
        "differencing: certain (over 80 percent)",
        float((held.max(axis=1) > _CERTAIN).mean()),
        live,
        GUESSES,
    )
    for part in plan.parts:
        told = trends.membership(plan, part, facts, _commonest(facts), LOOKS, rng, hide=False)
        yield _row(people, f"membership: right, {part}, as drawn", told, 1.0, LOOKS)
        yield _row(
            people, f"membership: the best test there is, {part}", trends.best_membership(plan, part), 1.0, 0
        )
    ways = solver.every_way(rebuilding.UNKNOWN, rebuilding.SIDE**2)
    tables = rebuilding.block, rebuilding.published, ways
    found = trends.reconstructed(plan, facts, *tables, REBUILT, rng)
    yield _row(people, "reconstruction: the whole table right", found.whole, 1.0, REBUILT)
    yield _row(
        people,
        "reconstruction: people placed, points over a blind guess",
        found.placed - found.blind,
        1 - found.blind,
        REBUILT,
    )
    yield _row(people, "reconstruction: read by the solver off a live table", 0.0, _read(people), 1)
    yield _row(people, "subtraction: a hidden cell exactly", _subtracted(plan), 1.0, 0)
    yield _row(people, "refresh: cells exact after 1,000 looks", 0.0, _averaged(plan, facts), 1_000)
    yield from _useful(people, plan, facts)


def _live(facts: Facts, prior: Any, rng: np.random.Generator) -> float:
    before, kinds = trends.live(_KIND, facts), rng.choice(len(prior), 100, p=prior)
    moved = [np.flatnonzero(trends.live(_KIND, with_one_more(facts, kind=kind)) != before) for kind in kinds]
    return float(np.mean([len(one) == 1 for one in moved]))


def _commonest(facts: Facts) -> dict[str, int]:
    names = [name for name in facts.rows.dtype.names or () if name != "respondent"]
    return {name: int(np.bincount(facts.places(name)).argmax()) for name in names}


def _read(people: int) -> float:
    cube = rebuilding.rare(people)
    bounds = np.zeros(cube.size, int), np.full(cube.size, cube.sum())
    found, exact = solver.decided(bounds, list(rebuilding.pairs(cube))), cube.ravel()
    return float(sum(exact[at] for at in found if 0 < exact[at] < trends.LIVE_LEAST) / cube.sum())


def _subtracted(plan: Plan) -> float:
    """How often a noisy number is the exact one, so that subtraction gives the truth: at the narrowest table."""
    alpha = float(
        np.exp(-1 / min(scale for part in plan.parts for _t, scale, _l in trends.tables(plan, part)))
    )
    return (1 - alpha) / (1 + alpha)


def _averaged(plan: Plan, facts: Facts) -> float:
    """What would happen if every look had new noise, as a live table with noise has."""
    table, scale, _least = next(iter(trends.tables(plan, "opening")))
    exact = counted(table, facts)
    looks = np.array(noise.drawn(np.tile(exact, 1_000).tolist(), scale)).reshape(1_000, -1)
    return float((np.round(looks.mean(axis=0)) == exact).mean())


def _useful(people: int, plan: Plan, facts: Facts) -> Iterator[dict[str, Any]]:
    made = [releasing.numbers(_only(plan), "opening", facts).tables[0] for _ in range(RELEASES)]
    exact = dict(zip(domain("kind"), counted(_KIND, facts).tolist(), strict=True))
    cells = [(cell, exact[cell.codes[0]]) for table in made for cell in table.cells]
    near = [
        cell.low <= truth <= cell.high
        for part in plan.parts
        for _ in range(RELEASES)
        for cell, truth in _shown(plan, part, facts)
    ]
    yield _row(people, "intervals met in shown cells, all tables", float(np.mean(near)), None, RELEASES)
    off = float(np.median([abs(cell.count - truth) / max(truth, 1) for cell, truth in cells]))
    yield _row(people, "kinds: median error of shown cells, as budgeted", off, None, RELEASES)
    shown = float(np.median([len(table.cells) for table in made]))
    yield _row(people, "kinds shown, of nine", shown, None, RELEASES, unit="cells")
    if plan.name == "large":
        yield _row(people, "median error of shown cells, nine tables at ε = 1", _off(plan, facts), None, 2)
    nobody = [
        sum(len(t.cells) for t in releasing.numbers(plan, "opening", Facts.of([])).tables) for _ in range(20)
    ]
    yield _row(people, "made-up cells a release", float(np.mean(nobody)), None, 20, unit="cells")


def _off(plan: Plan, facts: Facts) -> float:
    """How far the shown cell in the middle is from the truth, as a share of it, with the whole budget at the opening."""
    whole = replace(plan, parts={"opening": replace(plan.parts["opening"], epsilon=1.0)})
    shown = [pair for _ in range(2) for pair in _shown(whole, "opening", facts)]
    return float(np.median([abs(cell.count - truth) / max(truth, 1) for cell, truth in shown]))


def _shown(plan: Plan, part: str, facts: Facts) -> Iterator[tuple[Cell, int]]:
    """The cells of one release with what they truly hold; who is answerable has no list to compare with."""
    exact = {t.name: counted(t, facts).reshape(t.shape) for t in plan.parts[part].tables if not t.keyed}
    for made in releasing.numbers(plan, part, facts).tables:
        for cell in made.cells if made.name in exact else ():
            yield cell, int(exact[made.name][tuple(map(place, made.columns, cell.codes))])


def _only(plan: Plan) -> Plan:
    """The plan with the table of kinds alone, as noisy as it is there."""
    part = plan.parts["opening"]
    table = part.tables[0]
    alone = replace(part, epsilon=part.epsilon * table.share, delta=0.0, tables=(replace(table, share=1.0),))
    return replace(plan, parts={"opening": alone})


def _row(
    people: int, name: str, ours: float, theirs: float | None, n: int, unit: str = "%"
) -> dict[str, Any]:
    measure = 100 if unit == "%" else 1
    live = None if theirs is None else theirs * measure
    return {
        "name": f"{people:,} people, {name}",
        "ours": ours * measure,
        "theirs": live,
        "unit": unit,
        "ratio": None,
        "n": n,
    }
