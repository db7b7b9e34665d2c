"""What the worker's ledger holds, line by line. Each line checks itself and has a plain form with a version."""

from casework.money.ledger.hours import PayPeriod, PayRate, Work
from casework.money.ledger.lending import Instalment, Loan, Told
from casework.money.ledger.pay import Deduction, Entitlement, Payment
from casework.money.ledger.recruiting import RecruitmentPayment, Refund
from casework.money.ledger.stages import Stage, StageAmount

__all__ = (
    "Deduction",
    "Entitlement",
    "Instalment",
    "Loan",
    "PayPeriod",
    "PayRate",
    "Payment",
    "RecruitmentPayment",
    "Refund",
    "Stage",
    "StageAmount",
    "Told",
    "Work",
)
