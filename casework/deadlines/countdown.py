"""How long it is until a removal, as those who can stop it count: hours, and hours in which offices are open. Pure."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from casework.deadlines.days_off import Calendar
from casework.errors import Invalid

#: When offices and courts can be reached, nearly everywhere: practice, no law. The page says these hours.
OPENS, CLOSES = time(9), time(17)
#: Beyond this nobody counts hours.
MOST_DAYS = 60
#: Where nobody knows the weekend of a country: Saturday and Sunday.
_WEEKEND = frozenset({5, 6})
_MINUTE = timedelta(minutes=1)


def minutes_left(now: datetime, end: datetime) -> int:
    """Whole minutes until a moment, counted down; negative once it has passed.

    Args:
        now, end: with zones.
    """
    return (end - now) // _MINUTE


def office_minutes(now: datetime, end: datetime, zone: str, closed: Calendar) -> int:
    """Minutes in which offices at a place are open between two moments; breaks at noon are not known.

    Args:
        now, end: with zones.
        zone: IANA name of the place.
        closed: the days on which they are not open.

    Raises:
        Invalid: the library has no such calendar.
    """
    place = ZoneInfo(zone)
    day, last = now.astimezone(place).date(), end.astimezone(place).date()
    found = timedelta()
    while day <= min(last, now.astimezone(place).date() + timedelta(days=MOST_DAYS)):
        if not closed.is_off(day):
            found += max(min(_at(day, CLOSES, place), end) - max(_at(day, OPENS, place), now), timedelta())
        day += timedelta(days=1)
    return found // _MINUTE


def _at(day: date, clock: time, place: ZoneInfo) -> datetime:
    """A clock time as a moment in UTC: two times of one zone would be compared as if no clock were ever changed."""
    return datetime.combine(day, clock, place).astimezone(ZoneInfo("UTC"))


@lru_cache(maxsize=512)
def offices_of(country: str) -> Calendar:
    """Weekend and public holidays of a country; where they are not known, Saturday and Sunday.

    Args:
        country: ISO 3166-1 code, or empty.
    """
    try:
        weekend = holidays.country_holidays(country).weekend if country else _WEEKEND
    except (NotImplementedError, ValueError):
        return Calendar("", _WEEKEND)
    made = Calendar(country, frozenset(weekend))
    try:
        made.is_off(date(2026, 1, 1))
    except Invalid:
        return Calendar("", frozenset(weekend))
    return made
