"""What can still be claimed in time, beside all that is owed: two sums that are never mixed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from casework.errors import Invalid
from casework.money import checks
from casework.money.amounts import Money, total
from casework.money.clocks import (
    Conciliation,
    after_conciliation,
    conciliation_words,
    earliest_start,
    last_day,
)
from casework.money.dated import DatedAmount
from casework.money.months import add_months
from casework.money.records import versioned
from casework.money.rule_parsers import limitation
from casework.money.rule_terms import Clock, Limitation
from casework.money.rules import RuleBook
from casework.money.sentences import Sentence, Value, say
from casework.money.term_reader import Terms
from casework.money.working import Sheet, Working

NAME: Final = "limitation"
VERSION: Final = 1

_FORMULA: Final = say(
    "Claimable = all amounts whose last day has not passed when the claim is filed. The total moral claim is all that "
    "is owed, in time or not. The two are shown side by side and never added."
)


@versioned("time_question")
@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """What the calculator of time limits is given.

    Args:
        currency: of all amounts.
        amounts: still owed, each with the day that it fell due.
        rule: id of the rule about time.
        filed: the day on which the claim is or would be filed.
        left: last day of employment; None while still employed.
        conciliation: its two days, where the rule lets it stop the clock.

    Raises:
        Invalid: no amounts, two of one name, two currencies, or leaving after filing.
    """

    currency: str
    amounts: tuple[DatedAmount, ...]
    rule: str
    filed: date
    left: date | None = None
    conciliation: Conciliation | None = None

    def __post_init__(self) -> None:
        checks.one_currency(self.currency, *(item.amount for item in self.amounts))
        if not self.amounts:
            raise Invalid("Enter at least one amount with the day on which it was due.", "amounts")
        if self.left is not None and self.left > self.filed:
            raise Invalid("The job ended after the day of filing. Check both days.", "left")

    def in_order(self) -> list[DatedAmount]:
        """Amounts from the oldest to the newest."""
        return sorted(self.amounts, key=lambda item: (item.fell_due, item.key, item.amount.minor))


def in_time(question: TimeQuestion, book: RuleBook) -> Working:
    """What can still be claimed, and all that is owed.

    Args:
        question: amounts, rule and days.
        book: where the rule is looked up.

    Raises:
        Invalid: the rule has no clock for this situation.
    """
    sheet = Sheet(book)
    rule = sheet.rule(question.rule, "limitation")
    if not rule.covers(question.filed):
        sheet.warn(say("“%(rule)s” does not cover %(day)s.", rule=Sentence(rule.title), day=question.filed))
    terms = limitation(Terms(rule.terms))
    last = _last_days(question, terms, sheet)
    claimable = _write(sheet, question, last, _backstop(question, terms))
    results = _results(question, last, claimable, terms)
    _write_sums(sheet, results, question.filed)
    return sheet.working(NAME, VERSION, question, _FORMULA, results)


def _clock(question: TimeQuestion, terms: Limitation) -> Clock:
    clock = terms.clock(left=question.left is not None)
    if clock is None and question.left is None:
        raise Invalid("This rule counts from the end of the job. Enter its last day.", "left")
    if clock is None:
        raise Invalid("This rule is only for people who still work there.", "left")
    if clock.starts == "end_of_employment" and question.left is None:
        raise Invalid("This rule counts from the end of the job. Enter its last day.", "left")
    return clock


def _start(item: DatedAmount, question: TimeQuestion, clock: Clock) -> date:
    match clock.starts:
        case "end_of_employment" if question.left is not None:
            return question.left
        case "last_of_series":
            return max(one.fell_due for one in question.amounts)
        case _:
            return item.fell_due


def _last_days(question: TimeQuestion, terms: Limitation, sheet: Sheet) -> dict[int, date]:
    """The last day of each amount, by its place in order."""
    clock = _clock(question, terms)
    talks = question.conciliation if terms.stops else None
    if question.conciliation is not None and not terms.stops:
        sheet.warn(say("Conciliation does not stop the clock under this rule."))
    days = {}
    for place, item in enumerate(question.in_order()):
        limit = last_day(clock, _start(item, question, clock))
        days[place] = after_conciliation(limit, talks) if talks else limit
    if talks:
        newest = question.in_order()[-1]
        for words in conciliation_words(last_day(clock, _start(newest, question, clock)), talks):
            sheet.step("conciliation", words)
    return days


def _backstop(question: TimeQuestion, terms: Limitation) -> date | None:
    months = terms.backstop_months
    return None if months is None else add_months(question.filed, -months)


def _write(sheet: Sheet, question: TimeQuestion, last: Mapping[int, date], backstop: date | None) -> Money:
    claimable = []
    for place, item in enumerate(question.in_order()):
        if backstop is not None and item.fell_due < backstop:
            words = say(
                "Due %(due)s: %(amount)s is older than %(backstop)s and too late",
                **_of(item),
                backstop=backstop,
            )
            sheet.note("too_late", words, item.amount, item.key)
        elif question.filed <= last[place]:
            words = say("Due %(due)s: %(amount)s, in time until %(last)s", **_of(item), last=last[place])
            sheet.line("in_time", words, item.amount, item.key)
            claimable.append(item.amount)
        else:
            words = say(
                "Due %(due)s: %(amount)s was in time until %(last)s, too late", **_of(item), last=last[place]
            )
            sheet.note("too_late", words, item.amount, item.key)
    return max(total(claimable, question.currency), Money.zero(question.currency))


def _of(item: DatedAmount) -> dict[str, Value]:
    return {"due": item.fell_due, "amount": item.amount}


def _results(
    question: TimeQuestion, last: Mapping[int, date], claimable: Money, terms: Limitation
) -> dict[str, Value]:
    clock = _clock(question, terms)
    open_days = [day for day in last.values() if day >= question.filed]
    reaches = (
        earliest_start(clock, question.filed) if clock.starts == "due" and not question.conciliation else None
    )
    everything = total((item.amount for item in question.amounts), question.currency)
    return {
        "claimable": claimable,
        "moral": everything,
        "reaches_back_to": reaches,
        "next_lost": min(open_days, default=None),
        "last_day": max(last.values()),
    }


def _write_sums(sheet: Sheet, results: Mapping[str, Value], filed: date) -> None:
    if reaches := results["reaches_back_to"]:
        words = say("A claim filed on %(filed)s reaches back to %(day)s.", filed=filed, day=reaches)
        sheet.note("reaches_back_to", words, results["reaches_back_to"])
    sheet.sum("claimable", say("Claimable in time: %(sum)s", sum=results["claimable"]), results["claimable"])
    sheet.sum(
        "moral", say("Total moral claim, in time or not: %(sum)s", sum=results["moral"]), results["moral"]
    )
