"""The list of a desk's current segments, by which one that was taken away or put back is noticed."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from casework.errors import Refused
from casework.vault import DeskKeys, catalogue

_FIELD = catalogue.field("segment_manifest.blob")


@dataclass
class Manifest:
    """What is current.

    Attributes:
        number: of the last save; it only grows.
        current: the number under which each current segment was written.
    """

    number: int = 0
    current: dict[UUID, int] = field(default_factory=dict)

    def next(self) -> int:
        """The number of a new save."""
        self.number += 1
        return self.number

    def seal(self, desk: DeskKeys, row_id: UUID) -> bytes:
        """Seal it to its row."""
        current = {segment.hex: seq for segment, seq in self.current.items()}
        return desk.seal(_FIELD, row_id, {"number": self.number, "current": current})


def open_manifest(desk: DeskKeys, row_id: UUID, blob: bytes | None) -> Manifest:
    """The manifest in a row; an empty one where nothing was saved yet.

    Raises:
        Refused: it does not open, or says what none of ours says.
    """
    if blob is None:
        return Manifest()
    found: Any = desk.open(_FIELD, row_id, blob)
    try:
        current = {UUID(hex=segment): int(seq) for segment, seq in found["current"].items()}
        return Manifest(int(found["number"]), current)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Refused from None
