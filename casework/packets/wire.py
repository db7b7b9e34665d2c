r"""A packet as one file, for a desk of another installation (docs/packet.md).

    "casework packet\n" ‖ version u8 ‖ u32 length ‖ head ‖ file ‖ file ‖ …
    head = LP(packet, from, to, epoch, ends on, signature, box)

Each file is sealed in chunks as in the store (construction §10), in the order that the box lists them; their
lengths follow from the sizes in the box. Nothing may follow the last one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import BinaryIO
from uuid import UUID

from casework.errors import Invalid
from casework.vault.encoding import lp, split_lp, u32
from casework.vault.filing import CHUNK, LEAD, SEALED_CHUNK, padded
from casework.vault.packet import Place

MAGIC, VERSION = b"casework packet\n", 1
#: No head is larger: what a packet takes (`contents.LARGEST`), padded to four megabytes, and what stands around it.
LARGEST_HEAD = 4 * 1024 * 1024 + 1024
_ID, _NUMBER, _DAY, _SIGNATURE = 16, 4, 10, 64


@dataclass(frozen=True)
class Head:
    """What leads a file.

    Attributes:
        place: what the box is bound to.
        signature: of the sending desk.
        box: what is referred.
    """

    place: Place
    signature: bytes
    box: bytes


def head(place: Place, box: bytes, signature: bytes) -> bytes:
    """The first bytes of a file."""
    body = lp(*place.parts(), signature, box)
    return MAGIC + bytes([VERSION]) + u32(len(body)) + body


def file(first: bytes, files: Iterable[Iterator[bytes]]) -> Iterator[bytes]:
    """The whole file, part after part."""
    return chain([first], chain.from_iterable(files))


def read(stream: BinaryIO) -> Head:
    """The head of a file; the stream stands behind it then.

    Raises:
        Invalid: it is no packet, of another version, or cut.
    """
    lead = stream.read(len(MAGIC) + 1)
    if lead[: len(MAGIC)] != MAGIC:
        raise Invalid("This file is no packet.", "file")
    if lead[len(MAGIC) :] != bytes([VERSION]):
        raise Invalid(
            "This packet is of a version that is not known here. One of the two installations has to be updated.",
            "file",
        )
    size = int.from_bytes(stream.read(_NUMBER), "big")
    if size > LARGEST_HEAD:
        raise broken()
    body = stream.read(size)
    if len(body) != size:
        raise broken()
    return _head(body)


def _head(body: bytes) -> Head:
    try:
        packet_id, from_id, to_id, epoch, ends_on, signature, box = parts = split_lp(body)
        day = date.fromisoformat(ends_on.decode("ascii"))
    except ValueError:
        raise broken() from None
    if tuple(map(len, parts[:-1])) != (_ID, _ID, _ID, _NUMBER, _DAY, _SIGNATURE):
        raise broken()
    desks = UUID(bytes=from_id), UUID(bytes=to_id)
    place = Place(UUID(bytes=packet_id), *desks, int.from_bytes(epoch, "big"), day)
    if lp(*place.parts(), signature, box) != body:
        raise broken()
    return Head(place, signature, box)


def sealed_size(size: int) -> int:
    """How many bytes a file of `size` bytes takes in a packet."""
    chunks = -(-padded(size) // CHUNK)
    return LEAD + padded(size) + chunks * (SEALED_CHUNK - CHUNK)


def next_file(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The sealed bytes of the next file.

    Args:
        stream: stands at its beginning.
        size: in bytes, as the box tells it.

    Raises:
        Invalid: the packet was cut.
    """
    left = sealed_size(size)
    while left:
        part = stream.read(min(left, SEALED_CHUNK))
        if not part:
            raise broken()
        left -= len(part)
        yield part


def at_end(stream: BinaryIO) -> None:
    """Go on only if nothing follows.

    Raises:
        Invalid: something does.
    """
    if stream.read(1):
        raise broken()


def broken() -> Invalid:
    """The sentence for a packet that was changed or cut."""
    return Invalid("This packet was changed or cut on its way. Ask for it once more.", "file")
