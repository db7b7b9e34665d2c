"""Caseloads that were made up, as a network may have them: some kinds and corridors often, most hardly ever."""

import numpy as np

from casework.trends.domains import COLUMNS, domain
from casework.trends.facts import Facts

#: How steep the tail of every other column is: few corridors and sectors make up most of a network's cases.
TAIL = 2.4
#: How kinds are spread: a blind guess says the first one, and is right in 33 of 100 cases.
KINDS = (0.33, 0.20, 0.15, 0.10, 0.08, 0.06, 0.04, 0.02, 0.02)


def spread(column, rng):
    """How likely each code of a column is: fixed for kinds, a long tail in some order for the rest."""
    size = len(domain(column))
    if column == "kind":
        return np.array([*KINDS, *[0.0] * (size - len(KINDS))])
    weights = 1 / np.arange(1, size + 1) ** TAIL
    return rng.permutation(weights / weights.sum())


def caseload(people, seed=8):
    """The facts of some people, the same for the same seed."""
    rng = np.random.default_rng(seed)
    columns = {c: rng.choice(len(domain(c)), people, p=spread(c, rng)) for c in COLUMNS}
    return Facts.in_columns(**columns)


def with_one_more(facts, **places):
    """The same people and one more, of whom the places in the domains are given."""
    one = Facts.in_columns(**{c: np.array([places.get(c, 0)]) for c in COLUMNS})
    return Facts.join([facts, one])
