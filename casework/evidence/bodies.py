"""What stands under the seals of a piece of evidence; all of them look alike from outside."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from casework.errors import Refused
from casework.evidence.models import Attachment
from casework.vault import CaseKeys, Secret, Section, filing
from casework.vault.catalogue import field

BODY = field("attachment.body")
KEYS = field("attachment.keys")

#: Bytes up to which all descriptions look alike.
_FILL = 1900
#: Letters of an id that tell one piece of a case from all others.
_SHORT = 12


@dataclass(frozen=True)
class File:
    """One object of the store.

    Attributes:
        id: what it is called there.
        mime: what it is.
        size: in bytes, under its padding.
    """

    id: UUID
    mime: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a person says about a piece of evidence.

    Attributes:
        what: of the list `proofs`: which line of the checklist it belongs to.
        called: a few words that tell it from others.
        grade: of the list `evidence_grades`.
        holder: who has the paper itself, of the list `documents_held_by`; empty where nobody asked.
        place: where it is kept safe.
        note: anything else.
    """

    what: str
    called: str = ""
    grade: str = "copy"
    holder: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of evidence as somebody reads it.

    Attributes:
        id: of its row.
        rev: to be sent back with a change.
        said: what was said about it.
        original: its file as it came; None where nothing is there yet.
        copy: for looking at, without notes about place and maker; None where there is none.
        digest: SHA-256 of the original, in hexadecimal.
        by, at: who handed it in, and when.
        number: by which papers and people name it; no other piece of the case ever has it.
        given: the highest number of the case as far as this piece knows, so that none is given twice.
    """

    id: UUID
    rev: int
    said: Description
    original: File | None
    copy: File | None
    digest: str
    by: UUID
    at: datetime
    number: int
    given: int

    @property
    def short(self) -> str:
        """By which lines of the ledger refer to it: 48 bits of its id, because their rows all have one size."""
        return self.id.hex[:_SHORT]


def seal(case: CaseKeys, row: Attachment, piece: Piece) -> None:
    """Put what a piece says under the seal of its row."""
    value = {
        "said": asdict(piece.said),
        "original": _stored(piece.original),
        "copy": _stored(piece.copy),
        "digest": piece.digest,
        "by": str(piece.by),
        "at": piece.at.isoformat(),
        "number": piece.number,
        "given": piece.given,
    }
    size = len(json.dumps(value, ensure_ascii=False).encode())
    row.generation = case.generation
    row.body = case.seal(BODY, row.id, Section.EVIDENCE, value | {"fill": " " * (_FILL - size)})


def seal_keys(case: CaseKeys, row: Attachment, keys: list[Secret]) -> None:
    """Put the keys of its files under another seal; two at least, so that the store shows no difference."""
    spare = [Secret.random() for _ in range(2 - len(keys))]
    row.keys = filing.seal_keys(case, KEYS, row.id, Section.EVIDENCE, [*keys, *spare])


def count(case: CaseKeys, row: Attachment) -> None:
    """Count a row in the statement of its case, once it is sealed."""
    case.statement.add(BODY, row.id, row.body)
    case.statement.add(KEYS, row.id, row.keys)


def uncount(case: CaseKeys, row: Attachment) -> None:
    """Count a row no more, before it is sealed anew or deleted."""
    case.statement.take(BODY, row.id, row.body)
    case.statement.take(KEYS, row.id, row.keys)


def open_row(case: CaseKeys, row: Attachment) -> Piece:
    """What a piece says.

    Raises:
        Refused: it does not open.
    """
    value = case.open(BODY, row.id, Section.EVIDENCE, row.body)
    if not isinstance(value, dict):
        raise Refused
    return _piece(row, value)


def key_of(case: CaseKeys, row: Attachment, *, original: bool) -> Secret:
    """The key of its original, or of its copy.

    Raises:
        Refused: it does not open.
    """
    return filing.open_keys(case, KEYS, row.id, Section.EVIDENCE, row.keys)[0 if original else 1]


def _piece(row: Attachment, value: Mapping[str, Any]) -> Piece:
    return Piece(
        id=row.id,
        rev=row.rev,
        said=Description(**value["said"]),
        original=_file(value["original"]),
        copy=_file(value["copy"]),
        digest=value["digest"],
        by=UUID(value["by"]),
        at=datetime.fromisoformat(value["at"]),
        number=int(value["number"]),
        given=int(value["given"]),
    )


def _stored(file: File | None) -> dict[str, Any] | None:
    return {"id": str(file.id), "mime": file.mime, "size": file.size} if file else None


def _file(value: dict[str, Any] | None) -> File | None:
    return File(UUID(value["id"]), value["mime"], value["size"]) if value else None
