"""Arrays in a row of bytes, written and read strictly: what is not exactly as written is refused.

The row begins with a mark, the version of the layout and a checksum, and ends in zeros up to any length.
"""

import struct
import zlib

import numpy as np

from casework.search.ragged import Array, Ragged

_MARK = 0xC5
_HEAD = struct.Struct("<BBHII")  # mark, version, spare, checksum of the body, length of the body
_COUNT = struct.Struct("<I")


class Unreadable(ValueError):
    """Bytes that are no packed cards, or of a version that is not known here."""


class Writer:
    """Puts arrays one after another."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def array(self, values: Array, dtype: str) -> None:
        """Put an array.

        Raises:
            ValueError: a value does not fit the type.
        """
        written = values.astype(dtype)
        if not np.array_equal(written, values):
            raise ValueError(f"a value does not fit {dtype}")
        self.raw(written.tobytes())

    def ragged(self, rows: Ragged, dtype: str, lengths: str = "u1") -> None:
        """Put rows of unequal length: their lengths, then all values."""
        self.array(rows.counts, lengths)
        self.array(rows.flat, dtype)

    def raw(self, data: bytes) -> None:
        """Put bytes."""
        self._parts += [_COUNT.pack(len(data)), data]

    def finish(self, version: int) -> bytes:
        """All of it, with its head."""
        body = b"".join(self._parts)
        return _HEAD.pack(_MARK, version, 0, zlib.crc32(body), len(body)) + body


class Reader:
    """Takes arrays one after another.

    Args:
        data: what `Writer.finish` gave, with any number of zeros after it.
        version: the only version that is read.

    Raises:
        Unreadable: it is not that.
    """

    def __init__(self, data: bytes, version: int) -> None:
        if len(data) < _HEAD.size:
            raise Unreadable
        mark, found, spare, checksum, length = _HEAD.unpack_from(data)
        body = memoryview(data)[_HEAD.size : _HEAD.size + length]
        padding = data[_HEAD.size + length :]
        if (mark, found, spare) != (_MARK, version, 0) or len(body) != length or padding.strip(b"\0"):
            raise Unreadable
        if zlib.crc32(body) != checksum:
            raise Unreadable
        self._body = body
        self._at = 0

    def raw(self) -> memoryview:
        """Take bytes."""
        start = self._at + _COUNT.size
        if start > len(self._body):
            raise Unreadable
        (length,) = _COUNT.unpack_from(self._body, self._at)
        self._at = start + length
        if self._at > len(self._body):
            raise Unreadable
        return self._body[start : self._at]

    def array(self, dtype: str, count: int | None = None) -> Array:
        """Take an array, of a known length where one is given."""
        data = self.raw()
        size = np.dtype(dtype).itemsize
        if len(data) % size or (count is not None and len(data) != count * size):
            raise Unreadable
        return np.frombuffer(data, dtype)

    def ragged(self, dtype: str, count: int, lengths: str = "u1") -> Ragged:
        """Take rows of unequal length."""
        counts = self.array(lengths, count).astype(np.int64)
        return Ragged(counts, self.array(dtype, int(counts.sum())))

    def finish(self) -> None:
        """Be sure that nothing is left."""
        if self._at != len(self._body):
            raise Unreadable
