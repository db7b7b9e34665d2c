"""Are deductions within what the law allows? The test shows what is too much; a person decides what is lawful."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from casework.money import checks
from casework.money.amounts import Money, total
from casework.money.ledger import Deduction
from casework.money.records import versioned
from casework.money.rule_parsers import deduction_cap
from casework.money.rule_terms import DeductionCap, ItemCap, ShareCap
from casework.money.rules import RuleBook
from casework.money.sentences import Sentence, label, say
from casework.money.term_reader import Terms
from casework.money.working import Sheet, Working

NAME: Final = "deductions"
VERSION: Final = 1

_FORMULA: Final = say(
    "Each deduction is compared with the most for one case, and deductions of a pay period together with their part of "
    "the wages of that period. What lies above either is too much; the larger of the two counts."
)


@versioned("deduction_question")
@dataclass(frozen=True, slots=True)
class DeductionQuestion:
    """What the test of deductions is given.

    Args:
        wages: due for the pay period.
        deductions: of that period.
        rule: id of the rule on deductions.
    """

    wages: Money
    deductions: tuple[Deduction, ...]
    rule: str

    def __post_init__(self) -> None:
        checks.amount(self.wages, "wages")
        checks.one_currency(self.wages.currency, *(part.amount for part in self.deductions))


def deductions(question: DeductionQuestion, book: RuleBook) -> Working:
    """What was taken off in a pay period, and how much of it lies above the caps of a rule."""
    sheet = Sheet(book)
    terms = deduction_cap(Terms(sheet.rule(question.rule, "deduction_cap").terms))
    currency = question.wages.currency
    single = _by_item(sheet, question, terms)
    shares = [_by_share(sheet, question, cap) for cap in terms.shares]
    too_much = max([single, *shares])
    taken = total((part.amount for part in question.deductions), currency)
    sheet.sum("taken", say("Taken off: %(taken)s", taken=taken), taken)
    sheet.sum("too_much", say("Above the caps: %(too_much)s", too_much=too_much), too_much)
    results: Mapping[str, Money] = {"taken": taken, "too_much": too_much, "within": taken - too_much}
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def _by_item(sheet: Sheet, question: DeductionQuestion, terms: DeductionCap) -> Money:
    over = [
        _over_item(sheet, part, cap)
        for part in question.deductions
        for cap in terms.items
        if part.reason in cap.reasons
    ]
    return total(over, question.wages.currency)


def _over_item(sheet: Sheet, part: Deduction, cap: ItemCap) -> Money:
    over = max(part.amount - cap.most, Money.zero(part.amount.currency))
    words = say(
        "%(reason)s: %(amount)s, at most %(most)s in one case, %(over)s too much",
        reason=label("deduction_reasons", part.reason),
        amount=part.amount,
        most=cap.most,
        over=over,
    )
    sheet.line("item", words, over)
    return over


def _by_share(sheet: Sheet, question: DeductionQuestion, cap: ShareCap) -> Money:
    counted = [part for part in question.deductions if not cap.reasons or part.reason in cap.reasons]
    taken = total((part.amount for part in counted), question.wages.currency)
    most = question.wages.times(cap.share)
    over = max(taken - most, Money.zero(most.currency))
    words = say(
        "%(what)s: %(taken)s, at most %(share)s of %(wages)s = %(most)s, %(over)s too much",
        what=_named(cap.reasons),
        taken=taken,
        share=str(cap.share),
        wages=question.wages,
        most=most,
        over=over,
    )
    sheet.line("share", words, over)
    return over


def _named(reasons: Iterable[str]) -> Sentence:
    names = [label("deduction_reasons", reason) for reason in reasons]
    if not names:
        return say("All deductions")
    words = names[0]
    for name in names[1:]:
        words = say("%(one)s, %(other)s", one=words, other=name)
    return words
