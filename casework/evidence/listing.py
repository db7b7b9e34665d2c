"""The evidence of a case, read: each piece with what was said of it."""

from dataclasses import dataclass

from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.opening import OpenCase
from casework.errors import Refused
from casework.evidence import bodies, rows
from casework.evidence.bodies import Piece
from casework.vault import Section


@dataclass(frozen=True)
class Evidence:
    """The evidence of a case.

    Attributes:
        pieces: newest first.
        refused: how many do not open.
        whole: whether these are all that was handed in, each as it was left.
    """

    pieces: tuple[Piece, ...]
    refused: int
    whole: bool = True


def listing(case: OpenCase) -> Evidence:
    """The evidence of a case that somebody has open, newest first; the section's opening is recorded already."""
    pieces, refused = [], 0
    found, whole = rows.stored(case)
    for row in found:
        try:
            pieces.append(bodies.open_row(case.keys, row))
        except Refused:
            refused += 1
    if refused or not whole:
        case.complain(bodies.BODY.name)
    return Evidence(tuple(sorted(pieces, key=lambda one: one.at, reverse=True)), refused, whole)


def seen(case: OpenCase) -> tuple[Piece, ...]:
    """The pieces of a case for a page of another section that names them; that they were opened is recorded."""
    found = listing(case).pieces
    if found:
        audit.record(case.actor.desk, Event.SECTION_OPENED, case=case.keys, section=Section.EVIDENCE.value)
    return found
