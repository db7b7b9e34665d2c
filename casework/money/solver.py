"""Finds the interest behind a stream of payments, or says that there is none to find.

With v = 1 / (1 + i) the worth of all payments less the worth of what was received is f(v). It is nothing
at v = 0 or less than nothing, more than nothing at v = 1 when more is paid back than was received, so a
rate lies between, and halving always finds it; Newton's steps only make it quicker. Where money came and
went in turns more than one rate can fit: then no rate is given instead of a wrong one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Final

_DIGITS: Final = 50
_CLOSE: Final = Decimal("1e-30")
_ROUNDS: Final = 200
_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Flow:
    """Money at a time.

    Attributes:
        after: periods since the loan; parts of a period are allowed.
        amount: positive when the borrower pays, negative when the borrower receives.
    """

    after: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Found:
    """A rate that fits.

    Attributes:
        rate: for one period, as a part: 0.0546 is 5.46 %.
        residual: what is left over when the payments are brought back with this rate, as a part of the cash.
        rounds: how many steps it took.
    """

    rate: Decimal
    residual: Decimal
    rounds: int


@dataclass(frozen=True, slots=True)
class NotFound:
    """No rate can be given.

    Attributes:
        why: `less` when less is paid back than was received, `several` when more than one rate could fit,
            `absurd` when the rate is beyond anything that can be meant.
    """

    why: str


def solve(flows: Sequence[Flow]) -> Found | NotFound:
    """The interest for one period that makes payments and cash worth the same.

    Args:
        flows: at least one receipt at time 0.

    Raises:
        ValueError: nothing is received at the start.
    """
    with localcontext(Context(prec=_DIGITS)):
        ordered = _by_time(flows)
        received = -sum((flow.amount for flow in ordered if flow.amount < 0), _ZERO)
        if not ordered or ordered[0].after != 0 or ordered[0].amount >= 0:
            raise ValueError("a loan starts with money that is received")
        if _turns(ordered) > 1:
            return NotFound("several")
        over = sum((flow.amount for flow in ordered), _ZERO)
        if over < 0:
            return NotFound("less")
        return Found(_ZERO, _ZERO, 0) if over == 0 else _search(ordered, received)


def _by_time(flows: Sequence[Flow]) -> list[Flow]:
    """One flow for each time, in order."""
    sums: dict[Decimal, Decimal] = {}
    for flow in flows:
        sums[flow.after] = sums.get(flow.after, _ZERO) + flow.amount
    return [Flow(after, sums[after]) for after in sorted(sums)]


def _turns(ordered: Sequence[Flow]) -> int:
    """How often the running balance changes sides; once or never means that only one rate fits."""
    sides: list[bool] = []
    balance = _ZERO
    for flow in ordered:
        balance += flow.amount
        if balance != 0 and (not sides or sides[-1] != (balance > 0)):
            sides.append(balance > 0)
    # To end at nothing after the lender was the debtor for a while is a turn as well.
    return len(sides) - 1 + (balance == 0 and sides[-1])


def _worth(flows: Sequence[Flow]) -> Callable[[Decimal], tuple[Decimal, Decimal]]:
    """A function that gives f(v) and its slope."""

    def _at(v: Decimal) -> tuple[Decimal, Decimal]:
        worth, slope = _ZERO, _ZERO
        for flow in flows:
            part = flow.amount * v**flow.after
            worth += part
            slope += flow.after * part / v
        return worth, slope

    return _at


def _search(flows: Sequence[Flow], received: Decimal) -> Found | NotFound:
    worth = _worth(flows)
    low, high, v = _ZERO, _ONE, Decimal("0.95")
    for rounds in range(1, _ROUNDS + 1):
        value, slope = worth(v)
        if abs(value) <= _CLOSE * received:
            return Found(_ONE / v - _ONE, value / received, rounds)
        low, high = (v, high) if value < 0 else (low, v)
        step = v - value / slope if slope > 0 else low
        v = step if low < step < high else (low + high) / 2
    return NotFound("absurd")
