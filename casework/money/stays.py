"""Times in detention, and the unbroken times that they make when each day is counted once."""

from dataclasses import dataclass
from datetime import date, timedelta

from casework.money import checks
from casework.money.months import days_touched
from casework.money.records import versioned

DAY = timedelta(days=1)


@versioned("spell")
@dataclass(frozen=True, slots=True)
class Spell:
    """A time in detention.

    Args:
        start: first day.
        end: last day; None while it lasts.
        by_transfer: it began with a transfer from the spell before; only results of version 1 ask for it.
    """

    start: date
    end: date | None = None
    by_transfer: bool = False

    def __post_init__(self) -> None:
        checks.span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Stay:
    """An unbroken time, made of spells without a whole day in freedom between them."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Calendar days touched."""
        return days_touched(self.start, self.end)


def union(spells: tuple[Spell, ...], until: date, *, apart: bool = False) -> list[Stay]:
    """Unbroken times, first to last; no day is in two of them.

    Whole days are counted, so spells that touch are one whatever the time of day: one that ends on a day and one that
    begins on it, or on the next. So clocks read them too (`deadlines.spells`).

    Args:
        spells: in any order.
        until: the end of those that last.
        apart: as version 1 did: a spell that begins on the next day is another one, unless it is a transfer.
    """
    stays: list[Stay] = []
    for spell in sorted(spells, key=lambda one: (one.start, one.end or until)):
        end = spell.end or until
        near = timedelta(0) if apart and not spell.by_transfer else DAY
        if stays and spell.start <= stays[-1].end + near:
            stays[-1] = Stay(stays[-1].start, max(stays[-1].end, end))
        else:
            stays.append(Stay(spell.start, end))
    return stays
