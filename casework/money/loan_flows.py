"""A loan as money in and out over time."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casework.errors import Invalid
from casework.money.amounts import Money
from casework.money.ledger import Instalment, Loan, Told
from casework.money.ledger.lending import PERIODS_A_YEAR
from casework.money.solver import Flow

_YEAR: Final = 365
_HUNDRED: Final = 100


def flows(loan: Loan, cash: Money) -> list[Flow]:
    """Money in and out over time.

    Args:
        loan: with its instalments.
        cash: what counts as received.

    Raises:
        Invalid: nothing is paid back or all of it at once, or days are known for one part only.
    """
    if not loan.instalments:
        raise Invalid("Enter what is paid back.", "instalments")
    paid = [Flow(after, amount.major) for after, amount in _paid(loan)]
    if sum(flow.amount for flow in paid if flow.after == 0) >= cash.major:
        raise Invalid(
            "All of it is paid back on the day of the loan. Check when instalments are paid.", "instalments"
        )
    if loan.outstanding is not None:
        paid.append(Flow(max(flow.after for flow in paid), loan.outstanding.major))
    return [Flow(Decimal(0), -cash.major), *paid]


def _paid(loan: Loan) -> Iterator[tuple[Decimal, Money]]:
    dated = [part.day is not None for part in loan.instalments]
    if any(dated) and (not all(dated) or loan.day is None):
        raise Invalid("Give the day of the loan and of every instalment, or of none of them.", "day")
    for part in loan.instalments:
        if part.day is not None and loan.day is not None:
            if part.day < loan.day:
                raise Invalid("An instalment lies before the loan.", "day")
            days = (part.day - loan.day).days
            yield Decimal(days) * PERIODS_A_YEAR[loan.every] / _YEAR, part.amount
        else:
            for place in range(part.times):
                yield Decimal(part.after + place), part.amount


def flat_loan(principal: Money, told: Told, times: int) -> Loan:
    """The loan that a flat rate makes: interest on the first amount for the whole time, in equal instalments.

    Args:
        principal: stated and handed over in full.
        told: the flat rate; its `every` is the time between instalments.
        times: how many instalments.

    Raises:
        Invalid: there are none.
    """
    if times < 1:
        raise Invalid("Count the instalments from 1 to 1,200.", "times")
    factor = Fraction(1, times) + Fraction(told.percent) / _HUNDRED
    return Loan(
        principal.currency,
        principal,
        (Instalment(principal.times(factor), times=times),),
        every=told.every,
        told=replace(told, terms="flat"),
    )
