"""Where a count starts: which day and moment an event has, at its own place and at that of the authority."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from casework.deadlines import lists, zones
from casework.deadlines.choices import Direction
from casework.deadlines.days_off import Calendar
from casework.deadlines.facts import Facts, Happened
from casework.deadlines.records import Rule
from casework.deadlines.words import Label, Step, step


@dataclass(frozen=True, slots=True)
class Ground:
    """An event as a rule sees it.

    Attributes:
        event: its name, a msgid.
        ref: which order, period or loan it belongs to.
        day: from which days are counted.
        place: IANA zone of that place.
        zone: IANA zone of the office whose day the deadline is.
        closed: the days off there.
        warnings: how the day or moment had to be read.
    """

    event: Label
    ref: str
    day: date
    place: str
    zone: str
    closed: Calendar
    warnings: tuple[Step, ...]


def ground_of(rule: Rule, happened: Happened, facts: Facts) -> Ground:
    """What a rule starts from.

    Args:
        rule: says whose calendar and zone count.
        happened: the event.
        facts: for the place, and the region whose holidays count.

    Raises:
        Invalid: the region has no known holidays.
    """
    place = facts.place(happened)
    zone = rule.zone or place
    there = _day_at(zone, happened, facts)
    # The law of one place, a clock of another: the earlier of the two days can never be too late.
    day = happened.day if rule.unit.of_hours else min(happened.day, there)
    return Ground(
        event=Label(lists.events().label(happened.event)),
        ref=happened.ref,
        day=day,
        place=place,
        zone=zone,
        closed=calendar_of(rule, facts),
        warnings=tuple(_warnings(rule, happened, place, there)),
    )


def _day_at(zone: str, happened: Happened, facts: Facts) -> date:
    """The day that it was elsewhere; that of the event, if no clock time tells."""
    if happened.clock is None or zone == facts.place(happened):
        return happened.day
    return facts.moment(happened).astimezone(zones.zone(zone)).date()


def calendar_of(rule: Rule, facts: Facts) -> Calendar:
    """The days off that a rule looks at, in the region of the case where the country has regions."""
    return _calendar(rule.holidays, facts.regions.get(rule.holidays[:2], ""), rule.weekend)


@cache
def _calendar(name: str, region: str, weekend: tuple[int, ...]) -> Calendar:
    place, plus, category = name.partition("+")
    country = place.partition("-")[0]
    return Calendar(f"{country}-{region}{plus}{category}" if region else name, frozenset(weekend))


def _warnings(rule: Rule, happened: Happened, place: str, there: date) -> list[Step]:
    found = []
    if not happened.exact:
        found.append(
            step(
                "The day is not certain. Of a month or a year the first day is counted, otherwise the day that was"
                " said: it may have been earlier."
            )
        )
    if rule.unit.of_hours and happened.clock is None:
        found.append(step("The clock time is not known: the first minute of the day is counted."))
    if happened.clock is not None:
        found += _odd_hour(rule, happened, place)
    if there != happened.day and not rule.unit.of_hours:
        found.append(
            step(
                "At the office (%(zone)s) it was %(there)s by then. The earlier day is counted.",
                zone=rule.zone,
                there=there,
            )
        )
    return found


def _odd_hour(rule: Rule, happened: Happened, place: str) -> list[Step]:
    if happened.clock is None or not (rule.unit.of_hours or rule.direction is Direction.BEFORE):
        return []
    moment, reading = zones.moment(happened.day, happened.clock, place, second=happened.second)
    if reading is zones.Reading.GAP:
        return [
            step(
                "The clock time %(clock)s did not exist that day, the clock went forward. %(moment)s is counted.",
                clock=f"{happened.clock:%H:%M}",
                moment=moment,
            )
        ]
    if reading is zones.Reading.OVERLAP and not happened.second:
        return [
            step(
                "The clock time %(clock)s came twice that day, the clock went back. The first one is counted.",
                clock=f"{happened.clock:%H:%M}",
            )
        ]
    return []
