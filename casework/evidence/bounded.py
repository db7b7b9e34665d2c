"""Viewing copies, made in a process of their own, so that a file that is a bomb hurts nobody else.

One is made at a time on a machine; the file and its copy are sealed on this side of the pipes, chunk by
chunk, and never lie anywhere in the clear.
"""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO, Final

from casework.errors import Invalid
from casework.evidence.coming import Coming
from casework.settings import ROOT

_MODULE: Final = "casework.evidence.viewing"
#: Seconds that a copy may take by the clock; of work it gets less, see `viewing`.
_PATIENCE: Final = 60
_STEP: Final = 64 * 1024
#: The letters by which `viewing` answers; it is not imported here, because of what it imports.
_COPIED, _BROKEN = b"C", b"B"


def copy_of(coming: Coming, sort: str, largest: int) -> Coming | None:
    """The viewing copy of a file, sealed as it comes out; None where none can be made within the bounds.

    Args:
        coming: the file.
        sort: picture or document.
        largest: bytes that a copy may have.

    Raises:
        Invalid: the file is broken.
    """
    with _turn(), _process(sort) as made:
        patience = Timer(_PATIENCE, made.kill)
        patience.start()
        try:
            answer, copy = _asked(made, coming, largest)
        finally:
            patience.cancel()
            made.kill()
            made.wait()
    if answer == _BROKEN:
        raise _broken(sort)
    return copy


def _broken(sort: str) -> Invalid:
    if sort == "picture":
        return Invalid("This picture is broken. Photograph or save it again.", "file")
    return Invalid("This PDF is broken. Save or scan it again.", "file")


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until nobody else on this machine makes one; the lock lies on a file of ours that is there anyway."""
    with Path(__file__).open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _process(sort: str) -> "subprocess.Popen[bytes]":
    """The process, with nothing of our environment: there are secrets in it."""
    return subprocess.Popen(  # noqa: S603 - our own module, and one of two words
        [sys.executable, "-s", "-B", "-m", _MODULE, sort],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT)},
        cwd="/",
    )


def _asked(made: "subprocess.Popen[bytes]", coming: Coming, largest: int) -> tuple[bytes, Coming | None]:
    """Its answer, and the copy if it came whole."""
    if made.stdin is None or made.stdout is None:
        return b"", None
    try:
        _give(coming, made.stdin)
    except BrokenPipeError:
        return b"", None
    answer = made.stdout.read(1)
    copy = _take(made.stdout, largest) if answer == _COPIED else None
    return answer, copy if copy and made.wait() == 0 else None


def _give(coming: Coming, pipe: IO[bytes]) -> None:
    coming.seek(0)
    with pipe:
        while part := coming.read(_STEP):
            pipe.write(part)


def _take(pipe: IO[bytes], largest: int) -> Coming | None:
    copy = Coming()
    while part := pipe.read(_STEP):
        if copy.size + len(part) > largest:
            return None
        copy.write(part)
    return copy
