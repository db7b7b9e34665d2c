"""The only source of time. Everything else asks here, so that tests and the demo can move it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

#: Linux names each start of the machine.
_START = Path("/proc/sys/kernel/random/boot_id")
_MOVED = "moved"


@dataclass(frozen=True)
class Run:
    """How long the machine has been running: whoever sets its date does not change that.

    Attributes:
        start: names one start of the machine.
        seconds: since then.
    """

    start: str
    seconds: float


_moved: ContextVar[datetime | None] = ContextVar("casework_clock", default=None)
_ran: ContextVar[Run | None] = ContextVar("casework_clock_ran", default=None)


def now() -> datetime:
    """The present moment, in UTC, aware."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """The present day in UTC. Days that the law counts use the zone of the place instead."""
    return now().date()


def run() -> Run:
    """How long the machine has been running, the time that it slept included."""
    return _ran.get() or Run(_start(), _seconds())


@cache
def _start() -> str:
    try:
        return _START.read_text("ascii").strip()
    except OSError:
        # Elsewhere than on Linux each process is a start of its own: no time is counted twice by that.
        return str(uuid4())


def _seconds() -> float:
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)


@contextmanager
def at(moment: datetime, ran: Run | None = None) -> Iterator[None]:
    """Let the clock stand at a moment for a while: for tests, and for demo data with a past.

    Args:
        moment: an aware datetime.
        ran: how long the machine has been running then; by itself as long as the date says.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _moved.set(moment.astimezone(UTC))
    before = _ran.set(ran or Run(_MOVED, moment.timestamp()))
    try:
        yield
    finally:
        _ran.reset(before)
        _moved.reset(token)
