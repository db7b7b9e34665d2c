"""When to try again, and by which way, after nobody answered. Pure arithmetic; the steps are data.

Source: casework practice §4 (lost contact: three tries over thirty days, the safe rule kept) and §5, rule 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from casework.people.windows import Window

_DAY = timedelta(days=1)
#: A window opens within a week; a gap in the clocks may cost one more day.
_MOST_DAYS = 16


@dataclass(frozen=True)
class Step:
    """What comes after so many tries.

    Attributes:
        after: tries in a row that found nobody.
        days: until the next one.
        other_part: at another time of day than the last one.
        other_channel: by another way than the last one.
        coordinator: whether coordinators are told.
    """

    after: int
    days: int
    other_part: bool
    other_channel: bool
    coordinator: bool

    @classmethod
    def read(cls, row: dict[str, Any]) -> "Step":
        """From a row of `config/plans.toml`."""
        other = row["part"] == "other", row["channel"] == "other"
        return cls(row["after"], row["days"], *other, row.get("coordinator", False))


@dataclass(frozen=True)
class Next:
    """The next try.

    Attributes:
        begins, ends: between which moments, in the zone of the place.
        channel: of the list `contact_channels`.
    """

    begins: datetime
    ends: datetime
    channel: str


def step_after(tries: int, steps: Sequence[Step]) -> Step:
    """What comes after so many tries; the last step goes on.

    Args:
        tries: in a row, one at least.
        steps: in order.
    """
    return max((one for one in steps if one.after <= tries), key=lambda one: one.after)


def channel_for(step: Step, tried: Sequence[str], safe: Sequence[str]) -> str | None:
    """By which way to try; None where no way is marked safe.

    Args:
        step: what comes.
        tried: ways of the tries in a row, the oldest first.
        safe: ways that are marked safe, the first of them preferred.
    """
    if not safe:
        return None
    last = tried[-1]
    if not step.other_channel:
        return last if last in safe else safe[0]
    fresh = [one for one in safe if one not in tried]
    if fresh:
        return fresh[0]
    others = [one for one in safe if one != last] or list(safe)
    # The one that rested longest.
    return min(others, key=lambda one: max(i for i, each in enumerate(tried) if each == one))


def when(step: Step, last: datetime, window: Window) -> tuple[datetime, datetime]:
    """Between which moments to try again: half of their hours on a day on which they may be reached.

    Args:
        step: what comes.
        last: the try before.
        window: their hours, or those of the desk.
    """
    late = _second_half(last, window) is not step.other_part
    there = last.astimezone(ZoneInfo(window.zone)).date()
    for ahead in range(step.days, step.days + _MOST_DAYS):
        begins, ends = _half(there + ahead * _DAY, window, late=late)
        if window.holds(begins) and begins > last:
            return begins, ends
    raise ValueError("a window opens within a week")


def _length(window: Window) -> timedelta:
    day = date(2000, 1, 1)
    length = datetime.combine(day, window.ends) - datetime.combine(day, window.begins)
    return length if length > timedelta() else length + _DAY


def _half(day: date, window: Window, *, late: bool) -> tuple[datetime, datetime]:
    half = _length(window) / 2
    begins = datetime.combine(day, window.begins) + (half if late else timedelta())
    zone = ZoneInfo(window.zone)
    return _minute(begins).replace(tzinfo=zone), _minute(begins + half).replace(tzinfo=zone)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _second_half(moment: datetime, window: Window) -> bool:
    """Whether a moment lies in the second half of the hours; outside of them it counts as the first."""
    there = moment.astimezone(ZoneInfo(window.zone)).replace(tzinfo=None)
    since = (there - datetime.combine(there.date(), window.begins)) % _DAY
    return _length(window) / 2 <= since < _length(window)


def hours_of_the_desk(begins: str, ends: str, zone: str) -> Window:
    """Every day between two hours, where the person gave none."""
    return Window((), time.fromisoformat(begins), time.fromisoformat(ends), zone)
