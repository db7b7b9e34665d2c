"""Limits on detention as clocks: one rule, three readings, all shown."""

from collections.abc import Iterator
from datetime import date

from casework.deadlines import lists
from casework.deadlines.counting import Counted, day_after
from casework.deadlines.days_off import Calendar
from casework.deadlines.drafts import Draft, draft
from casework.deadlines.extensions import longer
from casework.deadlines.facts import Facts, Happened
from casework.deadlines.records import Rule
from casework.deadlines.spells import Readings, readings_of, union
from casework.deadlines.starting import ground_of
from casework.deadlines.words import Label, Step, step


def drafts(rule: Rule, facts: Facts, on: date, *, shared: bool = False) -> Iterator[Draft]:
    """The clocks, as drafts, of one limit over the spells of a case.

    Args:
        rule: with `spells`.
        facts: with the spells, and whether the detention was extended.
        on: the day of asking; a spell that goes on is counted up to it.
        shared: as in `Draft`.

    Raises:
        Invalid: the date lies too far away.
    """
    times = union(facts.spells, on)
    if not times:
        return
    ground = ground_of(rule, Happened(rule.trigger_event, times[0].start), facts)
    total, added = longer(rule, ground, facts)
    found = readings_of(times, lambda day: _limit(rule, total, day))
    for name, start, day in _each(found, times[0].start, times[-1].start):
        said = [
            step(
                "%(reading)s: counted from %(day)s.",
                reading=Label(lists.load("readings").label(name)),
                day=start,
            ),
            *added,
            *_taken_off(name, found),
            step("The limit ends on %(day)s.", day=day),
        ]
        counted = Counted(day, None, ground.zone, tuple(said), ground.warnings)
        yield draft(rule, counted, ref="", reading=name, warnings=_at_liberty(found, on), shared=shared)


def _limit(rule: Rule, total: int, start: date) -> date:
    day = day_after(rule, start, total, Calendar())
    return date.fromordinal(day.toordinal() - rule.minus_one_day)


def _each(found: Readings, first: date, current: date) -> Iterator[tuple[str, date, date]]:
    yield "first", first, found.first
    yield "cumulative", first, found.cumulative
    yield "current", current, found.current


def _taken_off(name: str, found: Readings) -> list[Step]:
    if name != "cumulative":
        return []
    return [step("Days in freedom, not counted: %(count)s.", count=found.free_days)]


def _at_liberty(found: Readings, on: date) -> tuple[Step, ...]:
    if found.last_end >= on:
        return ()
    return (
        step(
            "The last detention that is known ended on %(day)s. The date holds if it went on.",
            day=found.last_end,
        ),
    )
