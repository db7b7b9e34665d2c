"""Looking at one piece of evidence: what it says, and its files, opened one chunk after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import opening
from casework.cases.opening import OpenCase
from casework.errors import NotFound
from casework.evidence import bodies, sorts
from casework.evidence.bodies import File, Piece
from casework.evidence.rows import row_of
from casework.store import Store
from casework.vault import Secret, Section, filing


@dataclass(frozen=True)
class Opened:
    """A file that is being opened.

    Attributes:
        sort: what it is.
        size: in bytes.
        parts: its bytes, opened one chunk after the other.
    """

    sort: sorts.Sort
    size: int
    parts: Iterator[bytes]


def look(actor: Actor, ref: str, piece_id: UUID) -> tuple[OpenCase, Piece]:
    """One piece, to be read or changed; its files are opened by `open_file`.

    Raises:
        NotFound: this case has no such piece.
        Refused: it does not open.
    """
    case = opening.load(actor, ref)
    row = row_of(case, piece_id)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section=Section.EVIDENCE.value)
    return case, bodies.open_row(case.keys, row)


def open_file(actor: Actor, store: Store, ref: str, piece_id: UUID, *, original: bool) -> Opened:
    """Open a file; each opening is one event.

    Args:
        actor: who opens it.
        store: where it lies.
        ref, piece_id: which one.
        original: as it came in, with everything that its maker left in it; else the viewing copy.

    Raises:
        NotFound: there is no such file.
        Refused: its key does not open.
    """
    case = opening.load(actor, ref)
    _, opened = opened_file(case, store, piece_id, original=original)
    audit.record(
        actor.desk, Event.EVIDENCE_OPENED, case=case.keys, attachment=str(piece_id), original=original
    )
    return opened


def opened_file(case: OpenCase, store: Store, piece_id: UUID, *, original: bool) -> tuple[Piece, Opened]:
    """A piece of an open case, and its file; whoever asks records why.

    Raises:
        NotFound: there is no such file.
        Refused: its key does not open.
    """
    row = row_of(case, piece_id)
    piece = bodies.open_row(case.keys, row)
    file = piece.original if original else piece.copy
    if file is None:
        raise NotFound
    key = bodies.key_of(case.keys, row, original=original)
    parts = filing.opened(key, file.id, file.size, store.get(file.id))
    return piece, Opened(sorts.named(file.mime), file.size, parts)


def to_give(case: OpenCase, piece_id: UUID) -> tuple[Piece, File, Secret]:
    """A piece with the file that somebody outside may be given, and its key: the copy for looking at, where there is one.

    Raises:
        NotFound: this case has no such piece, or it has no file.
        Refused: it does not open.
    """
    row = row_of(case, piece_id)
    piece = bodies.open_row(case.keys, row)
    file = piece.copy or piece.original
    if file is None:
        raise NotFound
    return piece, file, bodies.key_of(case.keys, row, original=piece.copy is None)


def original(case: OpenCase, piece_id: UUID) -> tuple[File, Secret]:
    """The file of a piece as it came, and its key.

    Raises:
        NotFound: this case has no such piece, or it has no file.
        Refused: it does not open.
    """
    row = row_of(case, piece_id)
    file = bodies.open_row(case.keys, row).original
    if file is None:
        raise NotFound
    return file, bodies.key_of(case.keys, row, original=True)
