"""What the job cost: the recruitment cost indicator (SDG 10.7.1), and what of it can be asked back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, exponent, rounded, total
from casework.money.exchange import ExchangeRate
from casework.money.ledger import RecruitmentPayment, Refund
from casework.money.records import versioned
from casework.money.recruitment_caps import Besides, claim, in_months, over_cap
from casework.money.recruitment_lines import counted, into, write_groups, write_payments
from casework.money.rules import RuleBook
from casework.money.sentences import Value, say
from casework.money.working import Sheet, Working

NAME: Final = "recruitment"
VERSION: Final = 1

_FORMULA: Final = say(
    "Indicator = what the worker paid ÷ monthly income in the job, both of the same worker. Over the cap = paid − the "
    "most that a rule allows. Over the zero standard = all of it. Refund claim = what was not allowed + cost of the "
    "loans − refunds that were really paid."
)


@versioned("recruitment_question")
@dataclass(frozen=True, slots=True)
class RecruitmentQuestion:
    """What the calculator of recruitment costs is given.

    Args:
        currency: in which everything is counted.
        payments: along the chain of recruiters, in any currency with a rate.
        monthly_income: really earned in the job; None if not known.
        income_day: the day that its exchange rate is looked at.
        income_rate: into the currency of the count, if that is another.
        caps: ids of rules on the most that may be asked.
        refunds: asked for, promised or paid.
        loan_cost: interest and fees of loans taken for it, from the calculator of interest.
    """

    currency: str
    payments: tuple[RecruitmentPayment, ...]
    monthly_income: Money | None = None
    income_day: date | None = None
    income_rate: ExchangeRate | None = None
    caps: tuple[str, ...] = ()
    refunds: tuple[Refund, ...] = ()
    loan_cost: Money | None = None

    def __post_init__(self) -> None:
        exponent(self.currency)
        checks.one_currency(self.currency, self.loan_cost)
        if not self.payments:
            raise Invalid("Enter at least one payment.", "payments")
        if self.monthly_income is not None and self.monthly_income.minor <= 0:
            raise Invalid("This must be more than zero.", "monthly_income")


def recruitment(question: RecruitmentQuestion, book: RuleBook) -> Working:
    """What was paid for the job, in months of income, over each cap and over nothing at all.

    Raises:
        Invalid: an amount in another currency without a rate, or with a rate of another time.
    """
    sheet = Sheet(book)
    items = counted(question.payments, question.currency, sheet)
    theirs = [item for item in items if item.payment.asked_by_recruiter != "no"]
    own = [item for item in items if item.payment.asked_by_recruiter == "no"]
    write_payments(sheet, theirs, own)
    cost = total((item.amount for item in theirs), question.currency)
    refunds = _refunds(question, sheet)
    results: dict[str, Value] = {
        "cost": cost,
        "documented": total((item.documented for item in theirs), question.currency),
        "own_choice": total((item.amount for item in own), question.currency),
        "refunded": refunds,
        "over_zero": cost,
    }
    sheet.sum("cost", say("Paid for the job: %(cost)s", cost=cost), cost)
    write_groups(sheet, theirs, question.currency)
    income = _income(question, sheet)
    results |= _indicator(sheet, cost, income)
    besides = Besides(question.loan_cost or Money.zero(question.currency), refunds)
    results |= claim(sheet, None, cost, besides)
    for rule_id in question.caps:
        results |= over_cap(sheet, sheet.rule(rule_id, "recruitment_cap"), cost, income, besides)
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def middle(indicators: Iterable[Decimal]) -> tuple[Decimal | None, int]:
    """The median of several people's indicators, and how many they are.

    Never the mean: one person who paid ten times as much would move it, and could be found in it.
    """
    values = sorted(indicators)
    return (rounded(Decimal(median(values)), 2) if values else None, len(values))


def _refunds(question: RecruitmentQuestion, sheet: Sheet) -> Money:
    paid = [
        into(refund.amount, refund.rate, refund.day, question.currency, sheet)
        for refund in question.refunds
        if refund.in_hand
    ]
    return total(paid, question.currency)


def _income(question: RecruitmentQuestion, sheet: Sheet) -> Money | None:
    income = question.monthly_income
    if income is None or income.currency == question.currency:
        return income
    day = question.income_day or max(payment.day for payment in question.payments)
    converted = into(income, question.income_rate, day, question.currency, sheet)
    if question.income_rate is not None:
        words = say(
            "Monthly income %(income)s %(currency)s at %(rate)s = %(converted)s",
            income=income,
            currency=income.currency,
            rate=question.income_rate.words(),
            converted=converted,
        )
        sheet.step("income", words, converted)
    return converted


def _indicator(sheet: Sheet, cost: Money, income: Money | None) -> dict[str, Value]:
    if income is None:
        sheet.warn(say("Without the monthly income of the job the indicator cannot be counted."))
        return {"months": None}
    months = in_months(cost, income)
    words = say(
        "Indicator: %(cost)s ÷ %(income)s = %(months)s months of income",
        cost=cost,
        income=income,
        months=months,
    )
    sheet.sum("months", words, months)
    return {"months": months}
