"""What may come on top of late wages. Shown apart, and counted only when a legal ally has verified the rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, total
from casework.money.dated import DatedAmount
from casework.money.ledger.lending import percent
from casework.money.months import add_days
from casework.money.records import versioned
from casework.money.rule_parsers import extra
from casework.money.rule_terms import Extra
from casework.money.rules import RuleBook
from casework.money.sentences import Value, say
from casework.money.term_reader import Terms
from casework.money.working import Sheet, Working

NAME: Final = "extras"
VERSION: Final = 1

_YEAR: Final = 365
_HUNDRED: Final = 100
_FORMULA: Final = say(
    "Damages = a part of the sum owed. Interest = sum × yearly rate × days late ÷ 365, from the day after the days of "
    "grace, without interest on interest. It is never part of the wages owed."
)


@versioned("extra_question")
@dataclass(frozen=True, slots=True)
class ExtraQuestion:
    """What the calculator of damages and interest on late pay is given.

    Args:
        currency: of all amounts.
        amounts: still owed, each with the day that it fell due.
        rule: id of the rule.
        until: the day to which interest is counted.
        yearly_percent: the rate of interest, where the rule needs one: it changes, so a person looks it up.
    """

    currency: str
    amounts: tuple[DatedAmount, ...]
    rule: str
    until: date
    yearly_percent: Decimal | None = None

    def __post_init__(self) -> None:
        checks.one_currency(self.currency, *(item.amount for item in self.amounts))
        if self.yearly_percent is not None:
            percent(self.yearly_percent, "yearly_percent")


def extras(question: ExtraQuestion, book: RuleBook) -> Working:
    """Damages or interest on late pay: what it would be, and what of it is counted.

    Raises:
        Invalid: the rule is about interest and no rate was given.
    """
    sheet = Sheet(book)
    rule = sheet.rule(question.rule, "extra")
    possible = _write(sheet, question, extra(Terms(rule.terms)))
    verified = book.is_verified(rule)
    results = {"possible": possible, "counted": possible if verified else Money.zero(question.currency)}
    sheet.sum("possible", say("It would be %(sum)s", sum=possible), possible)
    if not verified:
        sheet.warn(say("It is not counted: a legal ally has to verify the rule first."))
    sheet.sum("counted", say("Counted: %(sum)s", sum=results["counted"]), results["counted"])
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def _write(sheet: Sheet, question: ExtraQuestion, terms: Extra) -> Money:
    owed = sorted(question.amounts, key=lambda item: (item.fell_due, item.key, item.amount.minor))
    if terms.share is not None:
        sums = total((item.amount for item in owed), question.currency)
        most = sums.times(terms.share)
        words = say("%(sum)s × %(share)s = %(most)s", sum=sums, share=str(terms.share), most=most)
        sheet.line("damages", words, most)
        return most
    rate = question.yearly_percent
    if rate is None:
        raise Invalid("Enter the yearly rate of interest.", "yearly_percent")
    return total([_interest(sheet, item, terms, rate, question.until) for item in owed], question.currency)


def _interest(sheet: Sheet, item: DatedAmount, terms: Extra, rate: Decimal, until: date) -> Money:
    starts = add_days(item.fell_due, terms.grace_days or 0)
    days = max((until - starts).days, 0)
    due = max(item.amount, Money.zero(item.amount.currency))
    amount = due.times(Fraction(rate) / _HUNDRED * Fraction(days, _YEAR))
    params: Mapping[str, Value] = {"sum": due, "rate": rate, "days": days, "starts": starts, "amount": amount}
    words = say("%(sum)s × %(rate)s %% × %(days)s ÷ 365, from %(starts)s = %(amount)s", **params)
    sheet.line("interest", words, amount, item.key)
    return amount
