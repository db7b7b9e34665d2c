"""The present moment by both clocks, and moments as rows hold them."""

from collections.abc import Mapping
from datetime import datetime

from casework import clock
from casework.retention import steady
from casework.stories.clocks import Moment


def now() -> Moment:
    """How late it is, by the date and by the time that the server has run."""
    return Moment(clock.now(), steady.now())


def stored(moment: Moment) -> dict[str, str]:
    """A moment as a row holds it."""
    return {"at": moment.at.isoformat(), "ran": moment.ran.isoformat()}


def read(said: Mapping[str, str] | str) -> Moment:
    """A moment from a row; one of before the second clock was kept has the date alone."""
    told = {"at": said} if isinstance(said, str) else said
    at = datetime.fromisoformat(told["at"])
    return Moment(at, datetime.fromisoformat(told["ran"]) if "ran" in told else at)
