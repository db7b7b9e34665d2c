"""What proves the lines of a ledger: pieces of the case's evidence.

A line names its proof by the beginnings of their ids, beside its answers. What was taken out is named still and
shown no more. A line that belongs to a pay period is proved by what proves the period, too: one photo of a diary
stands for all that was typed from it.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import neutral
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound
from casework.evidence import service as evidence
from casework.evidence.bodies import Piece
from casework.money.account import lines
from casework.money.account.ledger import Ledger, LedgerLine
from casework.vault import Section

#: Beside the answers of a line; no question has this key.
KEY = "proof"
#: Sorts of lines that say how it is counted, which nothing proves.
UNPROVED = ("terms",)
MOST = 12


def of_line(ledger: Ledger, line: LedgerLine, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """What proves a line, or the pay period that it belongs to, in the order of their numbers.

    Args:
        ledger: of the case.
        line: of it.
        pieces: the evidence of the case.
    """
    names = set(_named(line))
    if period := ledger.named(str(line.said.get("period") or "")):
        names |= set(_named(period))
    return tuple(sorted((one for one in pieces if one.short in names), key=lambda one: one.number))


def lines_of(ledger: Ledger, piece: Piece) -> tuple[LedgerLine, ...]:
    """The lines that name a piece as their proof; not those that belong to such a pay period."""
    return tuple(line for line in ledger.lines if piece.short in _named(line))


def numbers(ledger: Ledger, pieces: Iterable[Piece]) -> tuple[int, ...]:
    """The numbers of the pieces that prove any line that counts, in order."""
    names = {name for line in ledger.active() for name in _named(line)}
    return tuple(sorted(one.number for one in pieces if one.short in names))


def provable(ledger: Ledger) -> tuple[LedgerLine, ...]:
    """The lines that something can prove; those that are struck out are left alone."""
    return tuple(line for line in ledger.lines if line.sort.key not in UNPROVED and not line.struck)


def prove(actor: Actor, ref: str, piece_id: UUID, shown: Sequence[UUID], chosen: Collection[UUID]) -> int:
    """Say which of some lines a piece proves; lines that were not shown stay as they are.

    Two people who do so at once do not undo each other's lines: a line that already is as wished is left alone.

    Args:
        actor: who says so.
        ref: the case's reference.
        piece_id: the piece.
        shown: the lines that were asked about.
        chosen: those of them that it proves.

    Returns:
        How many lines changed.

    Raises:
        NotFound: there is no such piece or line.
        Invalid: a line has as many proofs as it can.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        piece = _piece(case, piece_id)
        return sum(_set(case, line_id, piece, wanted=line_id in chosen) for line_id in shown)


def _piece(case: OpenCase, piece_id: UUID) -> Piece:
    for piece in evidence.listing(case).pieces:
        if piece.id == piece_id:
            return piece
    raise NotFound


def _set(case: OpenCase, line_id: UUID, piece: Piece, *, wanted: bool) -> bool:
    """Whether the line had to be written anew."""
    row, line = lines.held(case, line_id)
    names = [name for name in _named(line) if name != piece.short]
    if (len(names) < len(_named(line))) == wanted:
        return False
    if wanted:
        if len(names) >= MOST:
            raise Invalid("A line can have %(most)s proofs at most.", most=MOST)
        names.append(piece.short)
    said = {key: value for key, value in line.said.items() if key != KEY} | ({KEY: names} if names else {})
    lines.rewrite(case, row, {**neutral.opened(case, row, Section.MONEY), "said": said})
    rows = audit.digest(row.body)
    audit.record(case.actor.desk, Event.LINE_CHANGED, case=case.keys, line=str(line_id), rows=rows)
    return True


def _named(line: LedgerLine) -> Sequence[str]:
    return line.said.get(KEY) or ()
