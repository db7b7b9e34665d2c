"""A process that makes one viewing copy and ends: what it decodes was made by whoever wanted to send it.

The file comes on its standard input, the copy goes to its standard output, after one letter. Before it
reads anything it gives up what it does not need: it can open no file and no socket any more, and has
bounds of memory and time.
"""

import ctypes
import io
import resource
import sys
from pathlib import Path
from typing import Final

import pikepdf
from PIL import Image

from casework.evidence import documents, pictures

COPIED, NONE_MADE, BROKEN = b"C", b"N", b"B"
#: What a file may take above what the process has when it begins, and seconds of work.
_MEMORY: Final = 256 * 1024 * 1024
_SECONDS: Final = 20
_MAKERS = {
    "picture": (pictures.copy_of, pictures.BROKEN),
    "document": (documents.copy_of, documents.BROKEN),
}
_NO_NEW_PRIVILEGES: Final = 38


def main(sort: str) -> None:
    """Make the copy.

    Args:
        sort: picture or document.
    """
    _warm_up()
    _give_up()
    said, copy = _made(sort, sys.stdin.buffer.read())
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.write(copy)
    sys.stdout.buffer.flush()


def _made(sort: str, data: bytes) -> tuple[bytes, bytes]:
    make, broken = _MAKERS[sort]
    try:
        copy = make(data)
    except MemoryError:
        return NONE_MADE, b""
    except broken:
        return BROKEN, b""
    return (NONE_MADE, b"") if copy is None else (COPIED, copy)


def _warm_up() -> None:
    """Load what is loaded at the first use: no file opens later."""
    small = io.BytesIO()
    for form in ("GIF", "PNG", "WEBP", "JPEG"):
        small = io.BytesIO()
        Image.new("RGB", (8, 8)).save(small, form)
        pictures.copy_of(small.getvalue())
    page = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page)
    documents.copy_of(page.getvalue())


def _give_up() -> None:
    """No file and no socket any more, not even in the place of one that is closed; no core, no child."""
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    begun = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, begun + _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(sys.argv[1])
