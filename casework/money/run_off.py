"""The arithmetic of a debt that is paid off bit by bit while interest is added."""

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext
from typing import Final

#: Beyond this many payments nobody clears a debt in a working life, and counting one by one stops.
LONGEST: Final = 1200

DIGITS: Final = Context(prec=60)


def run_off(debt: Decimal, rate: Decimal, payment: Decimal, most: int = LONGEST) -> Iterator[Decimal]:
    """The debt after each payment, exactly, until it is cleared or after `most` payments.

    Args:
        debt: at the start.
        rate: for one period, as a part.
        payment: each time.
        most: payments that are looked at.
    """
    for _ in range(most):
        if debt <= 0:
            return
        debt = max(debt * (1 + rate) - payment, Decimal(0))
        yield debt


def periods_to_clear(debt: Decimal, rate: Decimal, payment: Decimal) -> Decimal | None:
    """How many payments, with a part of the last one; None when the debt never ends.

    Args:
        debt: at the start.
        rate: for one period, as a part.
        payment: each time.
    """
    with localcontext(DIGITS):
        if debt == 0:
            return Decimal(0)
        if payment <= debt * rate:
            return None
        if rate == 0:
            return debt / payment
        return -(1 - debt * rate / payment).ln() / (1 + rate).ln()
