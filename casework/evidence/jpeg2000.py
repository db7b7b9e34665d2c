"""JPEG 2000 without its notes: boxes that only tell about the picture are left out, and comments in its data emptied."""

from collections.abc import Iterator

_SIGNATURE = b"\0\0\0\x0cjP  "
_CODESTREAM, _COMMENT, _TILE = b"\xff\x4f", 0x64, 0x90
#: What a reader needs: that it is one, how its colours are meant, and its data. No XML, no UUID (EXIF, XMP, place).
_NEEDED = frozenset((b"jP  ", b"ftyp", b"jp2h", b"jp2c"))
_OF_HEADER = frozenset((b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res "))
_HEAD, _LONG_HEAD = 8, 16


def without_notes(data: bytes) -> bytes:
    """A JPEG 2000 without notes; what is none comes back as it is.

    Args:
        data: a whole file, or its bare data as PDF may hold it.
    """
    if data.startswith(_CODESTREAM):
        return _without_comments(data)
    if not data.startswith(_SIGNATURE):
        return data
    return b"".join(_kept(name, body) for name, body in _boxes(data) if name in _NEEDED)


def _kept(name: bytes, body: bytes) -> bytes:
    if name == b"jp2h":
        body = b"".join(_box(inner, within) for inner, within in _boxes(body) if inner in _OF_HEADER)
    if name == b"jp2c":
        body = _without_comments(body)
    return _box(name, body)


def _box(name: bytes, body: bytes) -> bytes:
    return (_HEAD + len(body)).to_bytes(4) + name + body


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and bodies; of one that breaks off what is there."""
    at = 0
    while at + _HEAD <= len(data):
        size, name, head = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], _HEAD
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), _LONG_HEAD
        end = len(data) if size == 0 else at + size
        if end < at + head:
            return
        yield name, data[at + head : end]
        at = end


def _without_comments(data: bytes) -> bytes:
    """The data with zeros in place of the comments of its main head; nothing moves."""
    clean, at = bytearray(data), len(_CODESTREAM)
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _TILE:  # noqa: PLR2004 - every mark begins with it
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] == _COMMENT:
            start = at + 6
            clean[start:end] = bytes(max(min(end, len(data)) - start, 0))
        at = end
    return bytes(clean)
