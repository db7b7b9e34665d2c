"""Several files as one that a phone can open: made while it is sent, so that none of them ever lies anywhere."""

import io
from collections.abc import Iterable, Iterator
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

#: The day that a ZIP knows as none: when a file was kept is said inside, not beside its name.
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)


class _Passing(io.RawIOBase):
    """What was written and not taken yet; it cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] # all that is ever written to it
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Everything since the last time."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """A ZIP, part by part.

    Args:
        files: names and bytes, in order; each is asked for its bytes when its turn comes.
    """
    out = _Passing()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, parts in files:
            with archive.open(ZipInfo(name, _NO_DAY), "w", force_zip64=True) as entry:
                for part in parts:
                    entry.write(part)
                    yield out.taken()
            yield out.taken()
    yield out.taken()
