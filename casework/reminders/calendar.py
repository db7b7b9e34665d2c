"""Numbers of dates as an iCalendar file (RFC 5545): one all-day entry a day, in the words that are handed in."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid5

from icalendar import Calendar, Event

from casework import clock
from casework.reminders.feed import Days

#: How often a calendar program may ask again.
REFRESH = timedelta(hours=6)
_MAKER = "-//Casework//Calendar//EN"
_NAME = "Casework"


def written(days: Days, words: Callable[[int], str]) -> bytes:
    """The file of a calendar. The same numbers on the same day give the same bytes.

    Args:
        days: how many dates fall on which day.
        words: what an entry of so many dates says; nothing about them.
    """
    made = Calendar()
    for name, value in (("prodid", _MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("name", _NAME)):
        made.add(name, value)
    made.add("x-wr-calname", _NAME)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for day, number in sorted(days.numbers.items()):
        made.add_component(_entry(days, day, words(number)))
    raw: bytes = made.to_ical()
    return raw


def _entry(days: Days, day: date, words: str) -> Event:
    entry = Event()
    # Names the day of this address and nothing else: a new address makes new entries.
    entry.add("uid", f"{uuid5(days.feed_id, day.isoformat())}@casework")
    entry.add("dtstamp", datetime.combine(clock.today(), time(), UTC))
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", words)
    # Others who see the calendar see no entry, and nobody is shown as busy.
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    return entry
