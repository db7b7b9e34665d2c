"""Money in the reader's language: sentences of calculators, figures, lines of a ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from flask import url_for
from flask_babel import format_date, get_locale, gettext
from flask_babel import lazy_gettext as _

from casework.cases.fields import Field, Type
from casework.cases.values.money import exponent
from casework.cases.values.numbers import spoken
from casework.money.account.counting import Calculation
from casework.money.account.counts import Count
from casework.money.account.ledger import Ledger, LedgerLine
from casework.money.amounts import Money
from casework.money.ledger import PayPeriod
from casework.money.rules import Rule
from casework.money.sentences import Sentence, Value
from casework.money.working import Line, Role, Working
from casework.web import questions
from casework.web.cases_shown import moment, word, workers

_DECIMALS: Final = 9
_FACTS: Final = 4

TITLES: Final = {
    "standing": _("How far the money came"),
    "wages": _("Wages owed"),
    "limitation": _("What can still be claimed in time"),
    "substitution": _("Promised and paid"),
    "deductions": _("Deductions beside the most that is allowed"),
    "extras": _("Damages and interest on late pay"),
    "recruitment": _("What the job cost"),
    "interest": _("What the loan really costs"),
    "debt": _("How long the debt lasts"),
}

#: The figure that stands large beside each calculation: name of the result and what it is.
_HEADLINES: Final[Mapping[str, tuple[tuple[str, Any], ...]]] = {
    "wages": (("owed", _("Owed")),),
    "limitation": (("claimable", _("Can still be claimed")), ("moral", _("All that is owed"))),
    "substitution": (("owed", _("Owed")),),
    "deductions": (("too_much", _("Above the most that is allowed")),),
    "extras": (("possible", _("It would be")), ("counted", _("Counted"))),
    "recruitment": (("cost", _("Paid for the job")), ("months", _("In months of income"))),
    "interest": (("effective", _("Percent a year")), ("cost", _("It costs"))),
    "debt": (("periods", _("Payments until it is cleared")),),
}
_WHOLE: Final = ("owed_net", "unlawful", "given_back", "owed_gross")
_BESIDE: Final = ("on_stated", "told", "cap", "at_contract_end", "cap_months")


def sentence(words: Sentence) -> str:
    """A sentence of a calculator."""
    return words.text(lambda text: str(gettext(text)), figure)


def figure(value: Value) -> str:
    """A figure inside a sentence; amounts without their currency, which stands above."""
    match value:
        case Money():
            return bare(value)
        case Decimal():
            return spoken(value, get_locale(), 0, _DECIMALS)
        case date():
            return str(format_date(value, "d MMM y"))
        case Sentence():
            return sentence(value)
        case None:
            return ""
        case _:
            return str(value)


def bare(money: Money) -> str:
    """An amount as a reader of this language writes it."""
    places = exponent(money.currency)
    return spoken(money.major, get_locale(), places, places)


def amount(value: Value) -> str:
    """A figure that stands alone: amounts with the code of their currency, because there are many dollars."""
    return f"{bare(value)}\u00a0{value.currency}" if isinstance(value, Money) else figure(value)


@dataclass(frozen=True)
class Shown:
    """A calculation at a glance.

    Attributes:
        title: what it is.
        about: the line that it is about, in words, or empty.
        headlines: what and how much.
        lines: its last lines, in words.
        warnings: what the reader must know.
        trouble: why it cannot be counted yet, or empty.
        href: all of it.
    """

    title: str
    about: str
    headlines: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    warnings: tuple[str, ...]
    trouble: str
    href: str


def glance(ref: str, calculation: Calculation, count: Count) -> Shown:
    """A calculation as the page of a case shows it."""
    working = count.working
    return Shown(
        title=str(TITLES[count.name]),
        about=about(calculation.ledger, count),
        headlines=headlines(working) if working else (),
        lines=tuple(sentence(line.words) for line in working.lines if _last(count.name, line))
        if working
        else (),
        warnings=tuple(sentence(one) for one in working.warnings) if working else (),
        trouble=questions.sentence(count.trouble) if count.trouble else "",
        href=href(ref, count),
    )


def href(ref: str, count: Count) -> str:
    """Where all lines of a calculation stand."""
    return url_for("cases.money_count", ref=ref, name=count.name, about=count.about or None)


def headlines(working: Working) -> tuple[tuple[str, str], ...]:
    """What came out, and how much."""
    known = [
        (str(words), working.results.get(name)) for name, words in _HEADLINES.get(working.calculator, ())
    ]
    found = [(words, amount(value)) for words, value in known if value is not None]
    if working.results.get("never"):
        found.append((str(gettext("Payments until it is cleared")), str(gettext("never"))))
    return tuple(found)


def _last(name: str, line: Line) -> bool:
    if name == "wages":
        return line.key in _WHOLE
    if name == "limitation":
        return line.role is Role.SUM
    return line.role is Role.SUM or line.key in _BESIDE


def about(ledger: Ledger, count: Count) -> str:
    """The line or the pay period that a calculation is about, in few words."""
    for line in ledger.lines:
        if str(line.id) == count.about:
            return summary(line)
    return ""


def summary(line: LedgerLine) -> str:
    """A line of the ledger in few words: what was answered first."""
    first = [field for field in line.sort.questions if not field.folded]
    said = [(field, one) for field in first for _label, one in questions.say([field], line.said)]
    sums = [field for field, _one in said if field.type is Type.MONEY]
    return " · ".join(
        f"{gettext(field.label)} {one}" if field.yes_or_no or _is_further(field, sums) else one
        for field, one in said
        if isinstance(one, str)
    )


def _is_further(field: Field, sums: Sequence[Field]) -> bool:
    """Whether it is a number after the first amount: nobody could tell which it is."""
    return bool(sums) and field is not sums[0] and field.type in (Type.MONEY, Type.NUMBER)


def row(ref: str, ledger: Ledger, line: LedgerLine) -> dict[str, Any]:
    """A line as the list of lines shows it."""
    kind = word("ledger_lines", line.sort.key)
    return {
        "href": url_for("cases.money_line", ref=ref, line_id=line.id),
        "kind": kind[1] if kind else line.sort.key,
        "text": summary(line),
        "period": period_words(ledger, str(line.said.get("period") or "")),
        "note": line.said.get("note") or "",
        "struck": line.struck,
        "wrong": questions.sentence(line.wrong) if line.wrong else "",
        "by": workers().get(line.by) or "",
        "at": moment(line.at),
    }


def period_words(ledger: Ledger, name: str) -> str:
    """A pay period by its days."""
    period = ledger.period(name)
    return span(period) if period else ""


def span(period: PayPeriod) -> str:
    """The days of a pay period."""
    return f"{figure(period.start)} – {figure(period.end)}"


def rule_shown(rule: Rule, *, verified: bool) -> dict[str, Any]:
    """A rule as it is printed under a calculation."""
    return {
        "title": gettext(rule.title),
        "version": rule.version,
        "source": rule.source,
        "checked": figure(rule.checked_on),
        "verified": verified,
    }


def line_shown(line: Line) -> dict[str, str]:
    """A line of a working."""
    return {"role": str(line.role), "key": line.key, "text": sentence(line.words)}
