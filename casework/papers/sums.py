"""Papers about money: the working of a calculation, the table of hours, letters that ask for it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from casework.deadlines.words import msgid
from casework.errors import Invalid
from casework.money.account.counts import Count
from casework.money.account.ledger import LedgerLine
from casework.money.amounts import Money
from casework.money.ledger import Work
from casework.money.rules import Rule
from casework.money.sentences import Value
from casework.money.working import Line, Role, Working
from casework.papers import proofs
from casework.papers.blocks import Paper
from casework.papers.contents import Contents
from casework.papers.sheets import head

#: What each calculation is called, as on the page of the case (msgids).
_TITLES: Final[Mapping[str, str]] = {
    "wages": msgid("Wages owed"),
    "limitation": msgid("What can still be claimed in time"),
    "substitution": msgid("Promised and paid"),
    "deductions": msgid("Deductions beside the most that is allowed"),
    "extras": msgid("Damages and interest on late pay"),
    "recruitment": msgid("What the job cost"),
    "interest": msgid("What the loan really costs"),
    "debt": msgid("How long the debt lasts"),
}

#: Sorts of lines that a paper of each subject counts.
_OF_WAGES: Final = (
    "rate",
    "minimum",
    "period",
    "hours",
    "received",
    "deduction",
    "entitlement",
    "stretch",
)
_OF_RECRUITMENT: Final = ("fee", "refund")

#: Lines that compare with the cap of a rule. A letter asks for one sum, by the zero standard: a lower one beside it
#: would be taken for the offer.
_OF_CAPS: Final = ("over", "claim", "cap_months")
_ZERO: Final = "zero"
_CAP: Final = "recruitment_cap"


def hours(c: Contents) -> Paper:
    """What was worked, day by day or week by week, and where it is known from."""
    paper = head(c, c.say("Table of hours"))
    rows = [_worked(c, line, line.value) for line in _work(c) if isinstance(line.value, Work)]
    columns = [c.say("When"), c.say("How much"), c.say("Unit"), c.say("Of what"), c.say("Known from")]
    if c.pieces:
        paper.table([*columns, c.say("Proof")], rows, [5, 2, 2, 3, 4, 2], [1])
    else:
        paper.table(columns, rows, [5, 2, 2, 3, 4], [1])
    proofs.listed(paper, c, "hours", "period")
    if not rows:
        paper.text(_nothing(c))
    paper.sign(c.say("Confirmed by the worker"), c.say("Day"))
    return paper


def _work(c: Contents) -> list[LedgerLine]:
    """The lines about work, the oldest first."""
    lines = [line for line in c.account.ledger.active() if isinstance(line.value, Work)] if c.account else []
    return sorted(lines, key=lambda line: line.value.start if isinstance(line.value, Work) else c.on)


def _worked(c: Contents, line: LedgerLine, work: Work) -> list[str]:
    cells = [
        c.day(work.start) if work.start == work.end else f"{c.day(work.start)} – {c.day(work.end)}",
        c.figure(work.quantity),
        c.word("pay_periods", work.unit),
        c.word("hour_bands", work.band),
        c.word("hour_sources", work.source),
    ]
    return [*cells, proofs.numbers(c, [line])] if c.pieces else cells


def calculation(c: Contents) -> Paper:
    """Wages owed, what is still in time, what was promised: every line."""
    paper = head(c, c.say("Calculation"))
    _counted(paper, c, ("wages", "limitation", "substitution", "deductions", "extras"))
    proofs.listed(paper, c, *_OF_WAGES)
    return paper


def costs(c: Contents) -> Paper:
    """What the job cost, item by item."""
    paper = _counted(head(c, c.say("What the job cost")), c, ("recruitment",))
    proofs.listed(paper, c, *_OF_RECRUITMENT)
    return paper


def interest(c: Contents) -> Paper:
    """What the loan really costs, and how long the debt lasts."""
    paper = _counted(head(c, c.say("What the loan really costs")), c, ("interest", "debt"))
    proofs.listed(paper, c, "loan", "budget")
    return paper


def _counted(paper: Paper, c: Contents, names: Iterable[str], *, letter: bool = False) -> Paper:
    """Write some calculations; a letter to the other side carries nothing that is meant for the desk."""
    found = [count for name in names for count in _counts(c, name)]
    for count in found:
        if count.working:
            _working(paper, c, count.working, letter=letter)
        elif count.trouble:
            paper.text(c.complaint(count.trouble), "note")
    if not found:
        paper.text(_nothing(c))
    return paper


def _nothing(c: Contents) -> str:
    return c.say("There is nothing in the ledger to count yet.")


def _counts(c: Contents, name: str) -> list[Count]:
    return [count for count in c.account.counts if count.name == name] if c.account else []


def _working(paper: Paper, c: Contents, working: Working, *, letter: bool) -> None:
    """Formula, every line, rules with their versions, rounding: enough to follow with a pocket calculator."""
    paper.heading(c.say(_TITLES.get(working.calculator, "")))
    paper.text(c.sentence(working.formula))
    rows = [
        [("= " if line.role is Role.SUM else "") + _words(c, line), _amount(c, line.value)]
        for line in working.lines
        if not letter or line.key not in _OF_CAPS or line.group == _ZERO
    ]
    paper.table([c.say("Line"), c.say("Amount")], rows, [5, 2], [1])
    for warning in () if letter else working.warnings:
        paper.text(c.sentence(warning), "note")
    followed = [rule for rule in working.rules if not letter or rule.kind != _CAP]
    rules = "\n".join(_rule(c, rule) for rule in followed)
    paper.facts([(c.say("Rules"), rules), (c.say("Rounding"), c.sentence(working.rounding))])


def _amount(c: Contents, value: Value) -> str:
    """What stands in the column of amounts; a day stands in the words of its line."""
    return c.figure(value) if isinstance(value, Money | Decimal | int) else ""


def _rule(c: Contents, rule: Rule) -> str:
    """What it says, where it stands, and which version of our text was followed."""
    return f"{c.say(rule.title)} ({c.quoted(f'{rule.source}; {rule.id}, {rule.version}')})"


def _words(c: Contents, line: Line) -> str:
    """A line of a working; the head of a pay period names what proves it."""
    numbers = proofs.of_period(c, line.group) if line.key == "period" else ""
    words = c.sentence(line.words)
    return c.say("%(line)s (proof: %(numbers)s)") % {"line": words, "numbers": numbers} if numbers else words


def demand(c: Contents) -> Paper:
    """A letter to the employer that asks for the wages owed."""
    owed = _asked(_result(c, "wages", "owed") or _result(c, "substitution", "owed"))
    c = _with_sum(c, owed)
    paper = _letter(c, c.say("Demand for wages"))
    paper.text(
        c.own("demand")
        or c.say(
            "I worked for you and was not paid all that is due to me. The calculation stands below. Please pay"
            " the sum within fourteen days, and confirm the day and the way of payment in writing."
        )
    )
    if owed is not None:
        paper.text(c.figure(owed), "big")
    _counted(paper, c, ("wages",) if _counts(c, "wages") else ("substitution",), letter=True)
    proofs.listed(paper, c, *_OF_WAGES)
    return _signed(paper, c)


def refund(c: Contents) -> Paper:
    """A letter to the agency or the employer that asks for recruitment money back."""
    # What the letter says is the zero standard: all that was paid, with what the loans cost, less what came back.
    asked = _asked(_result(c, "recruitment", "claim over zero"))
    c = _with_sum(c, asked)
    paper = _letter(c, c.say("Demand for a refund"))
    paper.text(
        c.own("refund")
        or c.say(
            "No worker should pay for a job. I was made to pay for mine, as listed below. Please pay it back within"
            " fourteen days, and confirm the day and the way of payment in writing."
        )
    )
    if asked is not None:
        paper.text(c.figure(asked), "big")
    _counted(paper, c, ("recruitment",), letter=True)
    proofs.listed(paper, c, *_OF_RECRUITMENT)
    return _signed(paper, c)


def receipt(c: Contents) -> Paper:
    """What was received, signed by hand."""
    paper = head(c, c.say("Receipt of payment"))
    paper.facts([(c.say("Name"), c.called), (c.say("Reference"), c.case.row.ref)])
    for label in (
        c.say("Received from"),
        c.say("Sum, in figures and currency"),
        c.say("Sum, in words"),
        c.say("For which months, and for what"),
        c.say("How it was paid"),
    ):
        paper.blank(label)
    paper.text(c.say("This receipt settles only what is named here. No other claim is given up."), "note")
    paper.sign(c.say("Signature or thumb print"), c.say("Place and day"))
    paper.sign(c.say("Witness"), c.say("Place and day"))
    return paper


def _asked(sum_: Money | None) -> Money | None:
    """What a letter asks for.

    Raises:
        Invalid: by these figures it would ask for nothing.
    """
    if sum_ is not None and sum_.minor <= 0:
        raise Invalid(
            "By these figures nothing is owed, so there is nothing to ask for. Look at the ledger first."
        )
    return sum_


def _with_sum(c: Contents, asked: Money | None) -> Contents:
    """The same, with the sum for the desk's own words."""
    return replace(c, places={"sum": c.figure(asked) if asked else ""})


def _letter(c: Contents, title: str) -> Paper:
    paper = head(c, title)
    paper.facts([(c.say("To"), c.recipient), (c.say("Day"), c.day(c.on))])
    return paper


def _signed(paper: Paper, c: Contents) -> Paper:
    paper.text(c.say("I keep every other right that I have."))
    paper.sign(c.say("Signature"), c.say("Place and day"))
    return paper


def _result(c: Contents, name: str, result: str) -> Money | None:
    for count in _counts(c, name):
        value = count.working.results.get(result) if count.working else None
        if isinstance(value, Money):
            return value
    return None
