"""One rule applied to one event: the date, and how it came about in words."""

from dataclasses import dataclass
from datetime import date, datetime

from casework.deadlines import arithmetic, rolling
from casework.deadlines.choices import Direction, Filing, MonthEnd, Roll, Start, Unit
from casework.deadlines.days_off import Calendar
from casework.deadlines.extensions import longer, pause
from casework.deadlines.facts import Facts, Happened
from casework.deadlines.records import Rule
from casework.deadlines.starting import Ground, ground_of
from casework.deadlines.words import Step, msgid, step

_FILING = {
    Filing.RECEIVED: msgid("It must have been received by then: sending it by then is not enough."),
    Filing.SENT: msgid("It must have been sent by then."),
}
_NO_SUCH_DAY = {
    MonthEnd.CLIP: msgid("That month has no day %(number)s: its last day is taken."),
    MonthEnd.CARRY: msgid("That month has no day %(number)s: the first day of the next one is taken."),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count came to.

    Attributes:
        day: on which the clock strikes, at the place of `zone`.
        moment: the exact moment, when hours were counted.
        zone: IANA name of the place whose day it is.
        steps: how it came about.
        warnings: what to be careful about.
    """

    day: date
    moment: datetime | None
    zone: str
    steps: tuple[Step, ...]
    warnings: tuple[Step, ...]


def count(rule: Rule, happened: Happened, facts: Facts) -> Counted:
    """Apply a rule of one step to an event.

    Args:
        rule: without `spells` and `then`.
        happened: the event that it starts from.
        facts: the others, for places and extensions.

    Raises:
        Invalid: the date lies too far away, or a region has no known holidays.
    """
    ground = ground_of(rule, happened, facts)
    if rule.unit.of_hours:
        return _hours(rule, ground, facts.moment(happened))
    return _days(rule, ground, facts)


def day_after(rule: Rule, start: date, count: int, closed: Calendar) -> date:
    """The day that a count of days or months comes to, before it is extended or rolled.

    Args:
        rule: says unit, direction and start.
        start: the day of the event.
        count: of units; usually that of the rule.
        closed: days that are not worked.
    """
    sign = -1 if rule.direction is Direction.BEFORE else 1
    if rule.unit is Unit.MONTH:
        return arithmetic.add_months(start, sign * count, rule.month_arithmetic)
    if rule.unit is Unit.WORKING_DAY:
        first = rule.start is Start.SAME_DAY and not closed.is_off(start)
        return arithmetic.add_working_days(start, sign * (count - first), closed)
    return arithmetic.add_days(start, sign * (count - (rule.start is Start.SAME_DAY)))


def _hours(rule: Rule, ground: Ground, start: datetime) -> Counted:
    if rule.unit is Unit.WORKING_HOUR:
        end = arithmetic.add_working_hours(start, rule.count, ground.closed)
        steps = [
            step("Hours counted: %(count)s, days off left out. That is %(end)s.", count=rule.count, end=end)
        ]
        steps += rolling.not_counted(ground.day, end.date(), ground.closed)
    elif rule.direction is Direction.BEFORE:
        end = arithmetic.add_hours(start, -rule.count)
        steps = [step("Hours counted back: %(count)s. That is %(end)s.", count=rule.count, end=end)]
    else:
        end = arithmetic.add_hours(start, rule.count)
        steps = [step("Hours counted: %(count)s. That is %(end)s.", count=rule.count, end=end)]
    warnings = rolling.doubts(ground.day, end.date(), ground.closed) if rule.unit is Unit.WORKING_HOUR else ()
    opening = step("%(event)s: %(moment)s.", event=ground.event, moment=start)
    # Hours belong to the place where it happened: a jail or an airport, not an office elsewhere.
    steps = [opening, *steps, *_filing(rule)]
    return Counted(end.date(), end, ground.place, tuple(steps), (*ground.warnings, *warnings))


def _days(rule: Rule, ground: Ground, facts: Facts) -> Counted:
    total, added = longer(rule, ground, facts)
    plain = day_after(rule, ground.day, total, ground.closed)
    steps = [_opening(rule, ground), *added, *_arrival(rule, ground, total, plain)]
    if rule.minus_one_day:
        plain = arithmetic.add_days(plain, -1)
        steps.append(step("One day less: %(day)s.", day=plain))
    paused = pause(rule, ground, plain, facts)
    due = arithmetic.roll(paused.day, rule.roll, ground.closed)
    steps += [*paused.steps, *rolling.rolled(rule.roll, paused.day, due, ground.closed), *_filing(rule)]
    doubts = _doubts(rule, ground, paused.day, due)
    return Counted(due, None, ground.zone, tuple(steps), (*ground.warnings, *paused.warnings, *doubts))


def _doubts(rule: Rule, ground: Ground, plain: date, due: date) -> tuple[Step, ...]:
    if rule.unit is Unit.WORKING_DAY:
        return rolling.doubts(ground.day, due, ground.closed)
    return rolling.doubts(plain, due, ground.closed) if rule.roll is not Roll.NONE else ()


def _opening(rule: Rule, ground: Ground) -> Step:
    if rule.unit is Unit.MONTH or rule.count == 0:
        return step("%(event)s: %(day)s.", event=ground.event, day=ground.day)
    if rule.start is Start.SAME_DAY:
        return step("%(event)s: %(day)s. This is day 1.", event=ground.event, day=ground.day)
    return step("%(event)s: %(day)s. This is day 0.", event=ground.event, day=ground.day)


def _arrival(rule: Rule, ground: Ground, total: int, day: date) -> list[Step]:
    if rule.unit is Unit.MONTH:
        return _months(rule, ground.day, total, day)
    if total == 0:
        return []
    if rule.unit is Unit.WORKING_DAY:
        said = step("Working day %(number)s is %(day)s.", number=total, day=day)
        return [*rolling.not_counted(ground.day, day, ground.closed), said]
    if rule.direction is Direction.BEFORE:
        return [step("Counted back, day %(number)s is %(day)s.", number=total, day=day)]
    return [step("Day %(number)s is %(day)s.", number=total, day=day)]


def _months(rule: Rule, start: date, total: int, day: date) -> list[Step]:
    if rule.direction is Direction.BEFORE:
        said = step("Months taken off: %(count)s. That is %(day)s.", count=total, day=day)
    else:
        said = step("Months added: %(count)s. That is %(day)s.", count=total, day=day)
    clipped = [step(_NO_SUCH_DAY[rule.month_arithmetic], number=start.day)] if day.day != start.day else []
    return [said, *clipped]


def _filing(rule: Rule) -> list[Step]:
    return [step(_FILING[rule.filing])] if rule.filing in _FILING else []
