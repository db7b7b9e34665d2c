"""Days in detention: each calendar day once, however many places and papers it was spent under."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from casework.errors import Invalid
from casework.money.months import add_days, add_months
from casework.money.records import versioned
from casework.money.rules import RuleBook
from casework.money.sentences import Sentence, Value, say
from casework.money.stays import DAY, Spell, Stay, union
from casework.money.working import Sheet, Working

NAME: Final = "spells"
VERSION: Final = 2

_FORMULA: Final = say(
    "Spells without a whole day in freedom between them are one spell. Days = each calendar day that was touched, "
    "counted once. Nights = days less one for each spell. A transfer does not break a spell."
)
_COUNTING: Final = say("Whole days are counted; nothing is rounded.")


@versioned("detention_limit")
@dataclass(frozen=True, slots=True)
class DetentionLimit:
    """A limit that is looked at in three ways.

    Args:
        months, days: how long detention may last; one of the two.
    """

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if self.months < 0 or self.days < 0 or (self.months > 0) == (self.days > 0):
            raise Invalid("Give a limit either in months or in days.", "limit")

    def after(self, start: date) -> date:
        """The day on which it is reached when nothing interrupts."""
        return add_months(start, self.months) if self.months else add_days(start, self.days)


@versioned("spells_question", 2, {1: lambda old: {**old, "apart": True}})
@dataclass(frozen=True, slots=True)
class SpellsQuestion:
    """What the calculator of detention is given.

    Args:
        spells: in any order; they may overlap.
        until: the day to which it is counted, usually today.
        limits: to be looked at.
        apart: as results of version 1 were counted: a spell that begins on the day after another is another one.

    Raises:
        Invalid: no spells, or one that lies after the day to which it is counted.
    """

    spells: tuple[Spell, ...]
    until: date
    limits: tuple[DetentionLimit, ...] = ()
    apart: bool = False

    def __post_init__(self) -> None:
        if not self.spells:
            raise Invalid("Enter at least one time in detention.", "spells")
        for spell in self.spells:
            if spell.start > self.until or (spell.end or self.until) > self.until:
                raise Invalid("This lies after the day to which it is counted.", "until")


def detained(question: SpellsQuestion, book: RuleBook) -> Working:
    """Days and nights, the present spell, and each limit read in three ways.

    Which of the three readings holds is for a legal ally to say; the warning is about the earliest.
    """
    sheet = Sheet(book)
    stays = union(question.spells, question.until, apart=question.apart)
    _write_stays(sheet, stays)
    results = _results(question, stays)
    for place, limit in enumerate(question.limits):
        results |= _write_limit(sheet, limit, stays, place, question.until)
    return sheet.working(NAME, VERSION, question, _FORMULA, results, _COUNTING)


def _results(question: SpellsQuestion, stays: list[Stay]) -> dict[str, Value]:
    days = sum(stay.days for stay in stays)
    lasts = any(spell.end is None for spell in question.spells) or stays[-1].end == question.until
    return {
        "days": days,
        "nights": days - len(stays),
        "spells": len(stays),
        "current": stays[-1].days if lasts else None,
        "since": stays[-1].start if lasts else None,
    }


def _write_stays(sheet: Sheet, stays: list[Stay]) -> None:
    for stay in stays:
        words = say("%(start)s to %(end)s: %(days)s days", start=stay.start, end=stay.end, days=stay.days)
        sheet.line("spell", words, stay.days)
    days = sum(stay.days for stay in stays)
    sheet.sum("days", say("Days, both ends counted: %(days)s", days=days), days)
    words = say(
        "Nights: %(days)s − %(spells)s = %(nights)s", days=days, spells=len(stays), nights=days - len(stays)
    )
    sheet.sum("nights", words, days - len(stays))


def _without_gaps(limit: DetentionLimit, stays: list[Stay]) -> date:
    """When the limit is reached if days in freedom are not counted."""
    reached = limit.after(stays[0].start)
    for before, after in pairwise(stays):
        if before.end + DAY < reached:
            reached = add_days(reached, (after.start - before.end).days - 1)
    return reached


def _write_limit(
    sheet: Sheet, limit: DetentionLimit, stays: list[Stay], place: int, until: date
) -> Mapping[str, Value]:
    readings: dict[str, tuple[Sentence, date]] = {
        "from_first": (
            say("from the first detention, time in freedom counted too"),
            limit.after(stays[0].start),
        ),
        "cumulative": (
            say("days in detention added up, time in freedom left out"),
            _without_gaps(limit, stays),
        ),
        "last_only": (say("only the last spell"), limit.after(stays[-1].start)),
    }
    for key, (reading, day) in readings.items():
        sheet.note(key, say("Limit (%(reading)s): %(day)s", reading=reading, day=day), day)
    earliest = min(day for _, day in readings.values())
    passed = say("This day has passed.") if earliest <= until else say("This day is still to come.")
    sheet.warn(
        say(
            "The earliest reading of the limit is %(day)s. %(passed)s A legal ally says which counts.",
            day=earliest,
            passed=passed,
        )
    )
    suffix = f"_{place + 1}" if place else ""
    found: dict[str, Value] = {f"{key}{suffix}": day for key, (_, day) in readings.items()}
    return found | {f"earliest{suffix}": earliest}
