"""What proves the figures of a paper: each piece by its number, and the lines that it stands for.

Only where the person agreed that her evidence is told of. Nothing is said of who holds a paper or where it is
safe, and nothing of what somebody called it: a number, what it is, and the fingerprint that shows that the file
on the table is the one that was handed in.
"""

from collections.abc import Iterable

from casework.cases.fields import Type
from casework.evidence.bodies import Piece
from casework.money.account import proof
from casework.money.account.ledger import LedgerLine
from casework.papers.blocks import Paper
from casework.papers.contents import Contents

#: Signs of a fingerprint that tell one file from all others of a case.
_PRINT = 16


def numbers(c: Contents, lines: Iterable[LedgerLine]) -> str:
    """The numbers of what proves some lines, in order; empty where nothing does or may be told.

    Args:
        c: of the paper.
        lines: of its ledger.
    """
    if c.account is None:
        return ""
    found = {one.number for line in lines for one in proof.of_line(c.account.ledger, line, c.pieces)}
    return c.among(c.figure(number) for number in sorted(found))


def of_period(c: Contents, period: str) -> str:
    """The numbers of what proves a pay period, and the lines that belong to it."""
    if c.account is None or not period or not c.pieces:
        return ""
    inside = [
        line
        for line in c.account.ledger.lines_of(*_SORTS)
        if period in (str(line.id), line.said.get("period"))
    ]
    return numbers(c, inside)


_SORTS = ("period", "hours", "received", "deduction", "entitlement")


def listed(paper: Paper, c: Contents, *sorts: str) -> None:
    """Write which papers prove which lines.

    Args:
        paper: to write on.
        c: of the paper.
        sorts: of lines that the paper counts.
    """
    rows = [row for piece in sorted(c.pieces, key=lambda one: one.number) if (row := _row(c, piece, sorts))]
    if rows:
        paper.heading(c.say("Proof"))
        head = [c.say("No."), c.say("What it is"), c.say("What it proves"), c.say("Fingerprint (SHA-256)")]
        paper.table(head, rows, [1, 4, 7, 4], [])


def _row(c: Contents, piece: Piece, sorts: Iterable[str]) -> list[str]:
    lines = proof.lines_of(c.account.ledger, piece) if c.account else ()
    told = [_line(c, line) for line in lines if line.sort.key in sorts and not line.struck]
    if not told:
        return []
    what = [c.word("proofs", piece.said.what), c.word("evidence_grades", piece.said.grade)]
    return [c.figure(piece.number), c.among(what), "\n".join(told), piece.digest[:_PRINT]]


def _line(c: Contents, line: LedgerLine) -> str:
    """A line in few words: what sort it is, its days, and what else was answered first."""
    first = [one for one in line.sort.questions if not one.folded and one.type is not Type.DATE]
    said = c.among([_days(c, line.value), c.said_of(first, line.said)])
    return f"{c.word('ledger_lines', line.sort.key)}: {said}"


def _days(c: Contents, value: object) -> str:
    """The days of a line, as the other tables of the paper write them."""
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    if start and end and start != end:
        return f"{c.day(start)} – {c.day(end)}"
    day = start or getattr(value, "day", None)
    return c.day(day) if day else ""
