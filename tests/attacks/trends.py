"""The strongest attacker on a release: knows the plan and everybody but one person, and sees what is shown.

Beside them a live table, as most systems have it: exact numbers, small ones hidden, counted anew at every look.
"""

from dataclasses import dataclass
from math import exp, factorial, log, prod

import numpy as np

from casework.trends import noise, releasing
from casework.trends.counting import counted
from casework.trends.domains import domain

#: Below this a live table hides a number.
LIVE_LEAST = 11
#: The least share of people of rare sectors, by caseload, whom an exact solver reads off a live table for certain.
LIVE_READ = {200: 0.9, 500: 0.6, 5_000: 0.5, 50_000: 0.25}


def live(table, facts):
    """A live table: exact, small numbers hidden as -1."""
    exact = counted(table, facts)
    return np.where((exact > 0) & (exact < LIVE_LEAST), -1, exact)


def margin_of_error(rate, tries):
    """How far a rate may be off by chance with a probability below one in a million (4.9 standard deviations)."""
    return 4.9 * (rate * (1 - rate) / tries) ** 0.5


@dataclass
class Seen:
    """One cell as an attacker sees it in many releases: a number, or that it is too few."""

    noisy: np.ndarray
    shown: np.ndarray
    scale: float
    least: int

    def likelihood(self, count):
        """How likely what is seen would be, if the cell held so many (logarithm)."""
        alpha = exp(-1 / self.scale)
        far = np.abs(self.noisy - count)
        exact = far * np.log(alpha) + np.log((1 - alpha) / (1 + alpha))
        return np.where(self.shown, exact, log(max(below(self.least - count, alpha), 1e-300)))


def below(edge, alpha):
    """P(noise < edge) of the discrete Laplace."""
    if edge > 0:
        return 1 - alpha**edge / (1 + alpha)
    return alpha ** (1 - edge) / (1 + alpha)


def look(counts, scale, least, hide=True):
    """What releases show of a cell that holds `counts`, one number a release."""
    noisy = np.array(noise.drawn([int(n) for n in counts], scale))
    shown = noisy >= least if hide else np.ones(len(noisy), bool)
    return Seen(noisy, shown, scale, least)


def tables(plan, part_name):
    """Each table of a part with the scale of its noise and its threshold."""
    part = plan.parts[part_name]
    made = noise.scheme(part)
    assert made.mechanism == noise.LAPLACE
    for table, scale in zip(part.tables, made.scales, strict=True):
        yield table, scale, releasing.threshold(plan, part, table, scale, made)


def posteriors(plan, facts, target, prior, tries, rng):
    """Guess the main kind of one more person from the tables of an opening window, in many tries.

    Args:
        facts: everybody else; the attacker knows them all.
        target: the places of the new person's other columns; the attacker knows them too.
        prior: how likely each kind is before the look.

    Returns:
        The true kinds, and for each try how likely the attacker holds each kind.
    """
    truth = rng.choice(len(prior), tries, p=prior)
    held = np.tile(np.log(np.maximum(prior, 1e-300)), (tries, 1))
    for table, scale, least in tables(plan, "opening"):
        if "kind" not in table.columns:
            continue
        known = counted(table, facts).reshape(table.shape)
        for kind in np.flatnonzero(prior):
            base = int(known[tuple(kind if c == "kind" else target[c] for c in table.columns)])
            seen = look(base + (truth == kind), scale, least)
            held[:, kind] += seen.likelihood(base + 1) - seen.likelihood(base)
    held = np.exp(held - held.max(axis=1, keepdims=True))
    return truth, held / held.sum(axis=1, keepdims=True)


def membership(plan, part_name, facts, target, tries, rng, hide=True):
    """Whether one person was counted: how often an attacker who knows all others says so rightly."""
    inside = rng.integers(0, 2, tries).astype(bool)
    held = np.zeros(tries)
    for table, scale, least in tables(plan, part_name):
        # Who is answerable: the worst case is somebody whom very many name, so that the number is always shown.
        base = (
            10 * least if table.keyed else int(_cells(table, facts)[tuple(target[c] for c in table.columns)])
        )
        seen = look(base + inside, scale, least, hide)
        held += seen.likelihood(base + 1) - seen.likelihood(base)
    said = np.where(np.isclose(held, 0), rng.integers(0, 2, tries).astype(bool), held > 0)
    return float((said == inside).mean())


