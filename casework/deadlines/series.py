"""Clocks that strike more than once: reviews of a detention, terms one after the other, daily checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.deadlines import arithmetic, lists, zones
from casework.deadlines.choices import Unit
from casework.deadlines.counting import Counted
from casework.deadlines.days_off import Calendar
from casework.deadlines.facts import Facts, Happened
from casework.deadlines.records import Rule, Term
from casework.deadlines.starting import Ground, calendar_of, ground_of
from casework.deadlines.words import Label, msgid, step

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _At:
    """A point that a step is counted from or comes to: hours need the moment, days the day."""

    day: date
    moment: datetime | None

    def exactly(self, place: str) -> datetime:
        return self.moment or zones.first_moment(self.day, place).astimezone(zones.zone(place))


@dataclass(frozen=True, slots=True)
class _Due:
    number: int
    term: Term
    base: _At
    at: _At


def next_ones(rule: Rule, happened: Happened, facts: Facts, on: date) -> list[tuple[int, Counted]]:
    """What is outstanding of a clock of several steps.

    A step that something fulfils (a review that was held) is outstanding until it happens: the first one
    not fulfilled is given, and if it has passed, the next to come too. Steps that nothing fulfils pass by
    themselves: the next to come is given, or the last one.

    Args:
        rule: with `then`.
        happened: the event that it starts from.
        facts: say what was fulfilled.
        on: the day of asking.

    Returns:
        Numbers of the steps, counted from 1, with what they came to.

    Raises:
        Invalid: a date lies too far away, or a region has no known holidays.
    """
    ground = ground_of(rule, happened, facts)
    done = _done(rule, happened, facts)
    start = done[-1] if done else happened
    base = _At(start.day, None if start.clock is None else facts.moment(start))
    closed, place = calendar_of(rule, facts), facts.place(start)
    event = Label(lists.events().label(start.event))
    outstanding = list(
        _outstanding(_walk(rule, len(done), base, place, closed, on), on, bool(rule.fulfilled_by))
    )
    return [(due.number, _counted(due, event, rule.zone or place, ground)) for due in outstanding]


def _done(rule: Rule, happened: Happened, facts: Facts) -> list[Happened]:
    if not rule.fulfilled_by:
        return []
    held = facts.near(rule.fulfilled_by, happened.ref)
    return [h for h in held if facts.moment(h) >= facts.moment(happened)]


def _outstanding(walk: Iterator[_Due], on: date, fulfilled: bool) -> Iterator[_Due]:
    last = None
    for due in walk:
        if due.at.day >= on:
            yield due
            return
        if fulfilled and last is None:
            yield due
        last = due
    if last is not None and not fulfilled:
        yield last


def _walk(rule: Rule, done: int, base: _At, place: str, closed: Calendar, on: date) -> Iterator[_Due]:
    """The steps that follow one another from a base, without those that long ago repeats would add."""
    terms = (Term(rule.count, rule.unit), *rule.then)
    number = done + 1
    for term in terms[done:-1]:
        at = _advance(base, term, place, closed)
        yield _Due(number, term, base, at)
        base, number = at, number + 1
    if not (terms[-1].repeats or done < len(terms)):
        return
    while True:
        at = _advance(base, terms[-1], place, closed)
        yield _Due(number, terms[-1], base, at)
        if not terms[-1].repeats:
            return
        skipped = _whole_repeats(at, terms[-1], on, place)
        base = _advance(at, Term(terms[-1].count * skipped, terms[-1].unit), place, closed)
        number += 1 + skipped


def _whole_repeats(base: _At, term: Term, on: date, place: str) -> int:
    """How many repeats certainly lie before the day of asking: they need no looking at one by one."""
    if term.unit is Unit.CALENDAR_DAY:
        return max(0, (on - base.day).days // term.count - 1)
    past = zones.first_moment(on, place) - base.exactly(place)
    return max(0, past // (_HOUR * term.count) - 1)


def _advance(base: _At, term: Term, place: str, closed: Calendar) -> _At:
    if term.unit is Unit.HOUR:
        moment = arithmetic.add_hours(base.exactly(place), term.count)
    elif term.unit is Unit.WORKING_HOUR:
        moment = arithmetic.add_working_hours(base.exactly(place), term.count, closed)
    else:
        return _At(_day(base.day, term, closed), None)
    return _At(moment.date(), moment)


def _day(day: date, term: Term, closed: Calendar) -> date:
    if term.unit is Unit.MONTH:
        return arithmetic.add_months(day, term.count)
    if term.unit is Unit.WORKING_DAY:
        return arithmetic.add_working_days(day, term.count, closed)
    return arithmetic.add_days(day, term.count)


def _counted(due: _Due, event: Label, zone: str, ground: Ground) -> Counted:
    said = [
        step("%(event)s: %(base)s.", event=event, base=due.base.moment or due.base.day)
        if due.number == 1
        else step(
            "Step %(number)s is counted from %(base)s.",
            number=due.number,
            base=due.base.moment or due.base.day,
        ),
        step(_AMOUNTS[due.term.unit], count=due.term.count, then=due.at.moment or due.at.day),
    ]
    place = ground.place if due.at.moment else zone
    return Counted(due.at.day, due.at.moment, place, tuple(said), ground.warnings)


_AMOUNTS = {
    Unit.HOUR: msgid("Hours counted: %(count)s. That is %(then)s."),
    Unit.WORKING_HOUR: msgid("Hours counted: %(count)s, days off left out. That is %(then)s."),
    Unit.CALENDAR_DAY: msgid("Days counted: %(count)s. That is %(then)s."),
    Unit.WORKING_DAY: msgid("Working days counted: %(count)s. That is %(then)s."),
    Unit.MONTH: msgid("Months added: %(count)s. That is %(then)s."),
}
