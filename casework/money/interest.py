"""What a loan really costs: the interest on the cash that was handed over, whatever the paper says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, localcontext
from typing import Final

from casework.errors import Invalid
from casework.money.amounts import rounded
from casework.money.interest_lines import Rates, write_loan, write_rates
from casework.money.ledger import Loan
from casework.money.ledger.lending import MOST_PERCENT, PERIODS_A_YEAR
from casework.money.loan_flows import flows
from casework.money.records import versioned
from casework.money.rule_parsers import interest_cap
from casework.money.rule_terms import InterestCap
from casework.money.rules import Rule, RuleBook
from casework.money.sentences import Sentence, Value, say
from casework.money.solver import Found, NotFound, solve
from casework.money.term_reader import Terms
from casework.money.working import Sheet, Working

NAME: Final = "interest"
VERSION: Final = 1

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


def interest(question: InterestQuestion, book: RuleBook) -> Working:
    """The true interest of a loan, its cost, and what the lender told.

    Raises:
        Invalid: nothing is paid back, days are known for one part only, or the interest is absurd.
    """
    sheet, loan = Sheet(book), question.loan
    write_loan(sheet, loan)
    found = solve(flows(loan, loan.cash))
    results: dict[str, Value] = {"cash": loan.cash, "repaid": loan.repaid, "cost": loan.repaid - loan.cash}
    if isinstance(found, NotFound):
        sheet.warn(_WHY_NOT[found.why])
        results |= {"period": None, "nominal": None, "effective": None}
    else:
        rates = _rates(found, loan)
        write_rates(sheet, loan, rates)
        results |= {"period": rates.period, "nominal": rates.nominal, "effective": rates.effective}
        for rule_id in question.caps:
            results |= _compare(sheet, sheet.rule(rule_id, "interest_cap"), rates)
    return sheet.working(NAME, VERSION, question, _FORMULA, results, _ROUNDING)


def _rates(found: Found, loan: Loan) -> Rates:
    if found.rate * _HUNDRED > MOST_PERCENT:
        raise Invalid(
            "By these figures the interest is more than 1,000 percent each time. Check the amounts.",
            "instalments",
        )
    periods = PERIODS_A_YEAR[loan.every]
    with localcontext(_DIGITS):
        yearly = (1 + found.rate) ** periods - 1
        return Rates(
            rounded(found.rate * _HUNDRED, 2),
            rounded(found.rate * _HUNDRED * periods, 1),
            rounded(yearly * _HUNDRED, 1),
        )


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
