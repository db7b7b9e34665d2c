"""What a card says for published figures: only of who agreed to be counted, and only so long.

Codes stand on the card beside those of the profile. A case without a live agreement says nothing here, so a
return has nothing of it to count; a case that leads to another of the same person is not counted beside it.
"""

from collections.abc import Iterator
from typing import Any

from casework import codes
from casework.cases import joined
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

__all__ = ("AGE", "CLOSED", "COUNTED", "ENDED", "GENDER", "TRENDS", "on_card")


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
