"""The whole calculation of a case: every question that its ledger can answer, counted, or why it cannot be yet."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casework.errors import Invalid
from casework.money.account.ledger import Ledger, currencies_of
from casework.money.amounts import Money, total
from casework.money.calculators import calculate
from casework.money.debt import DebtQuestion
from casework.money.deductions import DeductionQuestion
from casework.money.extras import ExtraQuestion
from casework.money.interest import InterestQuestion
from casework.money.ledger import (
    Deduction,
    Entitlement,
    Loan,
    Payment,
    PayPeriod,
    PayRate,
    RecruitmentPayment,
    Refund,
    StageAmount,
    Work,
)
from casework.money.limitation import TimeQuestion
from casework.money.recruitment import RecruitmentQuestion
from casework.money.rules import RuleBook
from casework.money.standing import StandingQuestion
from casework.money.substitution import Stretch, Substitution
from casework.money.wages import WageClaim, dated_amounts
from casework.money.working import Working

#: The calculations that a case may have, in the order in which they are shown.
ORDER = (
    "standing",
    "wages",
    "limitation",
    "substitution",
    "deductions",
    "extras",
    "recruitment",
    "interest",
    "debt",
)


@dataclass(frozen=True)
class Count:
    """One calculation of a case.

    Attributes:
        name: of `ORDER`.
        about: id of the line that it is about, where there may be several of a name; or id of a rule.
        working: the result with everything that led to it; None where it cannot be counted yet.
        trouble: why not, in words for whoever entered the lines.
    """

    name: str
    about: str
    working: Working | None
    trouble: Invalid | None = None


@dataclass(frozen=True)
class Calculation:
    """All calculations of a case, from one ledger on one day.

    Attributes:
        ledger: the lines.
        counts: in order; only what the ledger has lines for.
        on: the day that it was counted for.
    """

    ledger: Ledger
    counts: tuple[Count, ...]
    on: date

    def find(self, name: str, about: str = "") -> Count | None:
        """One of them; the first of its name where nothing more is said."""
        for count in self.counts:
            if count.name == name and about in ("", count.about):
                return count
        return None

    def working(self, name: str, about: str = "") -> Working | None:
        """A result; None where there is nothing to count, or it cannot be counted yet."""
        found = self.find(name, about)
        return found.working if found else None


def calculation(ledger: Ledger, book: RuleBook, on: date) -> Calculation:
    """Count everything that a ledger has lines for. Pure: reads neither clock nor database.

    Args:
        ledger: as `lines.of_case` opens it.
        book: of rules, such as `rule_files.house()`.
        on: the present day: time limits are counted for it unless the terms name another.
    """
    made = list(_plain(ledger, book, on))
    loans = _loan_cost(made)
    made += list(_recruitment(ledger, book, loans))
    made.sort(key=lambda count: ORDER.index(count.name))
    return Calculation(ledger, tuple(made), on)


def _plain(ledger: Ledger, book: RuleBook, on: date) -> Iterator[Count]:
    if amounts := ledger.of(StageAmount):
        yield _count("standing", lambda: StandingQuestion(amounts), book)
    if any(ledger.of(cls) for cls in (Work, Payment, Deduction, Entitlement)):
        yield from _wages(ledger, book, on)
    if stretches := ledger.of(Stretch):
        currency = stretches[0].promised.currency
        yield _count("substitution", lambda: Substitution(currency, stretches), book)
    for line in ledger.active():
        if isinstance(line.value, Loan):
            caps = ledger.terms.interest_caps
            yield _count("interest", InterestQuestion(line.value, caps), book, str(line.id))
        elif isinstance(line.value, DebtQuestion):
            yield _count("debt", line.value, book, str(line.id))


def _count(name: str, question: Any, book: RuleBook, about: str = "") -> Count:
    """Count a question, or one that is still to be made."""
    try:
        asked = question() if callable(question) else question
        return Count(name, about, calculate(asked, book))
    except Invalid as refused:
        return Count(name, about, None, refused)


def wage_claim(ledger: Ledger) -> WageClaim:
    """All lines about wages as one claim.

    Raises:
        Invalid: they do not go together.
    """
    terms = ledger.terms
    parts = [*ledger.of(PayRate), *ledger.of(Payment), *ledger.of(Deduction), *ledger.of(Entitlement)]
    currency = next((code for value in parts for code in currencies_of(value)), "")
    if not currency:
        raise Invalid("Enter what was promised: without a rate nobody can say what the work is worth.")
    return WageClaim(
        currency,
        work=ledger.of(Work),
        rates=ledger.of(PayRate),
        periods=ledger.of(PayPeriod),
        payments=ledger.of(Payment),
        deductions=ledger.of(Deduction),
        entitlements=ledger.of(Entitlement),
        contract=terms.contract,
        overtime=terms.overtime,
        week_starts=terms.week_starts,
        gross_shown=terms.gross_shown,
        way=terms.way,
    )


def _wages(ledger: Ledger, book: RuleBook, on: date) -> Iterator[Count]:
    owed = _count("wages", lambda: wage_claim(ledger), book)
    yield owed
    if owed.working is None:
        return
    terms = ledger.terms
    if terms.limitation:
        yield _count("limitation", lambda: _time(ledger, book, on), book)
    if terms.deduction_cap:
        yield from _deductions(ledger, owed.working, book)
    for rule in terms.extras:
        yield _count("extras", _extra(ledger, book, on, rule), book, rule)


def _time(ledger: Ledger, book: RuleBook, on: date) -> TimeQuestion:
    terms, claim = ledger.terms, wage_claim(ledger)
    amounts = dated_amounts(claim, book)
    filed = terms.filed or on
    return TimeQuestion(claim.currency, amounts, terms.limitation, filed, terms.left, terms.conciliation)


def _extra(ledger: Ledger, book: RuleBook, on: date, rule: str) -> Callable[[], ExtraQuestion]:
    def _question() -> ExtraQuestion:
        claim = wage_claim(ledger)
        return ExtraQuestion(
            claim.currency,
            dated_amounts(claim, book),
            rule,
            ledger.terms.filed or on,
            ledger.terms.late_percent,
        )

    return _question


def _deductions(ledger: Ledger, owed: Working, book: RuleBook) -> Iterator[Count]:
    """The test of deductions, for each pay period that has some."""
    taken: dict[str, list[Deduction]] = {}
    for deduction in ledger.of(Deduction):
        taken.setdefault(deduction.period, []).append(deduction)
    due = {line.group: line.value for line in owed.lines if line.key == "due"}
    for period, some in taken.items():
        wages = due.get(period)
        if isinstance(wages, Money):
            question = DeductionQuestion(wages, tuple(some), ledger.terms.deduction_cap)
            yield _count("deductions", question, book, period)


def _recruitment(ledger: Ledger, book: RuleBook, loans: dict[str, Money]) -> Iterator[Count]:
    payments = ledger.of(RecruitmentPayment)
    if not payments:
        return
    terms = ledger.terms
    currency = terms.count_in or _usual(payments)

    def _question() -> RecruitmentQuestion:
        return RecruitmentQuestion(
            currency,
            payments,
            monthly_income=terms.income,
            income_day=terms.income_day,
            income_rate=terms.income_rate,
            caps=terms.recruitment_caps,
            refunds=ledger.of(Refund),
            loan_cost=loans.get(currency),
        )

    yield _count("recruitment", _question, book)


def _usual(payments: tuple[RecruitmentPayment, ...]) -> str:
    """The currency that most of them are in; of several the first in the alphabet."""
    counted = Counter(payment.amount.currency for payment in payments)
    return min(counted, key=lambda code: (-counted[code], code))


def _loan_cost(counts: list[Count]) -> dict[str, Money]:
    """What the loans cost, by currency; a loan that is cheaper than nothing takes nothing off."""
    costs: dict[str, list[Money]] = {}
    for count in counts:
        if count.name == "interest" and count.working is not None:
            cost = count.working.money("cost")
            costs.setdefault(cost.currency, []).append(max(cost, Money.zero(cost.currency)))
    return {currency: total(some, currency) for currency, some in costs.items()}


def line_id(count: Count) -> UUID | None:
    """The line that a calculation is about, if it is about one."""
    try:
        return UUID(count.about)
    except ValueError:
        return None
