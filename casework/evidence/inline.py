"""Photos that stand in the middle of a page's own data in a PDF: their notes are emptied, and nothing moves.

Such a photo has no length of its own, so its notes are overwritten with zeros of the same length. Photos that are
packed once more inside a page's data (as hexadecimal, for instance) are not looked into.
"""

import re
import zlib

from casework.evidence import jpeg

#: "ID", one space, and the first bytes of a JPEG.
_BEGINS = re.compile(rb"\bID\s(?=\xff\xd8\xff)")
#: Bytes of a photo in a page's data, and of a page's data; there is no use for more.
_LONGEST, _MOST = 1 << 20, 32 << 20


def emptied(content: bytes) -> bytes | None:
    """A page's data with empty notes in its photos; None where there is nothing to change.

    Args:
        content: unpacked.
    """
    clean, changed = bytearray(content), False
    for found in _BEGINS.finditer(content):
        start = found.end()
        for first, last in jpeg.notes(content[start : start + _LONGEST]):
            clean[start + first : start + last] = bytes(last - first)
            changed = True
    return bytes(clean) if changed else None


def unpacked(raw: bytes, packed: str) -> bytes | None:
    """A stream's data; None where it is packed otherwise than pages are, or becomes too large.

    Args:
        raw: as it lies.
        packed: how, by the name of the filter; "None" for not at all.
    """
    if packed == "None":
        return raw
    if packed not in ("/FlateDecode", "/Fl"):
        return None
    opened = zlib.decompressobj()
    try:
        data = opened.decompress(raw, _MOST)
    except zlib.error:
        return None
    return None if opened.unconsumed_tail else data
