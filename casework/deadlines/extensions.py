"""What moves a limit later: a pause of the clock, or a further period."""

from dataclasses import dataclass
from datetime import date

from casework.deadlines import arithmetic, lists
from casework.deadlines.choices import Lengthening
from casework.deadlines.facts import Facts
from casework.deadlines.records import Extension, Rule
from casework.deadlines.starting import Ground
from casework.deadlines.words import Label, Step, step


@dataclass(frozen=True, slots=True)
class Paused:
    """A date after pauses of its clock were taken into account."""

    day: date
    steps: tuple[Step, ...] = ()
    warnings: tuple[Step, ...] = ()


def longer(rule: Rule, ground: Ground, facts: Facts) -> tuple[int, list[Step]]:
    """The count of a rule with the further periods that were ordered, each at most once.

    Args:
        rule: whose extensions are looked at.
        ground: what it starts from.
        facts: say which periods were ordered.
    """
    total, said = rule.count, []
    for part in rule.extension:
        if part.kind is not Lengthening.LONGER:
            continue
        if ordered := facts.near(part.event, ground.ref):
            total += part.count
            event = Label(lists.events().label(part.event))
            said.append(
                step(
                    "%(event)s: %(day)s. The count becomes %(count)s.",
                    event=event,
                    day=ordered[0].day,
                    count=total,
                )
            )
    return total, said


def pause(rule: Rule, ground: Ground, day: date, facts: Facts) -> Paused:
    """A limit after the pauses of its clock.

    The days after the first event, up to and with the second, are not counted. Then, if the limit falls
    into the pause or the months that the rule leaves after it, it falls at the end of those months
    (Great Britain: Employment Rights Act 1996, section 207B, subsections 3 and 4, one after the other).

    Args:
        rule: whose extensions are looked at.
        ground: what it starts from.
        day: the limit without pauses.
        facts: say when the clock stood still.
    """
    found = Paused(day)
    for part in rule.extension:
        if part.kind is Lengthening.STOP_CLOCK:
            found = _stopped(part, ground, found, facts)
    return found


def _stopped(part: Extension, ground: Ground, so_far: Paused, facts: Facts) -> Paused:
    starts, ends = facts.near(part.event, ground.ref), facts.near(part.until, ground.ref)
    names = {
        "event": Label(lists.events().label(part.event)),
        "until": Label(lists.events().label(part.until)),
    }
    if not starts:
        return so_far
    if starts[0].day > so_far.day:
        late = step(
            "%(event)s: %(day)s. The limit had run out: nothing is paused.", day=starts[0].day, **names
        )
        return Paused(so_far.day, so_far.steps, (*so_far.warnings, late))
    if not ends:
        open_ = step(
            "The clock stands still since %(day)s. The date without the pause is shown until this is entered: %(until)s.",
            day=starts[0].day,
            **names,
        )
        return Paused(so_far.day, so_far.steps, (*so_far.warnings, open_))
    return _moved(part, so_far, starts[0].day, ends[0].day, names)


def _moved(part: Extension, so_far: Paused, start: date, end: date, names: dict[str, Label]) -> Paused:
    # Two days of which one is only roughly known may stand the wrong way round: then nothing was paused.
    pause_days = max((end - start).days, 0)
    day = arithmetic.add_days(so_far.day, pause_days)
    said = [
        step("%(event)s: %(start)s. %(until)s: %(end)s.", start=start, end=end, **names),
        step("Days on which the clock stood still: %(count)s. That is %(day)s.", count=pause_days, day=day),
    ]
    least = arithmetic.add_months(end, part.least_months)
    if part.least_months and day < least:
        day = least
        said.append(
            step(
                "Months that remain at least after the pause: %(count)s. That is %(day)s.",
                count=part.least_months,
                day=day,
            )
        )
    return Paused(day, (*so_far.steps, *said), so_far.warnings)
