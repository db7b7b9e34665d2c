"""What the job itself cost: payments along the chain of recruiters, and what came back."""

from dataclasses import dataclass
from datetime import date

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money
from casework.money.exchange import ExchangeRate
from casework.money.records import versioned


@versioned("recruitment_payment")
@dataclass(frozen=True, slots=True)
class RecruitmentPayment:
    """One payment for getting the job.

    Args:
        amount: really paid, in the currency it was paid in.
        day: when.
        item: code of `recruitment_costs`, the items of the ILO definition.
        paid_to: code of `chain_roles`.
        payee: id of the respondent, or empty; never a name.
        receipt: code of `receipts`: does it tell the truth?
        receipt_amount: what the receipt says, if it says less.
        asked_by_recruiter: was it asked for by employer or recruiter, or needed to get the job? Code of `answers`.
        lawful: code of `answers`.
        rate: into the currency of the count, if that is another.
    """

    amount: Money
    day: date
    item: str = "undisclosed"
    paid_to: str = "unknown"
    payee: str = ""
    receipt: str = "unknown"
    receipt_amount: Money | None = None
    asked_by_recruiter: str = "unknown"
    lawful: str = "unknown"
    rate: ExchangeRate | None = None

    def __post_init__(self) -> None:
        checks.amount(self.amount, "amount")
        checks.code("recruitment_costs", self.item, "item")
        checks.code("chain_roles", self.paid_to, "paid_to")
        checks.code("receipts", self.receipt, "receipt")
        checks.code("answers", self.asked_by_recruiter, "asked_by_recruiter")
        checks.code("answers", self.lawful, "lawful")
        self._check_receipt()

    def _check_receipt(self) -> None:
        if self.receipt == "understated" and self.receipt_amount is None:
            raise Invalid("Say which amount the receipt shows.", "receipt_amount")
        if self.receipt_amount is not None:
            checks.amount(self.receipt_amount, "receipt_amount")
            if self.receipt_amount > self.amount:
                raise Invalid(
                    "The receipt shows more than was paid. Check the two amounts.", "receipt_amount"
                )

    @property
    def documented(self) -> Money:
        """The part that a receipt in the worker's hands shows."""
        match self.receipt:
            case "full":
                return self.amount
            case "understated":
                return self.receipt_amount or Money.zero(self.amount.currency)
            case _:
                return Money.zero(self.amount.currency)


@versioned("refund")
@dataclass(frozen=True, slots=True)
class Refund:
    """Money of the recruitment that came back, or was promised to.

    Args:
        amount: of the refund.
        day: when.
        state: code of `refunds`; only `paid` and `partly` are money in hand.
        paid_by: code of `chain_roles`.
        rate: into the currency of the count, if that is another.
    """

    amount: Money
    day: date
    state: str = "paid"
    paid_by: str = "unknown"
    rate: ExchangeRate | None = None

    def __post_init__(self) -> None:
        checks.amount(self.amount, "amount")
        checks.code("refunds", self.state, "state")
        checks.code("chain_roles", self.paid_by, "paid_by")

    @property
    def in_hand(self) -> bool:
        """Was this really paid?"""
        return self.state in ("paid", "partly")