def _cells(table, facts):
    return counted(table, facts).reshape(table.shape)


def best_membership(plan, *parts, cases=1):
    """The share of right answers that no attacker on all noisy numbers can beat: (1 + total variation) / 2, exactly.

    Args:
        parts: whose tables the attacker has, all of the same person.
        cases: of how many rows this person is in each of them; more than one where nobody has joined their cases.
    """
    with_, without = np.ones(1), np.ones(1)
    for _table, scale, _least in (one for part in parts for one in tables(plan, part)):
        reach = int(40 * scale)
        alpha = exp(-1 / scale)
        mass = alpha ** np.abs(np.arange(-reach, reach + 1)) * (1 - alpha) / (1 + alpha)
        with_, without = _joined(with_, without, mass, cases)
    return (1 + 0.5 * np.abs(with_ - without).sum()) / 2


def _joined(with_, without, mass, cases):
    """The likelihood ratio is all that counts: a cell says one of few ratios, so the pairs stay few."""
    moved = np.concatenate([np.zeros(cases), mass[:-cases]])
    ratios = np.round(np.log(np.maximum(moved, 1e-300) / mass), 9)
    kept = [(moved[ratios == one].sum(), mass[ratios == one].sum()) for one in np.unique(ratios)]
    one = np.array([pair[0] for pair in kept])
    other = np.array([pair[1] for pair in kept])
    return _merged(np.outer(with_, one).ravel(), np.outer(without, other).ravel())


def _merged(one, other):
    """Outcomes of one likelihood ratio are one outcome."""
    ratios = np.round(np.log(np.maximum(one, 1e-300) / np.maximum(other, 1e-300)), 6)
    _, where = np.unique(ratios, return_inverse=True)
    return np.bincount(where, one), np.bincount(where, other)


def target_of(rng):
    """Some person: a place in each domain, none of them unknown."""
    return {c: int(rng.integers(0, len(domain(c)) - 1)) for c in ("home", "host", "sector", "gender", "age")}


@dataclass
class Reconstructed:
    """How an attacker did who puts tables together.

    Attributes:
        placed: the share of the unknown people whom the best guess puts into their cell.
        blind: the same without a look.
        whole: the share of tries in which the likeliest table is the true one.
        surest: how likely the attacker ever held one table.
        tries: how many.
    """

    placed: float
    blind: float
    whole: float
    surest: float
    tries: int


def reconstructed(plan, facts, block, published, ways, tries, rng):
    """Everybody is known but a few, who are each in one of some cells: which table of all that can be is it?

    Args:
        block: of the facts, the counts that are known and the cells in question.
        published: every number of the plan's tables that the unknown move, one row a way.
        ways: every way in which they can be spread, one a row.
    """
    numbers = published(*block(facts), ways)
    scales = {table.name: scale for table, scale, _least in tables(plan, "opening")}
    people = int(ways[0].sum())
    prior = np.array([_ways_of(way) for way in ways], float)
    prior /= prior.sum()
    shared = np.minimum(ways[:, None, :], ways[None, :, :]).sum(axis=2) / people
    truths = rng.choice(len(ways), tries, p=prior)
    blind = (prior @ shared).argmax()
    held = np.tile(np.log(prior), (tries, 1))
    for name in sorted(numbers.keys() & scales.keys()):
        drawn = noise.drawn(numbers[name][truths].ravel().tolist(), scales[name])
        for at, noisy in enumerate(np.array(drawn).reshape(tries, -1)):
            held[at] -= np.abs(numbers[name] - noisy).sum(axis=1) / scales[name]
    held = np.exp(held - held.max(axis=1, keepdims=True))
    held /= held.sum(axis=1, keepdims=True)
    placed = shared[truths, (held @ shared).argmax(axis=1)].mean()
    seen, whole = shared[truths, blind].mean(), (held.argmax(axis=1) == truths).mean()
    return Reconstructed(float(placed), float(seen), float(whole), float(held.max()), tries)


def _ways_of(way):
    return factorial(int(way.sum())) / prod(factorial(int(n)) for n in way)
