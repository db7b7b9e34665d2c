"""From the answers of a case to the facts that clocks start from. Pure: values in, facts out."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import get_global

from casework import codes
from casework.deadlines import facts, lists, rules, starts
from casework.deadlines.facts import Facts, Happened, Spell
from casework.deadlines.starts import DATES, Start
from casework.errors import Invalid

#: Where nobody said in which country: the place whose day ends first, so that no date comes too late.
_NOWHERE = "Pacific/Kiritimati"
_SPELLS = "detention.spells"
_BEGINS, _ENDS = frozenset({"detained", "detention"}), "released"
_FREE = frozenset({"released", "returned"})

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What the answers of a case say to clocks.

    Attributes:
        kinds: of the case, the main one first.
        host, home: country codes, or empty.
        zone: of the place where the case happens.
        events: what happened.
        spells: times in detention.
    """

    kinds: tuple[str, ...]
    host: str
    home: str
    zone: str
    events: tuple[Happened, ...]
    spells: tuple[Spell, ...]

    def facts(self, kind: str) -> Facts:
        """The facts for one kind: the home country's law counts only for some.

        Raises:
            Invalid: something cannot be, such as an end before its beginning.
        """
        return Facts(self.countries(kind), self.zone, self.events, self.spells)

    def countries(self, kind: str) -> frozenset[str]:
        """Those whose law counts for one kind."""
        both = kind in starts.load().home_counts
        return frozenset(filter(None, (self.host, self.home if both else "")))


def told(kinds: tuple[str, ...], values: Values, opened: date, today: date) -> Told:
    """What the answers of a case say to clocks.

    Args:
        kinds: of the case, the main one first.
        values: all its answers, by stored key.
        opened: the day of the first contact.
        today: spells and reviews that are still to come do not count yet.

    Raises:
        Invalid: a day cannot be, or a detention ends before it starts.
    """
    host, home = values.get("host") or "", values.get("home") or ""
    found = [Happened("first_contact", opened)]
    dated = list(_dated(values.get(DATES)))
    told_of = {each.event for each in dated}
    for start in starts.load().every:
        if start.source.partition(".")[0] in kinds and not (start.yields and start.event in told_of):
            found += _started(start, values.get(start.source), today)
    known = {(each.event, each.day, each.clock) for each in found}
    found += [each for each in dated if (each.event, each.day, each.clock) not in known]
    spells = _spells(values, found, today) if "detention" in kinds or "deportation" in kinds else ()
    zone = next((each.zone for each in found if each.zone), "") or zone_of(host)
    return Told(kinds, host, home, zone, tuple(found), spells)


@cache
def zone_of(country: str) -> str:
    """The zone of a country; of several, the one whose day ends first: doubt falls on the earlier side.

    Args:
        country: ISO 3166-1 code, or empty.
    """
    zones = get_global("territory_zones").get(country) or [_NOWHERE]
    return str(max(sorted(zones), key=lambda name: (_offset(name), name in codes.load("zones"))))


def _offset(name: str) -> timedelta:
    noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - read in each of the zones
    return noon.replace(tzinfo=ZoneInfo(name)).utcoffset() or timedelta()


def zone_to_offer(told: Told, own: str) -> str:
    """Which zone a form has chosen already; none where the country has several and nobody said which.

    Args:
        told: what is known of the case.
        own: of the desk, which stands where the case may be.
    """
    said = next((each.zone for each in told.events if each.zone), "")
    zones = get_global("territory_zones").get(told.host) or [own]
    return said or (own if own in zones else str(zones[0]) if len(zones) == 1 else "")


def happened(event: str, value: Any, ref: str = "") -> Happened | None:
    """An event from a stored day, or day and time; None where the answer has no day that can be counted.

    Args:
        event: of the list `clock_events`.
        value: as `values.read` stored it.
        ref: which order, row or loan it belongs to.
    """
    if not isinstance(value, dict) or not value.get("date"):
        return None
    clock = time.fromisoformat(value["time"]) if value.get("time") else None
    exact = value.get("precision", "day") == "day"
    return Happened(event, date.fromisoformat(value["date"]), clock, value.get("zone") or "", exact, ref)


