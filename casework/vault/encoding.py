"""How parts become bytes, and how one key becomes another (construction §0)."""

import struct
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.vault.secret import Secret

#: The first part of everything that is derived, boxed, signed or bound; a new construction takes a new one.
DOMAIN = "casework/1"

Part = bytes | str | int | UUID

_length = struct.Struct(">I").pack


def u32(number: int) -> bytes:
    """A number as four bytes, big-endian.

    Raises:
        ValueError: the number is negative or needs more than 32 bits.
    """
    try:
        return _length(number)
    except struct.error:
        raise ValueError("a number of 32 bits, without sign, is needed") from None


def _bytes(part: Part) -> bytes:
    if isinstance(part, UUID):
        return part.int.to_bytes(16)
    if isinstance(part, int):
        return u32(part)
    return part.encode() if isinstance(part, str) else part


def lp(*parts: Part) -> bytes:
    """Length-prefixed parts, so that no two lists of parts give the same bytes.

    Args:
        parts: bytes as they are, text as UTF-8, numbers as u32, ids as their 16 raw bytes.

    Source:
        construction §0: per part u32be length ‖ bytes.
    """
    packed = b""
    for part in parts:
        # Thousands of keys are drawn at a time after somebody left, and each is bound to several places.
        raw = part if type(part) is bytes else _bytes(part)
        packed += _length(len(raw)) + raw
    return packed


def split_lp(packed: bytes) -> tuple[bytes, ...]:
    """The parts of `lp`, as bytes.

    Raises:
        ValueError: the bytes are cut or carry something more.
    """
    parts: list[bytes] = []
    at = 0
    while at < len(packed):
        start = at + 4
        at = start + int.from_bytes(packed[at:start], "big")
        if start > len(packed) or at > len(packed):
            raise ValueError("cut in the middle of a part")
        parts.append(packed[start:at])
    return tuple(parts)


def bound(*parts: Part) -> bytes:
    """The parts under our domain: what is signed, and what a box or a derived key is bound to."""
    return lp(DOMAIN, *parts)


def kdf(key: Secret, label: str, *parts: Part, length: int = 32) -> Secret:
    """A key for one purpose out of another key.

    Args:
        key: the key to derive from; it must be uniformly random already.
        label: the purpose, as the construction names it.
        parts: what else the new key belongs to.
        length: bytes wanted.

    Source:
        construction §0: HKDF-SHA256 (RFC 5869) without salt, info LP("casework/1", label, …).
    """
    return derived(key, bound(label, *parts), length)


def derived(key: Secret, info: bytes, length: int = 32) -> Secret:
    """The same, where what the new key belongs to is packed already.

    Args:
        key: the key to derive from.
        info: what `bound` packed, label first.
        length: bytes wanted.
    """
    return Secret(HKDF(SHA256(), length, None, info).derive(key.expose()))
