"""A million facts to a release: opened from bytes, counted, noised by OpenDP, hidden, frozen."""

import resource
import time
from typing import Any

import numpy as np

from casework.trends import releasing
from casework.trends.domains import COLUMNS, domain
from casework.trends.facts import Facts
from casework.trends.plans import every

PEOPLE = 1_000_000


def run() -> list[dict[str, Any]]:
    """Measure, in seconds and megabytes at the most, with everything else of this process.

    Processor time says the same on a busy machine; there it is what the clock would say on a machine of its own.
    """
    rng = np.random.default_rng(8)
    columns = {column: rng.integers(0, len(domain(column)), PEOPLE, np.uint16) for column in COLUMNS}
    raw = Facts.in_columns(**columns).to_bytes()
    rows = [
        _row(f"{part} of {PEOPLE:,} facts, large plan, {by}", seconds, "s")
        for part in ("opening", "closing")
        for by, seconds in zip(("by the clock", "processor time"), _took(raw, part), strict=True)
    ]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*rows, _row("memory of it all, at most", most, "MB")]


def _took(raw: bytes, part: str) -> tuple[float, float]:
    begun = time.perf_counter(), time.process_time()
    releasing.numbers(every()["large"], part, Facts.from_bytes(raw))
    return time.perf_counter() - begun[0], time.process_time() - begun[1]


def _row(name: str, ours: float, unit: str) -> dict[str, Any]:
    return {"name": name, "ours": ours, "theirs": None, "unit": unit, "ratio": None, "n": 1}
