"""What a loan really costs: the interest on the cash that was handed over, whatever the paper says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Final

from casework.errors import Invalid
from casework.money.amounts import Money, rounded
from casework.money.ledger import Instalment, Loan, Told
from casework.money.ledger.lending import MOST_PERCENT, PERIODS_A_YEAR
from casework.money.records import versioned
from casework.money.rule_terms import InterestCap, interest_cap
from casework.money.rules import Rule, RuleBook
from casework.money.sentences import Sentence, Value, label, say
from casework.money.solver import Flow, Found, NotFound, solve
from casework.money.term_reader import Terms
from casework.money.working import Sheet, Working

NAME: Final = "interest"
VERSION: Final = 1

_YEAR: Final = 365
_HUNDRED: Final = 100
_DIGITS: Final = Context(prec=40)

_FORMULA: Final = say(
    "The interest i is the one for which all payments, each divided by (1 + i) as often as periods have passed, make "
    "exactly the cash received. Yearly rate = i × periods a year; effective yearly rate = (1 + i) multiplied with "
    "itself for all periods of a year, less 1."
)
_ROUNDING: Final = say("Rates are found with 30 digits and shown rounded; sums of money are exact.")

_WHY_NOT: Final[Mapping[str, Sentence]] = {
    "less": say(
        "Less is paid back than was received. Add what is still owed, then the interest can be found."
    ),
    "several": say("Money came and went in turns, so more than one interest rate could fit. None is given."),
    "absurd": say("No interest rate that can be meant fits these figures. Check them."),
}


@versioned("interest_question")
@dataclass(frozen=True, slots=True)
class InterestQuestion:
    """What the calculator of interest is given.

    Args:
        loan: with all that is paid back.
        caps: ids of rules that the interest is compared with.
    """

    loan: Loan
    caps: tuple[str, ...] = ()


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


def interest(question: InterestQuestion, book: RuleBook) -> Working:
    """The true interest of a loan, its cost, and what the lender told.

    Raises:
        Invalid: nothing is paid back, days are known for one part only, or the interest is absurd.
    """
    sheet, loan = Sheet(book), question.loan
    _write_loan(sheet, loan)
    found = solve(flows(loan, loan.cash))
    results: dict[str, Value] = {"cash": loan.cash, "repaid": loan.repaid, "cost": loan.repaid - loan.cash}
    if isinstance(found, NotFound):
        sheet.warn(_WHY_NOT[found.why])
        results |= {"period": None, "nominal": None, "effective": None}
    else:
        rates = _rates(found, loan)
        _write_rates(sheet, loan, rates)
        results |= {"period": rates.period, "nominal": rates.nominal, "effective": rates.effective}
        for rule_id in question.caps:
            results |= _compare(sheet, sheet.rule(rule_id, "interest_cap"), rates)
    return sheet.working(NAME, VERSION, question, _FORMULA, results, _ROUNDING)


def flows(loan: Loan, cash: Money) -> list[Flow]:
    """Money in and out over time.

    Args:
        loan: with its instalments.
        cash: what counts as received.

    Raises:
        Invalid: nothing is paid back or all of it at once, or days are known for one part only.
    """
    if not loan.instalments:
        raise Invalid("Enter what is paid back.", "instalments")
    paid = [Flow(after, amount.major) for after, amount in _paid(loan)]
    if sum(flow.amount for flow in paid if flow.after == 0) >= cash.major:
        raise Invalid(
            "All of it is paid back on the day of the loan. Check when instalments are paid.", "instalments"
        )
    if loan.outstanding is not None:
        paid.append(Flow(max(flow.after for flow in paid), loan.outstanding.major))
    return [Flow(Decimal(0), -cash.major), *paid]


def _paid(loan: Loan) -> Iterator[tuple[Decimal, Money]]:
    dated = [part.day is not None for part in loan.instalments]
    if any(dated) and (not all(dated) or loan.day is None):
        raise Invalid("Give the day of the loan and of every instalment, or of none of them.", "day")
    for part in loan.instalments:
        if part.day is not None and loan.day is not None:
            if part.day < loan.day:
                raise Invalid("An instalment lies before the loan.", "day")
            days = (part.day - loan.day).days
            yield Decimal(days) * PERIODS_A_YEAR[loan.every] / _YEAR, part.amount
        else:
            for place in range(part.times):
                yield Decimal(part.after + place), part.amount


def _rates(found: Found, loan: Loan) -> Rates:
    if found.rate * _HUNDRED > MOST_PERCENT:
        raise Invalid(
            "By these figures the interest is more than 1,000 % each time. Check the amounts.", "instalments"
        )
    periods = PERIODS_A_YEAR[loan.every]
    with localcontext(_DIGITS):
        yearly = (1 + found.rate) ** periods - 1
        return Rates(
            rounded(found.rate * _HUNDRED, 2),
            rounded(found.rate * _HUNDRED * periods, 1),
            rounded(yearly * _HUNDRED, 1),
        )


def _write_loan(sheet: Sheet, loan: Loan) -> None:
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


def _write_rates(sheet: Sheet, loan: Loan, rates: Rates) -> None:
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


def _compare(sheet: Sheet, rule: Rule, rates: Rates) -> dict[str, Value]:
    cap: InterestCap = interest_cap(Terms(rule.terms))
    rate = rates.effective if cap.measure == "effective" else rates.nominal
    if rate > cap.most:
        words = say(
            "%(rate)s %% a year is above %(most)s %% (%(rule)s).",
            rate=rate,
            most=cap.most,
            rule=Sentence(rule.title),
        )
    elif cap.presumed is not None and rate > cap.presumed:
        words = say(
            "%(rate)s %% a year is above %(presumed)s %%: a court may look at the loan again (%(rule)s).",
            rate=rate,
            presumed=cap.presumed,
            rule=Sentence(rule.title),
        )
    else:
        words = say(
            "%(rate)s %% a year is not above the limit (%(rule)s).", rate=rate, rule=Sentence(rule.title)
        )
    sheet.note("cap", words, cap.most, rule.id)
    return {f"above {rule.id}": int(rate > cap.most)}


def flat_loan(principal: Money, told: Told, times: int) -> Loan:
    """The loan that a flat rate makes: interest on the first amount for the whole time, in equal instalments.

    Args:
        principal: stated and handed over in full.
        told: the flat rate; its `every` is the time between instalments.
        times: how many instalments.

    Raises:
        Invalid: there are none.
    """
    if times < 1:
        raise Invalid("Count the instalments from 1 to 1,200.", "times")
    factor = Fraction(1, times) + Fraction(told.percent) / _HUNDRED
    return Loan(
        principal.currency,
        principal,
        (Instalment(principal.times(factor), times=times),),
        every=told.every,
        told=replace(told, terms="flat"),
    )
