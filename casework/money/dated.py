"""An amount with the day that it fell due: what limits of time are counted for."""

from dataclasses import dataclass
from datetime import date

from casework.money.amounts import Money
from casework.money.records import versioned


@versioned("dated_amount")
@dataclass(frozen=True, slots=True)
class DatedAmount:
    """An amount that fell due on a day.

    Args:
        key: what it is, such as the key of a pay period.
        fell_due: the day that time limits run from.
        amount: still owed; negative where more came than was due.
    """

    key: str
    fell_due: date
    amount: Money