def too_early(rows: Any) -> Iterator[tuple[int, Invalid]]:
    """Rows of the group of days that lie before what they follow: the place of each, and what is wrong with it.

    Args:
        rows: as stored, or as they were typed and read.
    """
    known = {place: each for place, each in enumerate(map(_of_row, _rows(rows))) if each is not None}
    for place, later in known.items():
        if earlier := lists.followers().get(later.event):
            wrong = facts.too_early(later, (each for each in known.values() if each.event == earlier))
            if wrong is not None:
                yield place, wrong


def _of_row(row: Mapping[str, Any]) -> Happened | None:
    return happened(row["event"], row.get("at")) if row.get("event") in lists.events() else None


def _started(start: Start, value: Any, today: date) -> Iterator[Happened]:
    rows = [({}, value)] if not start.day else [(row, row.get(start.day)) for row in _rows(value)]
    for number, (row, day) in enumerate(rows):
        if all((row.get(name) or "") in codes for name, codes in start.where.items()):
            found = happened(start.event, day, _ref(start.event, start.source, number) if start.day else "")
            if found and not (start.past and found.day > today):
                yield found


def _rows(value: Any) -> list[Mapping[str, Any]]:
    """The rows of a group, whatever older versions of its question have stored."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _ref(event: str, source: str, number: int) -> str:
    """Each row starts clocks of its own; what ends or moves a clock belongs to all of them."""
    return "" if event in _moving() else f"{source}.{number}"


@cache
def _moving() -> frozenset[str]:
    """The events that some rule is ended, fulfilled or moved by, or that must follow another one."""
    found = {event for rule in rules.load() for event in (*rule.ended_by, rule.fulfilled_by)}
    for part in (part for rule in rules.load() for part in rule.extension):
        found |= {part.event, part.until}
    return frozenset(found | lists.followers().keys() | set(lists.followers().values()))


def _dated(rows: Any) -> Iterator[Happened]:
    for number, row in enumerate(_rows(rows)):
        # "Time in detention" is no day but a spell: who chooses it means that one began.
        event = "detained" if row.get("event") == "detention" else row.get("event")
        found = happened(event, row.get("at"), _ref(event, DATES, number)) if event else None
        if found:
            yield found


def _spells(values: Values, events: list[Happened], today: date) -> tuple[Spell, ...]:
    """Times that were told as such; otherwise from the arrest, and from what happened, one after another."""
    told_rows = [row for row in _rows(values.get(_SPELLS)) if (row.get("from") or {}).get("date")]
    found = [_spell(row["from"], row.get("until"), today) for row in told_rows]
    if found:
        return tuple(found)
    begins = {each.day for each in events if each.event in _BEGINS}
    ends = sorted(each.day for each in events if each.event == _ENDS)
    free = values.get("detention.whereabouts") in _FREE
    return tuple(_paired(sorted(begins), ends, free=free, today=today))


def _paired(begins: list[date], ends: list[date], *, free: bool, today: date) -> Iterator[Spell]:
    for number, begin in enumerate(begins):
        following = begins[number + 1] if number + 1 < len(begins) else None
        end = next((day for day in ends if day >= begin and (following is None or day < following)), None)
        if end is None and following is not None:
            # Nobody said when they were let go: held until they were taken again would be a guess.
            end = begin
        if end is None and free:
            end = begin
        if begin <= today:
            yield Spell(begin, end)


def _day(value: Mapping[str, Any]) -> date:
    return date.fromisoformat(value["date"])


def _spell(begin: Mapping[str, Any], end: Mapping[str, Any] | None, today: date) -> Spell:
    """A time of which only month or year may be known: all the days that it may have touched, so that no limit is late."""
    start = _day(begin)
    if not (end and end.get("date")):
        return Spell(start)
    if end.get("precision", "day") == "day":
        return Spell(start, _day(end))
    # Nobody says by "in March" that a time ended before it began, or that it goes on after today.
    return Spell(start, max(start, min(_last_day(end), today)))


def _last_day(value: Mapping[str, Any]) -> date:
    """The last day that a stored day may mean; of what is approximate, the day that was said."""
    day = _day(value)
    if value["precision"] == "year":
        return date(day.year, 12, 31)
    return day.replace(day=monthrange(day.year, day.month)[1]) if value["precision"] == "month" else day
