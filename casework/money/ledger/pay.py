"""What was paid, what was taken off, and what was owed besides wages."""

from dataclasses import dataclass
from datetime import date

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money
from casework.money.records import versioned


@versioned("payment")
@dataclass(frozen=True, slots=True)
class Payment:
    """Money that really came into the worker's hands.

    Args:
        amount: received; not what a payslip says.
        day: when, if known.
        period: key of the pay period that it was for; empty if nobody can say.
        given_back: what the worker was made to return of it afterwards.
        method: code of `payment_methods`.
    """

    amount: Money
    day: date | None = None
    period: str = ""
    given_back: Money | None = None
    method: str = "unknown"

    def __post_init__(self) -> None:
        checks.amount(self.amount, "amount")
        checks.code("payment_methods", self.method, "method")
        if self.given_back is not None:
            checks.amount(self.given_back, "given_back")
            if self.given_back > self.amount:
                raise Invalid("More was given back than was received. Check the two amounts.", "given_back")


@versioned("deduction")
@dataclass(frozen=True, slots=True)
class Deduction:
    """Something that was taken off before the worker was paid.

    Args:
        amount: taken off.
        lawful: may it be taken off? Somebody has to decide; what is not lawful is owed.
        reason: code of `deduction_reasons`.
        day: when, if known.
        period: key of the pay period; empty if nobody can say.
        in_writing: did the worker agree in writing? Code of `answers`.
    """

    amount: Money
    lawful: bool
    reason: str = "unknown"
    day: date | None = None
    period: str = ""
    in_writing: str = "unknown"

    def __post_init__(self) -> None:
        checks.amount(self.amount, "amount")
        checks.code("deduction_reasons", self.reason, "reason")
        checks.code("answers", self.in_writing, "in_writing")


@versioned("entitlement")
@dataclass(frozen=True, slots=True)
class Entitlement:
    """Something owed besides pay for work: leave, notice, gratuity, a ticket.

    Args:
        amount: owed.
        what: code of `entitlements`.
        day: when it fell due, if known.
        period: key of the pay period; empty if it belongs to the whole job.
        documented: is there something that shows it?
    """

    amount: Money
    what: str = "other"
    day: date | None = None
    period: str = ""
    documented: bool = False

    def __post_init__(self) -> None:
        checks.amount(self.amount, "amount")
        checks.code("entitlements", self.what, "what")
