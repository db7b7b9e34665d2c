"""The parts of a JPEG: its marks, its scans, and the notes among them."""

import re
from collections.abc import Iterator

_SOI, _SOS, _EOI = b"\xff\xd8", 0xDA, 0xD9
#: JFIF and Adobe's note on colours: without them some pictures would look wrong.
_NEEDED_MARKS = frozenset({0xE0, 0xEE})
#: Bytes of a mark with its length.
_MARK = 4
#: Inside a scan FF stands only before a zero, a restart or more filling.
_AFTER_A_SCAN = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def parts(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Its parts: mark, where it starts and where it ends, the data of a scan with its head.

    Args:
        jpeg: a whole JPEG; of what is none, or breaks off, there are fewer.
    """
    at = 2 if jpeg.startswith(_SOI) else len(jpeg)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004 - every mark begins with it
        if jpeg[at + 1] == 0xFF:  # noqa: PLR2004 - a mark may be filled with more of them
            at += 1
            continue
        mark, end = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if mark == _EOI:
            return
        if mark == _SOS:
            found = _AFTER_A_SCAN.search(jpeg, end)
            end = found.start() if found else len(jpeg)
        yield mark, at, min(end, len(jpeg))
        at = end


def scans(jpeg: bytes) -> int:
    """How many scans it has; with more than one, all of it is held in memory while it is decoded."""
    return sum(mark == _SOS for mark, _, _ in parts(jpeg))


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without its notes (place, camera, preview) and what hangs behind it, its picture untouched.

    Args:
        jpeg: a whole JPEG; what is none, or has no picture, comes back as it is.
    """
    found = list(parts(jpeg))
    if all(mark != _SOS for mark, _, _ in found):
        return jpeg
    kept = [jpeg[start:end] for mark, start, end in found if not _is_note(mark)]
    end = found[-1][2]
    return b"".join((_SOI, *kept, jpeg[end : end + 2]))


def notes(jpeg: bytes) -> Iterator[tuple[int, int]]:
    """Where what its notes say starts and ends, without the marks that announce them.

    Args:
        jpeg: a JPEG, with whatever follows it.
    """
    for mark, start, end in parts(jpeg):
        if mark == _SOS:
            return
        if _is_note(mark) and start + _MARK < end:
            yield start + _MARK, end


def _is_note(mark: int) -> bool:
    noted = 0xE0 <= mark <= 0xEF or mark == 0xFE  # noqa: PLR2004 - APP0 to APP15, COM
    return noted and mark not in _NEEDED_MARKS
