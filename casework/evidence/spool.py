"""Sealed chunks that wait for the store: the first of them in memory, more than that in a file without a name.

What is put here was sealed under a key that is in memory alone, so nothing of it is in the clear on a disk; and the
file has no name in any folder and goes with the process. So what a large file costs in memory does not grow with it.
"""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Self

#: Bytes that wait in memory: most photographs and letters never reach a disk before the store.
_IN_MEMORY = 1024 * 1024


class Spool:
    """Sealed chunks in their order, each to be had again by its number."""

    def __init__(self) -> None:
        self._kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it is closed by `close`
        self._ends = [0]

    @classmethod
    def of(cls, chunks: Iterable[bytes]) -> Self:
        """All of some chunks."""
        made = cls()
        made.add(chunks)
        return made

    def add(self, chunks: Iterable[bytes]) -> None:
        """Put more behind what is there."""
        self._kept.seek(self._ends[-1])
        for chunk in chunks:
            self._kept.write(chunk)
            self._ends.append(self._ends[-1] + len(chunk))

    def __getitem__(self, number: int) -> bytes:
        start, end = self._ends[number], self._ends[number + 1]
        self._kept.seek(start)
        return self._kept.read(end - start)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self)))

    def close(self) -> None:
        """Let go of everything; the file goes with it."""
        self._kept.close()
