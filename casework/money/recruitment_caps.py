"""What of a recruitment lies above a cap, and what can be asked back."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casework.errors import Invalid
from casework.money.amounts import Money, rounded
from casework.money.rule_parsers import recruitment_cap
from casework.money.rule_terms import RecruitmentCap
from casework.money.rules import Rule
from casework.money.sentences import Sentence, Value, say
from casework.money.term_reader import Terms
from casework.money.working import Sheet


def in_months(amount: Money, income: Money) -> Decimal:
    """An amount in months of income, with two decimals."""
    return rounded(amount.exact / income.exact, 2)


@dataclass(frozen=True, slots=True)
class Besides:
    """What belongs to a refund claim besides the fees.

    Attributes:
        loans: what the loans for it cost.
        refunds: what came back already.
    """

    loans: Money
    refunds: Money


def claim(sheet: Sheet, rule: Rule | None, over: Money, besides: Besides) -> dict[str, Value]:
    """What can be asked back: all that is over, with the cost of loans, less refunds.

    Args:
        sheet: for the line.
        rule: whose cap it is over; none for the zero standard.
        over: what was not allowed.
        besides: loans and refunds.
    """
    asked = max(over + besides.loans - besides.refunds, Money.zero(over.currency))
    name = rule.id if rule else "zero"
    words = say(
        "Refund claim over “%(name)s”: %(over)s + %(loans)s for loans − %(refunds)s given back = %(claim)s",
        name=Sentence(rule.title) if rule else say("zero standard"),
        over=over,
        loans=besides.loans,
        refunds=besides.refunds,
        claim=asked,
    )
    sheet.sum("claim", words, asked, name)
    return {f"claim over {name}": asked}


def over_cap(
    sheet: Sheet, rule: Rule, cost: Money, income: Money | None, besides: Besides
) -> Mapping[str, Value]:
    """What lies above the cap of a rule, and the claim that follows.

    Raises:
        Invalid: the cap is in another currency, or a part of a wage that is not known.
    """
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
        months = in_months(cap, income)
        if cap:
            words = say("The cap itself is %(months)s months of income.", months=months)
            sheet.note("cap_months", words, months, rule.id)
        found[f"cap months {rule.id}"] = months
    return found | claim(sheet, rule, over, besides)


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
