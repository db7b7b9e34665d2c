"""A claim of 500 lines, counted with its whole working, beside the bare sum that a spreadsheet would make in floats."""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from casework.money import rule_files
from casework.money.amounts import Money
from casework.money.calculators import calculate, record, reproduce
from casework.money.ledger import Deduction, Payment, PayPeriod, PayRate, Work
from casework.money.wages import WageClaim

_ROUNDS = 30
_START = date(2025, 1, 6)
_WEEKS = 60
_DAYS = 360
_THRESHOLD = 40


def claim() -> WageClaim:
    """360 days of work, 80 payments, 60 deductions: 500 lines in 60 weekly periods."""
    days = [_START + timedelta(days=n + n // 6) for n in range(_DAYS)]
    weeks = [_START + timedelta(weeks=n) for n in range(_WEEKS)]
    return WageClaim(
        "USD",
        work=tuple(Work(Decimal(8 + n % 5) + Decimal("0.25"), day, day) for n, day in enumerate(days)),
        rates=(PayRate(Decimal("15.35"), "USD"), PayRate(Decimal("7.25"), "USD", basis="minimum")),
        periods=tuple(PayPeriod(f"w{n}", week, week + timedelta(days=6)) for n, week in enumerate(weeks)),
        payments=tuple(Payment(Money.of("401.17", "USD"), period=f"w{n % _WEEKS}") for n in range(80)),
        deductions=tuple(
            Deduction(Money.of("12.30", "USD"), lawful=bool(n % 2), period=f"w{n}") for n in range(_WEEKS)
        ),
        overtime="us-flsa-overtime",
    )


def naive(question: WageClaim) -> float:
    """The same sum in floats, without lines, words, proofs or checks."""
    weeks: dict[int, float] = {}
    for work in question.work:
        week = (work.start - _START).days // 7
        weeks[week] = weeks.get(week, 0.0) + float(work.quantity)
    rate = max(float(r.amount) for r in question.rates)
    due = sum(min(h, _THRESHOLD) * rate + max(h - _THRESHOLD, 0) * rate * 1.5 for h in weeks.values())
    lawful = sum(d.amount.minor / 100 for d in question.deductions if d.lawful)
    return due - lawful - sum(p.amount.minor / 100 for p in question.payments)


def run() -> list[dict[str, Any]]:
    """Medians of interleaved rounds."""
    book, question = rule_files.house(), claim()
    working = calculate(question, book)
    kept = record(working, book)
    # What is compared is the same sum, but for the coins that floats and rounding once lose.
    assert abs(float(working.money("owed").major) - naive(question)) < 1
    ours, theirs = _side_by_side(lambda: calculate(question, book), lambda: naive(question))
    keeping = _median(lambda: record(working, book))
    again = _median(lambda: reproduce(kept))
    return [
        _result("calculation of 500 lines", ours, theirs),
        _result("keeping a calculation of 500 lines", keeping, None),
        _result("counting a kept calculation of 500 lines again", again, None),
    ]


def _side_by_side(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    times = [(_once(one), _once(other)) for _ in range(_ROUNDS)]
    return statistics.median(a for a, _ in times), statistics.median(b for _, b in times)


def _median(act: Callable[[], object]) -> float:
    return statistics.median(_once(act) for _ in range(_ROUNDS))


def _once(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _result(name: str, ours: float, theirs: float | None) -> dict[str, Any]:
    ratio = None if theirs is None else ours / theirs
    return {"name": name, "ours": ours, "theirs": theirs, "unit": "ms", "ratio": ratio, "n": _ROUNDS}


if __name__ == "__main__":
    for line in run():
        sys.stdout.write(f"{line}\n")
