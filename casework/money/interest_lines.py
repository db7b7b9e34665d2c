"""The lines of a sheet about a loan: what was handed over, what it costs, what the lender told."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casework.money.amounts import Money, rounded
from casework.money.ledger import Loan, Told
from casework.money.loan_flows import flows
from casework.money.sentences import Sentence, label, say
from casework.money.solver import Found, solve
from casework.money.working import Sheet

_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Rates:
    """One interest rate in three forms, in percent.

    Attributes:
        period: for one period.
        nominal: for a year, without interest on interest (APR).
        effective: for a year, with it.
    """

    period: Decimal
    nominal: Decimal
    effective: Decimal


def write_loan(sheet: Sheet, loan: Loan) -> None:
    """What was handed over, what is paid back, what it costs."""
    kept = loan.kept_back or Money.zero(loan.currency)
    words = say(
        "Stated %(stated)s − kept back %(kept)s: cash received %(cash)s",
        stated=loan.stated,
        kept=kept,
        cash=loan.cash,
    )
    sheet.step("cash", words, loan.cash)
    if loan.stated - kept != loan.cash:
        sheet.warn(
            say(
                "The sum stated less what was kept back is %(expected)s, but %(cash)s was received. Ask again what "
                "happened to the rest.",
                expected=loan.stated - kept,
                cash=loan.cash,
            )
        )
    for part in loan.instalments:
        back = part.amount.times(part.times)
        words = say("%(times)s × %(amount)s = %(back)s", times=part.times, amount=part.amount, back=back)
        sheet.line("instalment", words, back)
    if loan.outstanding:
        sheet.line(
            "outstanding", say("Still to be paid: %(amount)s", amount=loan.outstanding), loan.outstanding
        )
    cost = loan.repaid - loan.cash
    words = say("Cost: %(repaid)s − %(cash)s = %(cost)s", repaid=loan.repaid, cash=loan.cash, cost=cost)
    sheet.sum("cost", words, cost)


def write_rates(sheet: Sheet, loan: Loan, rates: Rates) -> None:
    """The interest, beside what the lender told and what the paper would show."""
    unit = label("pay_periods", loan.every)
    words = say("True interest, per “%(unit)s”: %(percent)s %%", unit=unit, percent=rates.period)
    sheet.sum("period", words, rates.period)
    words = say("For a year (APR): %(percent)s %%", percent=rates.nominal)
    sheet.sum("nominal", words, rates.nominal)
    words = say("For a year with interest on interest (effective): %(percent)s %%", percent=rates.effective)
    sheet.sum("effective", words, rates.effective)
    if loan.told is not None:
        _write_told(sheet, loan.told, unit)
    if loan.stated > loan.cash:
        _write_wrong(sheet, loan, unit)


def _write_told(sheet: Sheet, told: Told, unit: Sentence) -> None:
    words = say(
        "The lender told %(percent)s %% per “%(unit)s” (%(terms)s).",
        percent=told.percent,
        unit=label("pay_periods", told.every),
        terms=label("interest_terms", told.terms),
    )
    sheet.note("told", words, told.percent)
    if told.terms == "flat":
        sheet.note(
            "flat",
            say(
                "Interest on the first amount the whole time, although the debt gets smaller: that is why the true "
                "interest per “%(unit)s” is higher than what was told.",
                unit=unit,
            ),
        )


def _write_wrong(sheet: Sheet, loan: Loan, unit: Sentence) -> None:
    """The rate on the sum of the paper, so that nobody is surprised by the other side's figure."""
    found = solve(flows(loan, loan.stated))
    if isinstance(found, Found):
        words = say(
            "Counted on the sum stated instead of the cash it would wrongly show %(percent)s %% per “%(unit)s”.",
            percent=rounded(found.rate * _HUNDRED, 2),
            unit=unit,
        )
        sheet.note("on_stated", words, rounded(found.rate * _HUNDRED, 2))
