"""The table of every rule shipped: docs/rules.md. `flask --app wsgi casework rules table` writes it."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from casework import codes
from casework.deadlines import lists, rules
from casework.deadlines.choices import Direction, Filing, Roll, Start, Unit
from casework.deadlines.records import Rule
from casework.deadlines.rules import Rules

PAGE = codes.DIRECTORY.parent.parent / "docs" / "rules.md"
_BEFORE = """# Every rule of time that is shipped

Written by `flask --app wsgi casework rules table`, not by hand. docs/deadlines.md explains what each word means and how to
change a rule. **No rule is shipped as verified**: a legal ally says that in the program, where marks are kept for each
desk, bound to the rule as it stood. "Sure" says how well the row is founded.
"""

_UNITS = {
    Unit.HOUR: "hours",
    Unit.WORKING_HOUR: "hours without days off",
    Unit.CALENDAR_DAY: "calendar days",
    Unit.WORKING_DAY: "working days",
    Unit.MONTH: "months",
}
_ROLLS = {Roll.NONE: "", Roll.NEXT: "then the next working day", Roll.PREVIOUS: "then the working day before"}
_FILED = {Filing.NONE: "", Filing.RECEIVED: "received", Filing.SENT: "sent"}


def table(book: Rules) -> str:
    """The rules as Markdown, a part for each jurisdiction.

    Args:
        book: all rules that are shipped.
    """
    parts = (
        f"### {name}\n\n{_HEAD}\n" + "\n".join(map(_row, group))
        for name, group in groupby(
            sorted(book, key=lambda r: (r.jurisdiction, r.key)), lambda r: r.jurisdiction
        )
    )
    return "\n\n".join(parts)


_HEAD = (
    "| rule | counted | meaning | status | sure | source | look again after | mark |\n"
    "|---|---|---|---|---|---|---|---|"
)


def page(book: Rules) -> str:
    """The whole page.

    Args:
        book: all rules that are shipped.
    """
    return f"{_BEFORE}\n{table(book)}\n"


def write(path: Path = PAGE) -> None:
    """Write the page anew."""
    path.write_text(page(rules.load()), "utf-8")


def _row(rule: Rule) -> str:
    note = f"<br>*{rule.caveat}*" if rule.caveat else ""
    source = f"[{rule.source}]({rule.source_url})" if rule.source_url else rule.source
    cells = (
        f"{rule.label}: **{rule.version}**<br>`{rule.id}`{note}",
        _counted(rule),
        lists.load("meanings").label(rule.meaning),
        _status(rule),
        lists.load("sure").label(rule.sure),
        f"{source}<br>checked {rule.checked_on}: {rule.checked_by}",
        str(rule.recheck_after),
        "not verified",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _counted(rule: Rule) -> str:
    return "; ".join(filter(None, _phrases(rule)))


def _phrases(rule: Rule) -> Iterator[str]:
    side = "before" if rule.direction is Direction.BEFORE else "from"
    yield f"{rule.count} {_UNITS[rule.unit]} {side}: {lists.events().label(rule.trigger_event)}"
    yield "that day is day 1" if rule.start is Start.SAME_DAY else ""
    yield "less one day" if rule.minus_one_day else ""
    for term in rule.then:
        yield f"then {'every ' if term.repeats else ''}{term.count} {_UNITS[term.unit]}"
    for part in rule.extension:
        yield f"moved by: {lists.events().label(part.event)}"
    yield "read three ways" if rule.spells else ""
    yield _ROLLS[rule.roll]
    yield _FILED[rule.filing]


def _status(rule: Rule) -> str:
    said = lists.load("statuses").label(rule.status)
    begin = f", from {rule.effective_from}" if rule.effective_from else ""
    end = f", until {rule.effective_to}" if rule.effective_to else ""
    return f"{said}{begin}{end}"
