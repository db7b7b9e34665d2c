"""How long a debt lasts: so many payments, or never."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, localcontext
from typing import Final

from casework.money import checks
from casework.money.amounts import Money, rounded
from casework.money.ledger.lending import percent, regular
from casework.money.records import versioned
from casework.money.rules import RuleBook
from casework.money.run_off import DIGITS, LONGEST, periods_to_clear, run_off
from casework.money.sentences import Sentence, Value, label, say
from casework.money.working import Sheet, Working

NAME: Final = "debt"
VERSION: Final = 1

_HUNDRED: Final = 100
_FORMULA: Final = say(
    "Each time interest is added to the debt, then the payment is taken off. If the payment is not more than the "
    "interest, the debt never ends. Otherwise the number of payments is −ln(1 − debt × i ÷ payment) ÷ ln(1 + i)."
)
_ROUNDING: Final = say(
    "The debt runs on without rounding; only what is shown is rounded, half a coin upwards."
)


@versioned("debt_question")
@dataclass(frozen=True, slots=True)
class DebtQuestion:
    """What the calculator of debts is given.

    Args:
        debt: owed now.
        percent: interest for one period: 3 for 3 %.
        income: for one period.
        living: what food, rent and the like take of it.
        remittance: what has to be sent home.
        every: day, week, fortnight or month.
        contract: periods until the contract ends, if it does.
    """

    debt: Money
    percent: Decimal
    income: Money
    living: Money | None = None
    remittance: Money | None = None
    every: str = "month"
    contract: int | None = None

    def __post_init__(self) -> None:
        percent(self.percent, "percent")
        regular(self.every)
        for name in ("debt", "income", "living", "remittance"):
            if (value := getattr(self, name)) is not None:
                checks.same_currency(self.debt.currency, value, name)
                checks.amount(value, name)
        if self.contract is not None:
            checks.positive(Decimal(self.contract), "contract")

    @property
    def payment(self) -> Money:
        """What is left for the debt; less than nothing where the income does not even feed."""
        zero = Money.zero(self.debt.currency)
        return self.income - (self.living or zero) - (self.remittance or zero)

    @property
    def rate(self) -> Decimal:
        """Interest for one period, as a part."""
        return self.percent / _HUNDRED


def debt(question: DebtQuestion, book: RuleBook) -> Working:
    """How many payments clear the debt, what they cost, or that it never ends."""
    sheet = Sheet(book)
    with localcontext(DIGITS):
        interest = Money.rounded(question.debt.major * question.rate, question.debt.currency)
        _write_start(sheet, question, interest)
        results = {"payment": question.payment, "first_interest": interest, **_outcome(question)}
    _write_outcome(sheet, question, results)
    return sheet.working(NAME, VERSION, question, _FORMULA, results, _ROUNDING)


def _outcome(question: DebtQuestion) -> dict[str, Value]:
    owed, rate, payment = question.debt.major, question.rate, question.payment.major
    exact = periods_to_clear(owed, rate, payment)
    at_end = None if question.contract is None else _at_contract_end(question)
    if exact is None:
        return {
            "never": 1,
            "periods": None,
            "payments": None,
            "total": None,
            "cost": None,
            "at_contract_end": at_end,
        }
    if exact > LONGEST:
        shown = exact.to_integral_value(ROUND_CEILING)
        return {
            "never": 0,
            "periods": shown,
            "payments": int(shown),
            "total": None,
            "cost": None,
            "at_contract_end": at_end,
        }
    steps = [owed, *run_off(owed, rate, payment)]
    paid = payment * (len(steps) - 2) + steps[-2] * (1 + rate) if len(steps) > 1 else Decimal(0)
    total = Money.rounded(paid, question.debt.currency)
    return {
        "never": 0,
        "periods": rounded(exact, 1),
        "payments": len(steps) - 1,
        "total": total,
        "cost": total - question.debt,
        "at_contract_end": at_end,
    }


def _at_contract_end(question: DebtQuestion) -> Money:
    owed = question.debt.major
    payment = max(question.payment.major, Decimal(0))
    steps = [owed, *run_off(owed, question.rate, payment, min(question.contract or 0, LONGEST))]
    return Money.rounded(steps[-1], question.debt.currency)


def _write_start(sheet: Sheet, question: DebtQuestion, interest: Money) -> None:
    zero = Money.zero(question.debt.currency)
    words = say(
        "Left for the debt: %(income)s − %(living)s − %(remittance)s = %(payment)s",
        income=question.income,
        living=question.living or zero,
        remittance=question.remittance or zero,
        payment=question.payment,
    )
    sheet.step("payment", words, question.payment)
    words = say(
        "First interest: %(debt)s × %(percent)s %% = %(interest)s",
        debt=question.debt,
        percent=question.percent,
        interest=interest,
    )
    sheet.step("first_interest", words, interest)


def _write_outcome(sheet: Sheet, question: DebtQuestion, results: Mapping[str, Value]) -> None:
    unit = label("pay_periods", question.every)
    if results["never"]:
        sheet.sum(
            "never", say("The payment is not more than the interest: this debt is never cleared."), None
        )
        sheet.warn(
            say("This debt can never be paid off from this income. That is an indicator of debt bondage.")
        )
    else:
        words = say(
            "Cleared after %(periods)s periods (%(unit)s): %(payments)s payments",
            periods=results["periods"],
            unit=unit,
            payments=results["payments"],
        )
        sheet.sum("periods", words, results["periods"])
    if results["total"] is not None:
        words = say(
            "Paid in all %(total)s, of which %(cost)s is interest",
            total=results["total"],
            cost=results["cost"],
        )
        sheet.sum("total", words, results["total"])
    _write_contract(sheet, question, results, unit)


def _write_contract(
    sheet: Sheet, question: DebtQuestion, results: Mapping[str, Value], unit: Sentence
) -> None:
    left, payments = results["at_contract_end"], results["payments"]
    if question.contract is None or not isinstance(left, Money):
        return
    words = say(
        "When the contract ends (%(contract)s, %(unit)s), %(left)s is still owed",
        contract=question.contract,
        unit=unit,
        left=left,
    )
    sheet.note("at_contract_end", words, left)
    if isinstance(payments, int) and payments > question.contract:
        sheet.warn(
            say(
                "Clearing the debt takes %(payments)s payments, the contract has only %(contract)s.",
                payments=payments,
                contract=question.contract,
            )
        )
