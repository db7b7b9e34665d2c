"""How far a sum came: claimed, documented, awarded, paid. Four different things, never added to each other."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.money import checks
from casework.money.amounts import Money
from casework.money.records import versioned


class Stage(StrEnum):
    """What is said of the money."""

    CLAIMED = "claimed"
    DOCUMENTED = "documented"
    AWARDED = "awarded"
    PAID = "paid"


@versioned("stage_amount")
@dataclass(frozen=True, slots=True)
class StageAmount:
    """A sum at one stage.

    Args:
        stage: which of the four.
        amount: of this event.
        day: when.
        subject: what it is about, such as `wages` or `fees`; sums stay within it.
    """

    stage: Stage
    amount: Money
    day: date
    subject: str = "wages"

    def __post_init__(self) -> None:
        checks.amount(self.amount, "amount")
