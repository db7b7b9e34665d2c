"""Days in detention added up: whole days, nights, and the latest time without a day in freedom.

Overlaps count once, transfers break nothing. Worked example: domain file, section 3.1 (73, 71, 31).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.deadlines.facts import Spell
from casework.deadlines.spells import Unbroken, union


@dataclass(frozen=True, slots=True)
class Spent:
    """Times in detention, added up.

    Attributes:
        days: calendar days touched, each once.
        nights: between the first and the last day of each time.
        latest: days of the latest unbroken time.
        since: its first day.
        goes_on: whether nobody has said that it ended.
        times: without a free day between them, in order.
    """

    days: int
    nights: int
    latest: int
    since: date
    goes_on: bool
    times: tuple[Unbroken, ...]


def added_up(spells: Iterable[Spell], on: date) -> Spent | None:
    """Times in detention, added up; None where there is none.

    Args:
        spells: in any order; they may touch and overlap.
        on: the last day of a time that goes on.
    """
    known = [spell for spell in spells if spell.start <= on]
    times = union(known, on)
    if not times:
        return None
    nights = [(one.end - one.start).days for one in times]
    return Spent(
        days=sum(nights) + len(times),
        nights=sum(nights),
        latest=nights[-1] + 1,
        since=times[-1].start,
        goes_on=any(spell.end is None for spell in known),
        times=tuple(times),
    )
