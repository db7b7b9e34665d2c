"""Noise, its price and its width. The noise and the sum of what it costs are OpenDP's; only the width is worked out here.

Neighbours are two networks that differ by one person, who is in one or in none. Each table is one count a
person, so one person moves one cell of it by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from math import exp, inf
from typing import Any

import numpy as np
import opendp.prelude as dp

from casework.trends.counting import counted, keyed
from casework.trends.facts import Facts
from casework.trends.plans import Part, TablePlan

# `contrib`: every measurement of OpenDP stands behind this flag. `honest-but-curious`: counting is our own
# function, and that one person moves one cell by one is our promise; tests/trends holds it.
dp.enable_features("contrib", "honest-but-curious")

OPENDP = version("opendp")
LAPLACE, GAUSSIAN = "laplace", "gaussian"
#: How often the truth lies within the interval of a number that is shown.
COVERAGE = 0.95
#: How often it does within that of any number, so that it still does in `COVERAGE` of those that are shown. A small
#: cell is shown only where the noise went up, so its number is farther off than most: with half of what may be missed,
#: whatever cell had one chance in four of being shown is met as often as is promised (tests/trends/test_release.py).
_OF_ANY = 1 - (1 - COVERAGE) / 2
_WIDEST = 1_000_000


@dataclass(frozen=True)
class Scheme:
    """The noise of a part.

    Attributes:
        mechanism: `LAPLACE` or `GAUSSIAN`, whichever is narrower.
        scales: of each table, in cases.
        keyed_threshold: below this no respondent is named; infinite where a part has no such table.
    """

    mechanism: str
    scales: tuple[float, ...]
    keyed_threshold: float


def scheme(part: Part) -> Scheme:
    """The noise that a part's budget buys: of two mechanisms the one whose intervals are narrower on average.

    Args:
        part: tables with their shares.
    """
    laplace = _laplace(part)
    if not part.delta or any(table.keyed for table in part.tables):
        return laplace
    return min(laplace, _gaussian(part), key=lambda one: sum(widths(one)))


def _laplace(part: Part) -> Scheme:
    """Tables add up their ε; a whole δ goes to whom nobody knew beforehand."""
    scales = tuple(1 / (part.epsilon * table.share) for table in part.tables)
    known = [scale for scale, table in zip(scales, part.tables, strict=True) if table.keyed]
    return Scheme(LAPLACE, scales, _keyed_threshold(known[0], part.delta) if known else inf)


@cache
def _keyed_threshold(scale: float, delta: float) -> float:
    """The smallest threshold at which a name that only one person brings shows up with probability δ at most."""

    def fits(threshold: int) -> bool:
        noise: Any = _keyed_noise(scale, threshold)
        return bool(noise.map((1, 1, 1))[1] <= delta)

    return float(next(each for each in range(1, _WIDEST) if fits(each)))


def _gaussian(part: Part) -> Scheme:
    """Tables add up their ρ = 1/(2σ²); OpenDP says what ε the sum is at δ."""

    def scales(whole: float) -> tuple[float, ...]:
        return tuple(whole / float(np.sqrt(table.share)) for table in part.tables)

    def fits(whole: float) -> bool:
        made = Scheme(GAUSSIAN, scales(whole), inf)
        return bool(cost(part, made)[0] <= part.epsilon)

    return Scheme(GAUSSIAN, scales(dp.binary_search(fits, bounds=(0.1, 10_000.0))), inf)


def cost(part: Part, made: Scheme) -> tuple[float, float]:
    """What a release costs each person, as OpenDP adds it up.

    Returns:
        ε and δ.
    """
    measured = measurement(part, made)
    if made.mechanism == GAUSSIAN:
        whole: Any = dp.c.make_fix_delta(dp.c.make_zCDP_to_approxDP(measured), part.delta)
        epsilon, delta = whole.map(1)
        return float(epsilon), float(delta)
    found = measured.map(1)
    return (float(found[0]), float(found[1])) if isinstance(found, tuple) else (float(found), 0.0)


def measurement(part: Part, made: Scheme) -> Any:
    """All tables of a part as one OpenDP measurement: given facts, it gives the noisy numbers of each table."""
    some = [_table(table, scale, made) for table, scale in zip(part.tables, made.scales, strict=True)]
    if any(table.keyed for table in part.tables):
        some = [
            one if table.keyed else dp.c.make_approximate(one)
            for one, table in zip(some, part.tables, strict=True)
        ]
    return dp.c.make_composition(some)


def _table(table: TablePlan, scale: float, made: Scheme) -> Any:
    if table.keyed:
        return _from_facts(*_KEYED, keyed, lambda d: (d, d, d)) >> _keyed_noise(
            scale, int(made.keyed_threshold)
        )

    def count(facts: Facts) -> list[int]:
        return counted(table, facts).tolist()  # type: ignore[no-any-return]  # numpy's lists carry no types

    if made.mechanism == GAUSSIAN:
        return _from_facts(*_L2, count, float) >> dp.m.make_gaussian(*_L2, scale=scale)
    return _from_facts(*_L1, count, lambda d: d) >> dp.m.make_laplace(*_L1, scale=scale)


_FACTS = dp.user_domain("facts", lambda facts: isinstance(facts, Facts))
_NUMBERS = dp.vector_domain(dp.atom_domain(T="i64"))
_L1 = (_NUMBERS, dp.l1_distance(T="i64"))
_L2 = (_NUMBERS, dp.l2_distance(T="f64"))
_KEYED = (
    dp.map_domain(dp.atom_domain(T=str), dp.atom_domain(T="i64")),
    dp.l01inf_distance(dp.absolute_distance(T="i64")),
)


def _from_facts(space: Any, metric: Any, count: Callable[[Facts], Any], stable: Callable[[int], Any]) -> Any:
    """Counting as a step that OpenDP can measure after."""
    return dp.t.make_user_transformation(_FACTS, dp.symmetric_distance(), space, metric, count, stable)


def _keyed_noise(scale: float, threshold: int) -> Any:
    return dp.m.make_laplace_threshold(*_KEYED, scale=scale, threshold=threshold)


def drawn(counts: Sequence[int], scale: float, mechanism: str = LAPLACE) -> list[int]:
    """Numbers with the noise that a release gives them; for whoever measures the noise itself."""
    noise = (
        dp.m.make_gaussian(*_L2, scale=scale)
        if mechanism == GAUSSIAN
        else dp.m.make_laplace(*_L1, scale=scale)
    )
    return list(noise(list(counts)))


def widths(made: Scheme) -> tuple[int, ...]:
    """Half of the interval of each table, in cases: the truth lies as near in 95 of 100 numbers that are shown."""
    return tuple(shown_width(scale, made.mechanism) for scale in made.scales)


def shown_width(scale: float, mechanism: str = LAPLACE) -> int:
    """Half of the interval of a number that is shown."""
    return width(scale, mechanism, _OF_ANY)


@cache
def width(scale: float, mechanism: str = LAPLACE, coverage: float = COVERAGE) -> int:
    """The smallest w such that the noise is within w of nothing as often as `coverage` says."""
    missed = _missed_by_gaussian if mechanism == GAUSSIAN else _missed_by_laplace
    return next(w for w in range(_WIDEST) if missed(scale, w) <= 1 - coverage)


def _missed_by_laplace(scale: float, w: int) -> float:
    """P(|X| > w) of the discrete Laplace: 2αʷ⁺¹/(1+α), α = exp(−1/b)."""
    alpha = exp(-1 / scale)
    return float(2 * alpha ** (w + 1) / (1 + alpha))


def _missed_by_gaussian(scale: float, w: int) -> float:
    """P(|X| > w) of the discrete Gaussian, summed up."""
    far = np.arange(int(12 * scale) + 2)
    mass = np.exp(-(far**2) / (2 * scale**2))
    mass[1:] *= 2
    return float(mass[w + 1 :].sum() / mass.sum())
