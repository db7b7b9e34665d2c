"""Days and clock times at a place, as moments of the world: with the hours that do not exist or exist twice."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casework.errors import Invalid


class Reading(StrEnum):
    """How a clock time at a place was to be read."""

    PLAIN = "plain"
    GAP = "gap"
    OVERLAP = "overlap"


def zone(name: str, field: str | None = None) -> ZoneInfo:
    """The time zone of this IANA name.

    Args:
        name: such as "Asia/Kathmandu".
        field: where it was typed, for the complaint.

    Raises:
        Invalid: there is none of this name.
    """
    found = _zone(name)
    if found is None:
        raise Invalid(
            'There is no time zone "%(zone)s". Choose the city nearest to the place.', field, zone=name
        )
    return found


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=16_384)
def moment(day: date, clock: time, place: str, *, second: bool = False) -> tuple[datetime, Reading]:
    """The moment of a clock time at a place.

    Of two possible readings the earlier one is taken: a clock time that was skipped is read as if the
    clock had already been changed, one that came twice as its first occurrence.

    Args:
        day: at that place.
        clock: without zone.
        place: IANA name.
        second: of a clock time that came twice, the second one is meant.

    Raises:
        Invalid: unknown zone.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None), zone(place))
    first, later = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == later:
        return wall, Reading.PLAIN
    if first > later:
        return later.astimezone(wall.tzinfo), Reading.GAP
    return wall.replace(fold=int(second)), Reading.OVERLAP


@lru_cache(maxsize=65_536)
def first_moment(day: date, place: str) -> datetime:
    """The first moment of a day at a place, in UTC; where midnight was skipped, the moment of the jump.

    Raises:
        Invalid: unknown zone.
    """
    return datetime.combine(day, time.min, zone(place)).astimezone(UTC)


def end_of(day: date, place: str) -> datetime:
    """The moment, in UTC, at which a day is over at a place: the first one of the next day.

    Raises:
        Invalid: unknown zone.
    """
    return first_moment(day + timedelta(days=1), place)
