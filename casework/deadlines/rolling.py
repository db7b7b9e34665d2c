"""Days off in words: what was left out, where a date rolled to, and which holidays may still move."""

from collections.abc import Iterator
from datetime import date, timedelta

from casework.deadlines import arithmetic
from casework.deadlines.choices import Roll
from casework.deadlines.days_off import Calendar
from casework.deadlines.words import Label, Step, msgid, step

_WEEKEND = Label("weekend")
_ROLLED = {
    Roll.NEXT: msgid("%(day)s is not worked (%(reason)s). The next working day is %(then)s."),
    Roll.PREVIOUS: msgid("%(day)s is not worked (%(reason)s). The working day before it is %(then)s."),
}


def not_counted(after: date, until: date, closed: Calendar) -> list[Step]:
    """What a count of working days left out.

    Args:
        after: the day of the event.
        until: the day that the count came to.
        closed: the days off.
    """
    if holidays := tuple(arithmetic.holidays_between(after, until, closed)):
        return [step("Not counted: weekends, and %(days)s.", days=holidays)]
    return [step("Not counted: weekends.")]


def rolled(how: Roll, day: date, then: date, closed: Calendar) -> list[Step]:
    """Why a date was moved to a working day; nothing, if it was not.

    Args:
        how: next or previous.
        day: that the count came to.
        then: the working day.
        closed: the days off.
    """
    if day == then:
        return []
    name = closed.holiday(day)
    said = [step(_ROLLED[how], day=day, reason=name or _WEEKEND, then=then)]
    if others := tuple(arithmetic.holidays_between(day, then, closed)):
        said.append(step("Also not worked: %(days)s.", days=others))
    return said


def doubts(start: date, end: date, closed: Calendar) -> tuple[Step, ...]:
    """What is not certain about the days off in a span.

    Args:
        start, end: both looked at, in either order.
        closed: the days off.
    """
    if not closed.name:
        return ()
    days = list(_days(start, end))
    estimated = tuple((day, closed.holiday(day)) for day in days if closed.is_estimated(day))
    found = []
    if estimated:
        found.append(step("These holidays hang on the moon and may move by a day: %(days)s.", days=estimated))
    if not all(closed.is_known(day) for day in (days[0], days[-1])):
        found.append(step("The holidays of these years are not known: only weekends were left out."))
    return tuple(found)


def _days(start: date, end: date) -> Iterator[date]:
    first, last = sorted((start, end))
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
