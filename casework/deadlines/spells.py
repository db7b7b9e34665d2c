"""Limits on detention, read three ways, because courts do not agree on what is added together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from casework.deadlines.facts import Spell

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unbroken:
    """Days in detention without a free day between them, both ends counted."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Readings:
    """The days on which one limit ends, by what is added together.

    Attributes:
        first: from the first detention, gaps not taken off.
        cumulative: days in freedom taken off.
        current: from the start of the latest unbroken spell.
        free_days: days in freedom that `cumulative` leaves out.
        last_end: the last day that is known to have been spent in detention.
    """

    first: date
    cumulative: date
    current: date
    free_days: int
    last_end: date


def union(spells: Iterable[Spell], on: date) -> list[Unbroken]:
    """Spells in order, overlaps and transfers melted together.

    A spell that ends on one day and one that starts on the next have no free day between them: one spell.

    Args:
        spells: in any order.
        on: the last day of a spell that goes on.
    """
    merged: list[Unbroken] = []
    for start, end in sorted((s.start, max(s.end or on, s.start)) for s in spells):
        if merged and start <= merged[-1].end + _DAY:
            merged[-1] = Unbroken(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Unbroken(start, end))
    return merged


def readings(spells: Iterable[Spell], limit: Callable[[date], date], on: date) -> Readings | None:
    """When a limit on detention ends, three ways; None if nobody was detained.

    Args:
        spells: in any order.
        limit: from the first day in detention to the day on which the limit ends.
        on: the day of asking.
    """
    times = union(spells, on)
    return readings_of(times, limit) if times else None


def readings_of(times: Sequence[Unbroken], limit: Callable[[date], date]) -> Readings:
    """The same of times that were melted together already.

    Args:
        times: as `union` gives them, at least one.
        limit: as for `readings`.
    """
    first, free = limit(times[0].start), 0
    for before, after in pairwise(times):
        # A gap after the limit has run out does not move it any more.
        if before.end >= first + timedelta(days=free):
            break
        free += (after.start - before.end).days - 1
    return Readings(first, first + timedelta(days=free), limit(times[-1].start), free, times[-1].end)
