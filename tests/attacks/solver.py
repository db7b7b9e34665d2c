"""An exact solver of small systems of sums over whole numbers, for attackers who put tables back together.

Bounds are narrowed by every sum until nothing moves, then the narrowest number is tried, value by value: what it
finds is a solution, and where it finds none there is none.
"""

from itertools import combinations_with_replacement

import numpy as np


def narrowed(bounds, sums):
    """Bounds that every sum agrees with; None where some number has no value left.

    Args:
        bounds: the lowest and highest value of each number, as two arrays.
        sums: pairs of the numbers that are added up, and what they give.
    """
    low, high = bounds[0].copy(), bounds[1].copy()
    moved = True
    while moved:
        moved = False
        for which, total in sums:
            lows, highs = low[which], high[which]
            least = np.maximum(lows, total - (highs.sum() - highs))
            most = np.minimum(highs, total - (lows.sum() - lows))
            if (least > most).any():
                return None
            moved = moved or bool((least > lows).any() or (most < highs).any())
            low[which], high[which] = least, most
    return low, high


def solution(bounds, sums):
    """Some values that give every sum, or None where there are none."""
    found = narrowed(bounds, sums)
    if found is None:
        return None
    low, high = found
    open_ = np.flatnonzero(low < high)
    if not len(open_):
        return low
    at = open_[(high - low)[open_].argmin()]
    for value in range(low[at], high[at] + 1):
        tried = low.copy(), high.copy()
        tried[0][at] = tried[1][at] = value
        if (known := solution(tried, sums)) is not None:
            return known
    return None


def decided(bounds, sums):
    """The numbers that have one value in every solution, each with it."""
    first = solution(bounds, sums)
    assert first is not None, "these sums contradict each other"
    low, high = narrowed(bounds, sums)
    return {at: int(first[at]) for at in range(len(first)) if not _another(low, high, sums, at, first[at])}


def _another(low, high, sums, at, value):
    for ends in ((low[at], value - 1), (value + 1, high[at])):
        if ends[0] <= ends[1]:
            tried = low.copy(), high.copy()
            tried[0][at], tried[1][at] = ends
            if solution(tried, sums) is not None:
                return True
    return False


def every_way(people, cells):
    """Every way in which so many people can be spread over cells, one a row: all of them, none left out."""
    ways = [np.bincount(way, minlength=cells) for way in combinations_with_replacement(range(cells), people)]
    return np.array(ways)
