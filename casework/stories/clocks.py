"""How long a story waits, and how long a yes holds. Pure: moments in, answers out.

Source: casework practice §5, rule 9: 48 hours in which somebody thinks it over, asked again within 7 days before use.
Both are counted in hours between two moments, not in days of a calendar, so that no zone and no change to summer time
makes them shorter. Where the server's clock was set back, what lies ahead of it has not happened yet and allows nothing.
Where it was set forward, the hours that the server has run since do not follow: the person thinks it over in those.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from casework import codes

_FILE = codes.DIRECTORY.parent / "stories.toml"


@dataclass(frozen=True, order=True)
class Moment:
    """A moment by both clocks.

    Attributes:
        at: by the date.
        ran: by the time that the server has run.
    """

    at: datetime
    ran: datetime

    def after(self, earlier: "Moment") -> timedelta:
        """How much has passed at least since an earlier moment."""
        return min(self.at - earlier.at, self.ran - earlier.ran)

    def within(self, earlier: "Moment", span: timedelta) -> bool:
        """Whether no more than a span has passed since an earlier moment, by either clock."""
        return self.at >= earlier.at and max(self.at - earlier.at, self.ran - earlier.ran) <= span


@dataclass(frozen=True)
class Clock:
    """The spans of a story.

    Attributes:
        cooling: after the approval, in which it goes nowhere.
        again: for which a later yes holds.
    """

    cooling: timedelta
    again: timedelta

    def cools(self, approved: Moment, now: Moment) -> bool:
        """Whether somebody still thinks it over."""
        return now.after(approved) < self.cooling

    def cooled_at(self, approved: Moment, now: Moment) -> datetime:
        """By the date: when they may be asked again, or could be."""
        late = max(timedelta(0), (now.at - approved.at) - (now.ran - approved.ran))
        return approved.at + self.cooling + (late if self.cools(approved, now) else timedelta(0))

    def asked(self, approved: Moment, answers: Iterable[Moment], now: Moment) -> Moment | None:
        """The newest yes that counts: after the hours of thinking it over, and not ahead of the clock.

        Args:
            approved: when the exact text was approved.
            answers: when they said yes again.
            now: the present moment.
        """
        counted = [one for one in answers if not self.cools(approved, one) and one.at <= now.at]
        return max(counted, default=None)

    def holds_until(self, asked: Moment) -> datetime:
        """The last moment at which it may be used after a yes."""
        return asked.at + self.again

    def holds(self, asked: Moment | None, now: Moment) -> bool:
        """Whether it may be used now."""
        return asked is not None and now.within(asked, self.again)


@dataclass(frozen=True)
class Guarded:
    """Whose story needs more approvals.

    Attributes:
        approvals: of others, beside the person.
        kinds: of case whose people always need them.
        answers: section, stored key and the values that count.
    """

    approvals: int
    kinds: frozenset[str]
    answers: tuple[tuple[str, str, frozenset[str]], ...]


@cache
def _table() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def clock() -> Clock:
    """The spans of this installation."""
    told = _table()["clock"]
    return Clock(timedelta(hours=told["cooling_hours"]), timedelta(days=told["again_days"]))


def guarded() -> Guarded:
    """Whose story needs two more approvals here."""
    told = _table()["guarded"]
    answers = tuple((one["section"], one["key"], frozenset(one["values"])) for one in told["answer"])
    return Guarded(int(told["approvals"]), frozenset(told["kinds"]), answers)
