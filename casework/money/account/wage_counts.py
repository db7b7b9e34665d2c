"""What a case's lines about wages give: what is owed, what is still in time, and what the rules add."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from casework.errors import Invalid
from casework.money.account.counts import Count, count
from casework.money.account.ledger import Ledger, currencies_of
from casework.money.amounts import Money
from casework.money.deductions import DeductionQuestion
from casework.money.extras import ExtraQuestion
from casework.money.ledger import Deduction, Entitlement, Payment, PayPeriod, PayRate, Work
from casework.money.limitation import TimeQuestion
from casework.money.rules import RuleBook
from casework.money.wages import WageClaim, dated_amounts
from casework.money.working import Working

_OF_WAGES = (Work, Payment, Deduction, Entitlement)


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


def wage_counts(ledger: Ledger, book: RuleBook, on: date) -> Iterator[Count]:
    """All that follows from the lines about wages, which are counted once for all of it.

    Args:
        ledger: of the case.
        book: of rules.
        on: the day that time limits are counted for, unless the terms name another.
    """
    if not any(ledger.of(cls) for cls in _OF_WAGES):
        return
    try:
        claim = wage_claim(ledger)
    except Invalid as refused:
        yield Count("wages", "", None, refused)
        return
    owed = count("wages", lambda: claim, book)
    yield owed
    if owed.working is not None:
        yield from _from_it(ledger, claim, owed.working, book, ledger.terms.filed or on)


def _from_it(ledger: Ledger, claim: WageClaim, owed: Working, book: RuleBook, filed: date) -> Iterator[Count]:
    """Everything that is counted from what is owed."""
    terms = ledger.terms

    def _time() -> TimeQuestion:
        amounts = dated_amounts(claim, owed)
        return TimeQuestion(claim.currency, amounts, terms.limitation, filed, terms.left, terms.conciliation)

    def _extra(rule: str) -> ExtraQuestion:
        amounts = dated_amounts(claim, owed)
        return ExtraQuestion(claim.currency, amounts, rule, filed, terms.late_percent)

    if terms.limitation:
        yield count("limitation", _time, book)
    if terms.deduction_cap:
        yield from _deductions(ledger, owed, book)
    for rule in terms.extras:
        yield count("extras", partial(_extra, rule), book, rule)


def _deductions(ledger: Ledger, owed: Working, book: RuleBook) -> Iterator[Count]:
    """The test of deductions, for each pay period that has some."""
    taken: dict[str, list[Deduction]] = {}
    for deduction in ledger.of(Deduction):
        taken.setdefault(deduction.period, []).append(deduction)
    due = {line.group: line.value for line in owed.lines if line.key == "due"}
    for period, some in taken.items():
        wages = due.get(period)
        if isinstance(wages, Money):
            ask = partial(DeductionQuestion, wages, tuple(some), ledger.terms.deduction_cap)
            yield count("deductions", ask, book, period)
