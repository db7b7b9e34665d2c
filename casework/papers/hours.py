"""The table of hours: what was worked, and where it is known from."""

from casework.money.account.ledger import LedgerLine
from casework.money.ledger import Work
from casework.papers import proofs
from casework.papers.blocks import Paper
from casework.papers.contents import Contents
from casework.papers.sheets import head
from casework.papers.workings import nothing


def table(c: Contents) -> Paper:
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
        paper.text(nothing(c))
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
