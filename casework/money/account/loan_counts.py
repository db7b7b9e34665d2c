"""What a case's lines about recruitment and loans give: what the job cost, with what its loans cost."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from casework.money.account.counts import Count, count
from casework.money.account.ledger import Ledger
from casework.money.amounts import Money, total
from casework.money.debt import DebtQuestion
from casework.money.interest import InterestQuestion
from casework.money.ledger import Loan, RecruitmentPayment, Refund
from casework.money.recruitment import RecruitmentQuestion
from casework.money.rules import RuleBook


def loan_counts(ledger: Ledger, book: RuleBook) -> Iterator[Count]:
    """What each loan really costs, and how long each debt lasts.

    Args:
        ledger: of the case.
        book: of rules.
    """
    caps = ledger.terms.interest_caps
    for line in ledger.active():
        value = line.value
        if isinstance(value, Loan):
            yield count("interest", partial(InterestQuestion, value, caps), book, str(line.id))
        elif isinstance(value, DebtQuestion):
            yield count("debt", partial(replace, value), book, str(line.id))


def recruitment_counts(ledger: Ledger, book: RuleBook, loans: Iterable[Count]) -> Iterator[Count]:
    """What the job cost, with the cost of the loans in the same currency.

    Args:
        ledger: of the case.
        book: of rules.
        loans: what `loan_counts` gave.
    """
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
            loan_cost=_loan_cost(loans).get(currency),
        )

    yield count("recruitment", _question, book)


def _usual(payments: tuple[RecruitmentPayment, ...]) -> str:
    """The currency that most of them are in; of several the first in the alphabet."""
    counted = Counter(payment.amount.currency for payment in payments)
    return min(counted, key=lambda code: (-counted[code], code))


def _loan_cost(counts: Iterable[Count]) -> dict[str, Money]:
    """What the loans cost, by currency; a loan that is cheaper than nothing takes nothing off."""
    costs: dict[str, list[Money]] = {}
    for one in counts:
        if one.name == "interest" and one.working is not None:
            cost = one.working.money("cost")
            costs.setdefault(cost.currency, []).append(max(cost, Money.zero(cost.currency)))
    return {currency: total(some, currency) for currency, some in costs.items()}
