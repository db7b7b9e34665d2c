"""A file while it comes in: sealed chunk by chunk, hashed on the way, never on a disk in the clear.

It reads like an open file, so that pictures and documents can be looked into without being opened as a
whole: one chunk of it is in the clear at a time.
"""

import io
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from casework.evidence.spool import Spool
from casework.vault import Secret
from casework.vault.filing import CHUNK, FileOpener, FileSealer

_NO_CHUNK = -1


class Coming(io.RawIOBase):
    """Takes a file, then gives it: written from its start to its end, and from then on read only."""

    def __init__(self) -> None:
        super().__init__()
        self._sealer = FileSealer(uuid4())
        self._hash = sha256()
        self._chunks = Spool()
        self._opener: FileOpener | None = None
        self._at = 0
        self._open: tuple[int, bytes] = (_NO_CHUNK, b"")

    @property
    def file_id(self) -> UUID:
        """What it is called in the store."""
        return self._sealer.file_id

    @property
    def key(self) -> Secret:
        """What opens it."""
        return self._sealer.key

    @property
    def size(self) -> int:
        """In bytes."""
        return self._sealer.size

    @property
    def digest(self) -> str:
        """SHA-256 of what came in, in hexadecimal."""
        return self._hash.hexdigest()

    @property
    def stream(self) -> BinaryIO:
        """Itself, as a type checker knows open files."""
        return cast("BinaryIO", self)

    def sealed(self) -> Iterator[bytes]:
        """What goes to the store."""
        self._finish()
        yield self._sealer.lead
        yield from self._chunks

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override] # all that is ever written to it
        """Seal what came.

        Raises:
            io.UnsupportedOperation: it was read already.
        """
        if self._opener is not None:
            raise io.UnsupportedOperation
        self._hash.update(data)
        self._chunks.add(self._sealer.add(data))
        self._at = self.size
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; going anywhere ends the writing."""
        self._finish()
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        """Where it stands."""
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # as io calls it
        """Open as much as fits. Readers of pictures and PDF take less than they asked for as the end."""
        view, filled = memoryview(buffer), 0
        while filled < len(view) and (got := self._open_into(view[filled:])):
            filled += got
        return filled

    def _open_into(self, buffer: memoryview) -> int:
        """Open as much as fits, out of one chunk."""
        opener = self._finish()
        number, within = divmod(self._at, CHUNK)
        if self._at >= self.size:
            return 0
        if self._open[0] != number:
            self._open = (number, opener.chunk(number, self._chunks[number]))
        part = self._open[1][within : within + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """Let go of what it holds; what it is called, its key, its size and its digest stay known."""
        self._chunks.close()
        super().close()

    def readable(self) -> bool:
        """It reads."""
        return True

    def writable(self) -> bool:
        """It writes, until it was read."""
        return True

    def seekable(self) -> bool:
        """It goes anywhere."""
        return True

    def _finish(self) -> FileOpener:
        if self._opener is None:
            self._chunks.add(self._sealer.end())
            self._opener = FileOpener(self.key, self.file_id, self.size, self._sealer.lead)
        return self._opener
