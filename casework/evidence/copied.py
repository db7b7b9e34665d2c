"""Evidence in the copy that a person gets: what is said of each piece, and its file as it came."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from casework.cases.copying import CopyFile
from casework.cases.opening import OpenCase
from casework.evidence import bodies, service, sorts
from casework.evidence.bodies import File, Piece
from casework.store import Store
from casework.vault import Secret, filing


def part_of_copy(case: OpenCase) -> list[dict[str, Any]]:
    """What is said of each piece, as JSON takes it, with the name of its file in the copy.

    Args:
        case: opened by whoever makes the copy.
    """
    pieces = service.listing(case).pieces
    names = _names(pieces)
    return [_told(piece, names.get(piece.id, "")) for piece in pieces]


def files_of_copy(case: OpenCase, store: Store) -> Iterator[CopyFile]:
    """The originals, under names that say nothing; each is opened when its turn comes.

    Args:
        case: opened by whoever makes the copy.
        store: where they lie.
    """
    pieces = service.listing(case).pieces
    names = _names(pieces)
    rows = {row.id: row for row in service.rows_of(case)}
    for piece in pieces:
        if piece.original:
            key = bodies.key_of(case.keys, rows[piece.id], original=True)
            yield CopyFile(names[piece.id], partial(_parts, store, key, piece.original))


def _parts(store: Store, key: Secret, file: File) -> Iterator[bytes]:
    return filing.opened(key, file.id, file.size, store.get(file.id))


def _names(pieces: tuple[Piece, ...]) -> dict[UUID, str]:
    kept = [(piece.id, piece.original) for piece in pieces]
    return {
        piece_id: f"files/{number}.{sorts.named(file.mime).ending}"
        for number, (piece_id, file) in enumerate(kept, 1)
        if file
    }


def _told(piece: Piece, name: str) -> dict[str, Any]:
    said = piece.said
    return {
        "number": piece.number,
        "what": said.what,
        "called": said.called,
        "grade": said.grade,
        "holder": said.holder,
        "place": said.place,
        "note": said.note,
        "handed_in": piece.at.isoformat(),
        "sha256": piece.digest,
        "file": name,
    }
