"""What the job cost: the recruitment cost indicator (SDG 10.7.1), and what of it can be asked back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Final

from casework import codes
from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, exponent, rounded, total
from casework.money.exchange import ExchangeRate
from casework.money.ledger import RecruitmentPayment, Refund
from casework.money.records import versioned
from casework.money.rule_terms import RecruitmentCap, recruitment_cap
from casework.money.rules import Rule, RuleBook
from casework.money.sentences import Sentence, Value, label, say
from casework.money.term_reader import Terms
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


@dataclass(frozen=True, slots=True)
class _Counted:
    """A payment in the currency of the count."""

    payment: RecruitmentPayment
    amount: Money
    documented: Money


def recruitment(question: RecruitmentQuestion, book: RuleBook) -> Working:
    """What was paid for the job, in months of income, over each cap and over nothing at all.

    Raises:
        Invalid: an amount in another currency without a rate, or with a rate of another time.
    """
    sheet = Sheet(book)
    counted = [_count(payment, question, sheet) for payment in _in_order(question.payments)]
    theirs = [item for item in counted if item.payment.asked_by_recruiter != "no"]
    own = [item for item in counted if item.payment.asked_by_recruiter == "no"]
    _write_payments(sheet, theirs, own)
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
    _write_groups(sheet, theirs, question.currency)
    income = _income(question, sheet)
    results |= _indicator(sheet, cost, income)
    besides = (question.loan_cost or Money.zero(question.currency)) - refunds
    results |= _claim(sheet, "zero", cost, besides)
    for rule_id in question.caps:
        results |= _cap(sheet, sheet.rule(rule_id, "recruitment_cap"), cost, income, besides)
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def middle(indicators: Iterable[Decimal]) -> tuple[Decimal | None, int]:
    """The median of several people's indicators, and how many they are.

    Never the mean: one person who paid ten times as much would move it, and could be found in it.
    """
    values = sorted(indicators)
    return (rounded(Decimal(median(values)), 2) if values else None, len(values))


def _in_order(payments: Iterable[RecruitmentPayment]) -> list[RecruitmentPayment]:
    return sorted(
        payments, key=lambda p: (p.day, p.item, p.paid_to, p.payee, p.amount.currency, p.amount.minor)
    )


def _count(payment: RecruitmentPayment, question: RecruitmentQuestion, sheet: Sheet) -> _Counted:
    amount = _into(payment.amount, payment.rate, payment.day, question.currency, sheet)
    documented = _into(payment.documented, payment.rate, payment.day, question.currency, sheet)
    return _Counted(payment, amount, documented)


def _into(money: Money, rate: ExchangeRate | None, day: date, currency: str, sheet: Sheet) -> Money:
    if money.currency == currency:
        return money
    if rate is None or currency not in (rate.currency, rate.into):
        raise Invalid(
            "%(amount)s %(currency)s needs an exchange rate into %(into)s, with its day and source.",
            "rate",
            amount=money.major,
            currency=money.currency,
            into=currency,
        )
    sheet.warn_all(rate.cautions(day))
    return rate.convert(money, day)


def _write_payments(sheet: Sheet, theirs: Iterable[_Counted], own: Iterable[_Counted]) -> None:
    for item in theirs:
        sheet.line("payment", _words(item), item.amount, item.payment.item)
        if item.payment.asked_by_recruiter in ("unknown", "not_asked"):
            sheet.warn(
                say(
                    "For some payments it is not known whether the recruiter asked for them. They are counted; ask again."
                )
            )
    for item in own:
        words = say("%(payment)s (not asked for by a recruiter: not counted)", payment=_words(item))
        sheet.note("own_choice", words, item.amount, item.payment.item)


def _words(item: _Counted) -> Sentence:
    payment = item.payment
    words = say(
        "%(day)s, %(item)s, to “%(role)s”: %(amount)s",
        day=payment.day,
        item=label("recruitment_costs", payment.item),
        role=label("chain_roles", payment.paid_to),
        amount=item.amount,
    )
    if payment.amount.currency != item.amount.currency and payment.rate is not None:
        words = say(
            "%(payment)s = %(paid)s %(currency)s at %(rate)s",
            payment=words,
            paid=payment.amount,
            currency=payment.amount.currency,
            rate=payment.rate.words(),
        )
    if item.documented < item.amount:
        words = say("%(payment)s; receipts show %(documented)s", payment=words, documented=item.documented)
    return words


def _write_groups(sheet: Sheet, counted: Iterable[_Counted], currency: str) -> None:
    by_item: dict[str, list[Money]] = defaultdict(list)
    by_role: dict[str, list[Money]] = defaultdict(list)
    for item in counted:
        by_item[item.payment.item].append(item.amount)
        by_role[item.payment.paid_to].append(item.amount)
    for list_name, key, sums in (("recruitment_costs", "item", by_item), ("chain_roles", "paid_to", by_role)):
        for code in codes.load(list_name):
            if code.key in sums:
                amount = total(sums[code.key], currency)
                words = say("%(what)s: %(amount)s", what=Sentence(code.label), amount=amount)
                sheet.note(key, words, amount, code.key)


def _refunds(question: RecruitmentQuestion, sheet: Sheet) -> Money:
    paid = [
        _into(refund.amount, refund.rate, refund.day, question.currency, sheet)
        for refund in question.refunds
        if refund.in_hand
    ]
    return total(paid, question.currency)


def _income(question: RecruitmentQuestion, sheet: Sheet) -> Money | None:
    income = question.monthly_income
    if income is None or income.currency == question.currency:
        return income
    day = question.income_day or max(payment.day for payment in question.payments)
    converted = _into(income, question.income_rate, day, question.currency, sheet)
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


def _months(amount: Money, income: Money) -> Decimal:
    return rounded(amount.exact / income.exact, 2)


def _indicator(sheet: Sheet, cost: Money, income: Money | None) -> dict[str, Value]:
    if income is None:
        sheet.warn(say("Without the monthly income of the job the indicator cannot be counted."))
        return {"months": None}
    months = _months(cost, income)
    words = say(
        "Indicator: %(cost)s ÷ %(income)s = %(months)s months of income",
        cost=cost,
        income=income,
        months=months,
    )
    sheet.sum("months", words, months)
    return {"months": months}


def _claim(sheet: Sheet, name: str, over: Money, besides: Money) -> dict[str, Value]:
    claim = max(over + besides, Money.zero(over.currency))
    words = say(
        "Refund claim over “%(name)s”: %(over)s + %(besides)s (loans less refunds) = %(claim)s",
        name=say("zero standard") if name == "zero" else say("cap"),
        over=over,
        besides=besides,
        claim=claim,
    )
    sheet.sum("claim", words, claim, name)
    return {f"claim over {name}": claim}


def _cap(sheet: Sheet, rule: Rule, cost: Money, income: Money | None, besides: Money) -> Mapping[str, Value]:
    cap = _most(recruitment_cap(Terms(rule.terms)), cost.currency, income)
    over = max(cost - cap, Money.zero(cost.currency))
    words = say(
        "%(cost)s − %(cap)s = %(over)s over “%(rule)s”",
        cost=cost,
        cap=cap,
        over=over,
        rule=Sentence(rule.title),
    )
    sheet.sum("over", words, over, rule.id)
    found: dict[str, Value] = {f"cap {rule.id}": cap, f"over {rule.id}": over}
    if income is not None:
        months = _months(cap, income)
        sheet.note(
            "cap_months",
            say("The cap itself is %(months)s months of income.", months=months),
            months,
            rule.id,
        )
        found[f"cap months {rule.id}"] = months
    return found | _claim(sheet, rule.id, over, besides)


def _most(cap: RecruitmentCap, currency: str, income: Money | None) -> Money:
    """The lowest of the measures of a cap."""
    if cap.nothing:
        return Money.zero(currency)
    measures: list[Money] = []
    if cap.amount is not None:
        if cap.amount.currency != currency:
            raise Invalid(
                "This cap is in %(currency)s. Count in %(currency)s to compare.",
                "caps",
                currency=cap.amount.currency,
            )
        measures.append(cap.amount)
    shares = (cap.wage_months, None if cap.wage_days is None else cap.wage_days / Fraction(cap.month_days))
    measures += [_need(income).times(share) for share in shares if share is not None]
    return min(measures)


def _need(income: Money | None) -> Money:
    if income is None:
        raise Invalid("This cap is a part of the wage. Enter the monthly income.", "monthly_income")
    return income
