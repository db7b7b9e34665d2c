"""The only source of time. Everything else asks here, so that tests and the demo can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_moved: ContextVar[datetime | None] = ContextVar("casework_clock", default=None)


def now() -> datetime:
    """The present moment, in UTC, aware."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """The present day in UTC. Days that the law counts use the zone of the place instead."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment for a while: for tests, and for demo data with a past.

    Args:
        moment: an aware datetime.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
