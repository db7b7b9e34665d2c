"""Clocks of one case, and of 20,000 cases after a rule changed, beside a loop that adds the same numbers to days.

The plain loop knows nothing of months, working days, zones, versions or words: it is the floor below which
no engine can go, not another engine.
"""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from casework.deadlines import rules
from casework.deadlines.choices import Unit
from casework.deadlines.evaluate import clocks_of
from casework.deadlines.facts import Facts, Spell, happened
from casework.deadlines.slices import Case, in_slices

if TYPE_CHECKING:
    from bench.__main__ import Result

_ON = date(2026, 6, 3)
_KINDS = ("detention", "deportation", "wage_theft")
_CASES = 20_000
_ROUNDS = 50
_DAYS = {
    Unit.HOUR: 1 / 24,
    Unit.WORKING_HOUR: 1 / 24,
    Unit.CALENDAR_DAY: 1,
    Unit.WORKING_DAY: 1.4,
    Unit.MONTH: 30.4,
}


def run() -> "list[Result]":
    """Measure, in milliseconds."""
    cases = [Case(number, (_KINDS[number % 3],), _facts(number)) for number in range(_CASES)]
    changed = rules.load().changed(
        {k: v for k, v in rules.load().digests.items() if not k.startswith("us.bia_")}
    )
    return [
        _one_case(),
        _many_cases("clocks of 20,000 cases again, one rule changed", cases, changed),
        _many_cases("clocks of 20,000 cases again, all rules", cases, None),
    ]


def _one_case() -> "Result":
    facts = _facts(0)
    ours = _milliseconds(lambda: clocks_of(_KINDS, facts, rules.load(), _ON))
    theirs = _milliseconds(lambda: _plain(facts))
    return {
        "name": "all clocks of a case",
        "ours": ours,
        "theirs": theirs,
        "unit": "ms",
        "ratio": ours / theirs,
        "n": len(clocks_of(_KINDS, facts, rules.load(), _ON)),
    }


def _many_cases(name: str, cases: list[Case], only: frozenset[str] | None) -> "Result":
    started = time.perf_counter()
    done = [part.done for part in in_slices(cases, rules.load(), _ON, only=only)]
    ours = (time.perf_counter() - started) * 1000
    started = time.perf_counter()
    for case in cases:
        _plain(case.facts)
    theirs = (time.perf_counter() - started) * 1000
    return {
        "name": name,
        "ours": ours,
        "theirs": theirs,
        "unit": "ms",
        "ratio": ours / theirs,
        "n": done[-1],
    }


def _facts(number: int) -> Facts:
    """A case with much in it: detained in Belgium or the United States, an order, a flight, wages owed.

    Its days lie anywhere within two years, so that few cases have theirs in common.
    """
    begun = random.Random(number)
    day = (date(2024, 5, 1) + timedelta(days=begun.randrange(730))).isoformat()
    later = (date(2024, 6, 1) + timedelta(days=begun.randrange(730))).isoformat()
    events = (
        happened("first_contact", day, "09:30"),
        happened("detained", day, "06:10"),
        happened("decision", later, "16:00"),
        happened("final_order", later),
        happened("return_decision", later),
        happened("flight", "2026-07-01", "07:45"),
        happened("employment_end", "2025-12-31"),
        *(happened("wage_due", f"2025-{month:02}-28", ref=f"period-{month}") for month in range(1, 13)),
    )
    spells = (Spell(date(2026, 1, 10), date(2026, 2, 20)), Spell(date(2026, 3, 1)))
    country = "BE" if number % 2 else "US"
    zone = "Europe/Brussels" if number % 2 else "America/Chicago"
    return Facts(frozenset({country}), zone, events, spells)


def _plain(facts: Facts) -> list[date]:
    """The same rules over the same events, as somebody would write it in an afternoon."""
    found = []
    for kind in _KINDS:
        for rule in rules.load().of(kind, facts.countries):
            for event in facts.events:
                if event.event == rule.trigger_event:
                    found.append(event.day + timedelta(days=rule.count * _DAYS[rule.unit]))  # noqa: PERF401  (the plain loop is the point)
    return sorted(found)


def _milliseconds(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return sorted(times)[_ROUNDS // 2] * 1000
