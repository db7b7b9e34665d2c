"""Dates and tasks in the copy that a person gets."""

from typing import Any

from casework.cases.opening import OpenCase
from casework.deadlines import sealing
from casework.deadlines.held import Held


def part_of_copy(case: OpenCase) -> list[dict[str, Any]]:
    """The dates and tasks of a case, as JSON takes them, the earliest first.

    Args:
        case: opened by whoever makes the copy.
    """
    found = sorted((one for one in sealing.all_of(case)), key=lambda one: one.due_on)
    return [_told(one) for one in found]


def _told(one: Held) -> dict[str, Any]:
    return {
        "sort": one.sort.value,
        "what": one.title or (one.lead.label if one.lead else ""),
        "day": one.due_on.isoformat(),
        "state": one.state.value,
        "became": [
            {"what": turn.what, "at": turn.at.isoformat(), "reason": turn.reason} for turn in one.turns
        ],
    }
