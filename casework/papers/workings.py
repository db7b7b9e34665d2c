"""Sheets of workings: every line of a calculation, enough to follow with a pocket calculator."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from casework.deadlines.words import msgid
from casework.money.account.counts import Count
from casework.money.amounts import Money
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
OF_WAGES: Final = (
    "rate",
    "minimum",
    "period",
    "hours",
    "received",
    "deduction",
    "entitlement",
    "stretch",
)
OF_RECRUITMENT: Final = ("fee", "refund")

#: Lines that compare with the cap of a rule. A letter asks for one sum, by the zero standard: a lower one beside it
#: would be taken for the offer.
_OF_CAPS: Final = ("over", "claim", "cap_months")
_ZERO: Final = "zero"
#: The sums of the two ways of counting wages.
_WAYS: Final = ("owed_net", "owed_gross")
_CAP: Final = "recruitment_cap"


def calculation(c: Contents) -> Paper:
    """Wages owed, what is still in time, what was promised: every line."""
    paper = head(c, c.say("Calculation"))
    counted(paper, c, ("wages", "limitation", "substitution", "deductions", "extras"))
    proofs.listed(paper, c, *OF_WAGES)
    return paper


def costs(c: Contents) -> Paper:
    """What the job cost, item by item."""
    paper = counted(head(c, c.say("What the job cost")), c, ("recruitment",))
    proofs.listed(paper, c, *OF_RECRUITMENT)
    return paper


def interest(c: Contents) -> Paper:
    """What the loan really costs, and how long the debt lasts."""
    paper = counted(head(c, c.say("What the loan really costs")), c, ("interest", "debt"))
    proofs.listed(paper, c, "loan", "budget")
    return paper


def counted(paper: Paper, c: Contents, names: Iterable[str], *, letter: bool = False) -> Paper:
    """Write some calculations; a letter to the other side carries nothing that is meant for the desk."""
    found = [count for name in names for count in counts(c, name)]
    for count in found:
        if count.working:
            _working(paper, c, count.working, letter=letter)
        elif count.trouble:
            paper.text(c.complaint(count.trouble), "note")
    if not found:
        paper.text(nothing(c))
    return paper


def nothing(c: Contents) -> str:
    """What stands where there is nothing to count."""
    return c.say("There is nothing in the ledger to count yet.")


def counts(c: Contents, name: str) -> list[Count]:
    """The calculations of one name; none where money may not be told."""
    return [count for count in c.account.counts if count.name == name] if c.account else []


def _working(paper: Paper, c: Contents, working: Working, *, letter: bool) -> None:
    """Formula, every line, rules with their versions, rounding: enough to follow with a pocket calculator."""
    paper.heading(c.say(_TITLES.get(working.calculator, "")))
    paper.text(c.sentence(working.formula))
    unsaid = _other_way(working) if letter else ""
    rows = [
        [("= " if line.role is Role.SUM else "") + _words(c, line), _amount(c, line.value)]
        for line in working.lines
        if line.key != unsaid and (not letter or line.key not in _OF_CAPS or line.group == _ZERO)
    ]
    paper.table([c.say("Line"), c.say("Amount")], rows, [5, 2], [1])
    for warning in () if letter else working.warnings:
        paper.text(c.sentence(warning), "note")
    followed = [rule for rule in working.rules if not letter or rule.kind != _CAP]
    rules = "\n".join(_rule(c, rule) for rule in followed)
    paper.facts([(c.say("Rules"), rules), (c.say("Rounding"), c.sentence(working.rounding))])


def _other_way(working: Working) -> str:
    """The line of the way of counting that does not agree with the sum asked for; empty where both agree.

    Why they differ stands on the page and the calculation sheet; in a letter a second sum would be taken for the offer.
    """
    net, gross = (working.results.get(way) for way in _WAYS)
    if net is None or gross is None or net == gross:
        return ""
    return _WAYS[1] if working.results.get("owed") == net else _WAYS[0]


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
