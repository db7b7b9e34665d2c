"""One sealed object: fmt u8 ‖ ver u32 ‖ nonce 12 ‖ AES-256-GCM (construction §0).

The head is bound with everything that says where the object belongs, so that it opens nowhere else.
The head picks the key; another key is never tried.
"""

import os
import struct
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import Refused
from casework.vault.encoding import DOMAIN, Part, bound, lp, u32
from casework.vault.secret import Secret

HEAD = 5
NONCE = 12
TAG = 16
_head = struct.Struct(">BI")


class Fmt(IntEnum):
    """The first byte of a sealed object. Numbers are never renamed or reused."""

    FIELD = 1
    DESK_LINK = 2
    CASE_WRAP = 3
    CASE_LINK = 4
    SLOT = 5
    PROFILE = 6
    RESTRICTED = 7
    SEGMENT = 8
    SESSION = 9
    AUDIT = 10
    #: A file in the store; construction §10 names no number, this is the next free one.
    FILE = 12
    #: A desk's return for published figures, under a key of its own (construction §9).
    RETURN = 14
    BOX = 0x11


def head(fmt: Fmt, version: int) -> bytes:
    """The five bytes that lead a sealed object.

    Raises:
        ValueError: the version is no u32.
    """
    try:
        return _head.pack(fmt, version)
    except struct.error:
        raise ValueError("a version of 32 bits, without sign, is needed") from None


def version_of(blob: bytes | None, fmt: Fmt) -> int:
    """The key version in the head: an epoch, a generation, a counter or a pepper id.

    Raises:
        Refused: nothing there, too short, or of another format.
    """
    if blob is None or len(blob) < HEAD + NONCE + TAG or blob[0] != fmt:
        raise Refused
    return int.from_bytes(blob[1:HEAD], "big")


def seal(key: Secret, fmt: Fmt, version: int, data: bytes | Secret, *place: Part) -> bytes:
    """Seal bytes to one place.

    Args:
        key: 32 bytes, for this purpose only.
        fmt: the format of the object.
        version: which key of its line this is.
        data: what to seal; padding is the caller's. Keys stay wrapped.
        place: the parts that say where it belongs, label first.
    """
    lead = head(fmt, version)
    nonce = os.urandom(NONCE)
    return lead + nonce + AESGCM(key.expose()).encrypt(nonce, _raw(data), bound(lead, lp(*place)))


def before(lead: bytes, size: int, *start: Part) -> bytes:
    """What is bound before the last parts of a place, for many places that differ in those alone.

    Args:
        lead: the head of the object.
        size: of the last parts, as `lp` packs them; they follow what this returns.
        start: the parts that all have, label first.
    """
    place = lp(*start)
    return lp(DOMAIN, lead) + u32(len(place) + size) + place


def _raw(data: bytes | Secret) -> bytes:
    return data.expose() if isinstance(data, Secret) else data


def open_sealed(key: Secret, fmt: Fmt, blob: bytes | None, *place: Part) -> bytes:
    """Open what `seal` made for the same place.

    Raises:
        Refused: it is not that, for whatever reason.
    """
    version_of(blob, fmt)
    assert blob is not None  # noqa: S101 — `version_of` has just refused None; this tells the type checker
    try:
        return AESGCM(key.expose()).decrypt(
            blob[HEAD : HEAD + NONCE],
            blob[HEAD + NONCE :],
            bound(blob[:HEAD], lp(*place)),
        )
    except InvalidTag:
        raise Refused from None
