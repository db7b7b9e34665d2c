"""What a card says for published figures: only of who agreed to be counted, and only so long.

Codes stand on the card beside those of the profile. A case without a live agreement says nothing here, so a
return has nothing of it to count; a case that leads to another of the same person is not counted beside it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from casework import codes
from casework.cases import joined
from casework.cases.changing import CLOSED as CLOSED_STATUS
from casework.cases.life import CLOSINGS
from casework.cases.opening import OpenCase
from casework.people import consents
from casework.vault import Section

#: What somebody agrees to who may be counted.
TRENDS = "trends"
#: Until when they agreed; when their case closed first, and how. Later closings of the same case count no more.
COUNTED, CLOSED, ENDED = "trends:", "closed:", "ended:"
GENDER, AGE = "gender:", "age:"
_ASKED = {GENDER: ("gender", "gender"), AGE: ("age_band", "age_bands")}

#: What a closed case came to: days until the first help, days in detention, tenths of a month of wages that the job
#: cost, how many of the eleven signs of forced labour, and whether every date was kept.
HELPED, HELD, COST, SIGNS, DATES = "helped:", "held:", "cost:", "signs:", "dates:"

__all__ = (
    "AGE", "CLOSED", "COST", "COUNTED", "DATES", "ENDED", "GENDER", "HELD", "HELPED", "SIGNS", "TRENDS",
    "measure_with", "measured", "on_card",
)  # fmt: skip

Measure = Callable[[OpenCase], Iterable[str]]

_measures: list[Measure] = []


def measure_with(tell: Measure) -> None:
    """Have rooms above say what a closed case came to; `app.py` hands the function in.

    Args:
        tell: is given the case, still open; gives codes that begin with one of the leads of this module.
    """
    _measures[:] = [tell]


def measured(case: OpenCase) -> tuple[str, ...]:
    """What a closed case came to, for the desk's own figures; nothing of one that still runs.

    It is counted in published figures only beside the codes of `on_card`, which stand on an agreement.

    Args:
        case: opened by whoever saves it.
    """
    if case.row.status != CLOSED_STATUS:
        return ()
    return tuple(code for tell in _measures for code in tell(case))


def on_card(case: OpenCase) -> Iterator[str]:
    """The codes for figures of one case.

    Args:
        case: opened by whoever saves it.
    """
    if joined.into(case) is not None:
        return
    live = consents.live(case.actor, case.keys, TRENDS)
    if live is None or live.answer.ends_on is None:
        return
    yield f"{COUNTED}{live.answer.ends_on.isoformat()}"
    said = case.section(Section.IDENTITY).values
    for lead, (key, listed) in _ASKED.items():
        if said.get(key) in codes.load(listed):
            yield f"{lead}{said[key]}"
    yield from _closing(case.section(Section.HEADER).values.get(CLOSINGS))


def _closing(ends: Any) -> Iterator[str]:
    """The first closing: a case that is opened again and closed once more is still one person's."""
    if ends:
        yield f"{CLOSED}{ends[0]['on']}"
        yield f"{ENDED}{ends[0]['reason']}"
