"""Arrays in a row of bytes, written and read strictly: what is not exactly as written is refused.

The row begins with a mark, the version of the layout and a checksum, and ends in zeros up to any length.
"""

import struct

import numpy as np

from casework.search.ragged import Array, Ragged

_MARK = 0xC5
_HEAD = struct.Struct("<BBHIQ")  # mark, version, spare, length of the body, checksum of the body
_COUNT = struct.Struct("<I")


_WORD = 8


#: A large odd number in each place: no word's change is lost, and no two places are alike.
_WEIGHTS = np.arange(1, 1 << 14, 2, dtype="u8") * np.uint64(0x9E3779B97F4A7C15)
_MODULUS = 1 << 64


def _checksum(body: bytes | memoryview) -> int:
    """The sum of all words, each times an odd number of its place, modulo 2^64.

    It guards against our own mistakes, at a fifth of the cost of a CRC; the seal around it guards against
    people. A change within one word always shows, since odd numbers have an inverse.
    """
    words = np.frombuffer(body, "<u8")
    size = len(_WEIGHTS)
    parts = [words[start : start + size] for start in range(0, len(words), size)]
    sums = (int(part.dot(_WEIGHTS[: len(part)])) for part in parts)
    return sum((2 * place + 1) * total for place, total in enumerate(sums)) % _MODULUS


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
        body += bytes(-len(body) % _WORD)
        return _HEAD.pack(_MARK, version, 0, len(body), _checksum(body)) + body


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
        mark, found, spare, length, checksum = _HEAD.unpack_from(data)
        body = memoryview(data)[_HEAD.size : _HEAD.size + length]
        padding = data[_HEAD.size + length :]
        if (mark, found, spare) != (_MARK, version, 0) or len(body) != length or padding.strip(b"\0"):
            raise Unreadable
        if length % _WORD or _checksum(body) != checksum:
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
        counts = self.array(lengths, count)
        return Ragged(counts, self.array(dtype, int(counts.sum(dtype=np.int64))))

    def finish(self) -> None:
        """Be sure that nothing is left but zeros up to a whole word."""
        rest = self._body[self._at :]
        if len(rest) >= _WORD or any(rest):
            raise Unreadable
