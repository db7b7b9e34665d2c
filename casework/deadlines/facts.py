"""What happened in a case, as far as clocks ask: events with day, clock time and place; spells in detention."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from casework.deadlines import days_off, lists, zones
from casework.errors import Invalid

#: Outside of these years a date is a slip of the pen, or of the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Happened:
    """One event.

    Attributes:
        event: a code of `codes/clock_events.toml`.
        day: at the place where it happened.
        clock: there; None if nobody knows: the first minute of the day is taken, the earliest reading.
        zone: IANA name of the place; empty: that of the facts.
        exact: whether the day is certain. Otherwise give the earliest possible one; clocks will warn.
        ref: which order, period or loan it belongs to; an opaque id, or empty. Clocks carry it along.
        second: of a clock time that came twice, the second one is meant.
    """

    event: str
    day: date
    clock: time | None = None
    zone: str = ""
    exact: bool = True
    ref: str = ""
    second: bool = False

    def __post_init__(self) -> None:
        """Refuses what cannot be, naming the event as the field."""
        if self.event not in lists.events():
            raise Invalid("This event is not known to any clock. Choose one from the list.", self.event)
        check_day(self.day, self.event)
        if self.zone:
            zones.zone(self.zone, self.event)
        if self.clock is not None and self.clock.tzinfo is not None:
            raise Invalid("Give the clock time of the place, and the place apart from it.", self.event)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in detention.

    Attributes:
        start: first day, counted whole.
        end: last day, counted whole; None while it goes on.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuses what cannot be; the field is `spells`."""
        check_day(self.start, "spells")
        if self.end is None:
            return
        check_day(self.end, "spells")
        if self.end < self.start:
            raise Invalid(
                "This detention ends (%(end)s) before it starts (%(start)s). Look at both days.",
                "spells",
                start=self.start,
                end=self.end,
            )


@dataclass(frozen=True)
class Facts:
    """All that the clocks of one case start from.

    Attributes:
        countries: ISO 3166-1 codes of the host and the home country, and of any other whose law may count.
        zone: IANA name of the place where the case happens; for events without a place of their own.
        events: in any order.
        spells: in detention, in any order; they may touch and overlap.
        regions: subdivision by country where holidays differ, such as {"GB": "SCT"}.
    """

    countries: frozenset[str]
    zone: str
    events: tuple[Happened, ...] = ()
    spells: tuple[Spell, ...] = ()
    regions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuses a zone that does not exist, even if no event needs it, and ends before starts."""
        zones.zone(self.zone, "zone")
        for country, region in self.regions.items():
            days_off.check_region(country, region, "regions")
        follows = lists.followers()
        for later in self.events:
            if later.event in follows:
                self._check_order(later, follows[later.event])

    def of(self, event: str) -> list[Happened]:
        """The events of one sort, in the order of time, whatever order they were given in."""
        return self._by_event.get(event, [])

    @cached_property
    def _by_event(self) -> dict[str, list[Happened]]:
        found: defaultdict[str, list[Happened]] = defaultdict(list)
        for happened in sorted(self.events, key=_order):
            found[happened.event].append(happened)
        return dict(found)

    @cached_property
    def begun(self) -> frozenset[str]:
        """The events that are told of; times in detention are one of them."""
        spent = ("detention",) if self.spells else ()
        return frozenset((*(each.event for each in self.events), *spent))

    def near(self, event: str, ref: str) -> list[Happened]:
        """The events of one sort that belong to an order, period or loan, or to the case as a whole.

        Args:
            event: a code of `codes/clock_events.toml`.
            ref: of what they must belong to; empty: all of them.
        """
        return [h for h in self.of(event) if not ref or h.ref in ("", ref)]

    def place(self, happened: Happened) -> str:
        """The zone of the place where something happened."""
        return happened.zone or self.zone

    def moment(self, happened: Happened) -> datetime:
        """The moment of an event, the earliest reading where something is unknown."""
        clock = happened.clock or time.min
        return zones.moment(happened.day, clock, self.place(happened), second=happened.second)[0]

    def _check_order(self, later: Happened, earlier: str) -> None:
        if (before := too_early(later, self.near(earlier, later.ref))) is not None:
            raise before


def happened(event: str, day: str, clock: str = "", zone: str = "", *, ref: str = "") -> Happened:
    """An event from text, such as ("decision", "2026-03-20", "16:30", "America/Chicago").

    Args:
        event: a code of `codes/clock_events.toml`.
        day: ISO 8601, Gregorian.
        clock: hours and minutes, or empty.
        zone: IANA name, or empty for the place of the case.
        ref: as in `Happened`.

    Raises:
        Invalid: there is no such day or clock time; the field is the event.
    """
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise Invalid("There is no such day: %(day)s.", event, day=day) from None
    try:
        at = time.fromisoformat(clock) if clock else None
    except ValueError:
        raise Invalid("There is no such clock time: %(clock)s.", event, clock=clock) from None
    return Happened(event, when, at, zone, ref=ref)


def too_early(later: Happened, before: Iterable[Happened]) -> Invalid | None:
    """What is to be said of an event before which another one must have happened; None where it may stand.

    One of them is enough: who went to conciliation twice has a certificate that lies before the second time.
    What is only roughly known is never refused for its roughness.

    Args:
        later: the event.
        before: those of the sort that it follows; where nobody entered one, nothing is compared.
    """
    known = list(before)
    if not (known and later.exact) or any(not each.exact or each.day <= later.day for each in known):
        return None
    return Invalid(
        "This day (%(later)s) lies before the one that it follows (%(earlier)s). Look at both days.",
        later.event,
        later=later.day,
        earlier=min(each.day for each in known),
    )


def check_day(day: date, field: str) -> None:
    """Refuse a day that no case can be about.

    Raises:
        Invalid: with the field.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid("The year %(year)s cannot be right here. Check it.", field, year=day.year)


def _order(happened: Happened) -> tuple[object, ...]:
    return (happened.day, happened.clock or time.min, happened.zone, happened.ref, happened.exact)
