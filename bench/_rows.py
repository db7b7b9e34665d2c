"""Figures of pages, and the clock that takes them."""

import time
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]


def row(name: str, ours: float, theirs: float | None, unit: str, n: int) -> Row:
    """One figure beside what it is compared with; see `bench.__main__.Result`."""
    return {
        "name": name,
        "ours": round(ours, 3),
        "theirs": None if theirs is None else round(theirs, 3),
        "unit": unit,
        "ratio": None if theirs is None else round(ours / theirs, 3),
        "n": n,
    }


def took(act: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - start) / 1e6
