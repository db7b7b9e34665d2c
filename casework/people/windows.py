"""When somebody may be reached: days and hours by the clock of the place where they are. Pure arithmetic.

Source: casework practice §5, rule 5: times with their time zone; outside of them a call is stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

#: As `datetime.weekday` counts them, and as the list `weekdays` calls them.
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEP = timedelta(minutes=1)
_AHEAD = timedelta(days=8)


@dataclass(frozen=True)
class Window:
    """Hours on some days of the week.

    Attributes:
        days: of `DAYS`; none means every day.
        begins, ends: by the clock there. A window that ends before it begins runs past midnight, and
            what is after midnight belongs to the day on which it began. One that ends where it begins is
            the whole day.
        zone: of the place, an IANA name.
    """

    days: tuple[str, ...]
    begins: time
    ends: time
    zone: str

    def holds(self, moment: datetime) -> bool:
        """Whether somebody may be reached at a moment.

        Args:
            moment: with its zone.
        """
        there = moment.astimezone(ZoneInfo(self.zone))
        clock, today, before = there.time(), DAYS[there.weekday()], DAYS[there.weekday() - 1]
        if self.begins < self.ends:
            return self._on(today) and self.begins <= clock < self.ends
        return (self._on(today) and clock >= self.begins) or (self._on(before) and clock < self.ends)

    def opens(self, moment: datetime) -> datetime:
        """The next moment, from this one on, at which it holds; to the minute.

        Args:
            moment: with its zone.

        Raises:
            ValueError: not within a week, which cannot be.
        """
        if self.holds(moment):
            return moment
        at = moment.replace(second=0, microsecond=0)
        while at <= moment + _AHEAD:
            at += _STEP
            if self.holds(at):
                return at
        raise ValueError("a window opens within a week")

    def _on(self, day: str) -> bool:
        return not self.days or day in self.days

    def written(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "days": list(self.days),
            "begins": self.begins.isoformat("minutes"),
            "ends": self.ends.isoformat("minutes"),
            "zone": self.zone,
        }

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> "Window":
        """From how it is stored."""
        begins, ends = time.fromisoformat(value["begins"]), time.fromisoformat(value["ends"])
        return cls(tuple(value["days"]), begins, ends, value["zone"])
