"""Why a closed case is kept longer: a hold, or because the person asks for it. Sealed in the case's header."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from casework import clock
from casework.cases.life import CLOSINGS
from casework.cases.opening import OpenCase
from casework.deadlines.closing import running
from casework.retention import periods
from casework.retention.periods import Ends
from casework.vault import Section

#: Where both stand in the header of a case.
KEY = "retention"
_LOOKED = "looked_on"


class What(StrEnum):
    """What keeps a case."""

    #: Legal proceedings run, or are to be expected.
    HOLD = "held"
    #: The person wants it, or will come back.
    KEEP = "kept"


@dataclass(frozen=True)
class Stay:
    """That a case is kept longer.

    Attributes:
        what: a hold, or a wish.
        why: in words.
        until: the last day.
        by: who said so.
        on: when.
    """

    what: What
    why: str
    until: date
    by: UUID
    on: date


def of(case: OpenCase) -> list[Stay]:
    """What keeps a case, also where it has ended."""
    found = _values(case)
    return [
        Stay(
            what, one["why"], date.fromisoformat(one["until"]), UUID(one["by"]), date.fromisoformat(one["on"])
        )
        for what in What
        if (one := found.get(what.value))
    ]


def hold(case: OpenCase) -> Stay | None:
    """The hold that stands on a case; None where none does, or it has ended."""
    standing = (one for one in of(case) if one.what is What.HOLD and one.until >= clock.today())
    return next(standing, None)


def changed(case: OpenCase, **parts: Any) -> dict[str, Any]:
    """The header's part with something put or taken out, ready to be saved."""
    merged = {**_values(case), **parts}
    return {KEY: {name: value for name, value in merged.items() if value is not None} or None}


def as_value(one: Stay) -> dict[str, str]:
    """A stay as it is sealed."""
    return {
        "why": one.why,
        "until": one.until.isoformat(),
        "by": str(one.by),
        "on": one.on.isoformat(),
    }


def last_closing(case: OpenCase) -> Mapping[str, Any]:
    """How a closed case ended the last time; empty where its header does not say."""
    ends: list[dict[str, Any]] = case.section(Section.HEADER).values.get(CLOSINGS, [])
    return ends[-1] if ends else {}


def closed_on(case: OpenCase) -> date:
    """The day on which it was closed; where its header does not open, the day of its last change."""
    said = last_closing(case).get("on")
    return date.fromisoformat(said) if said else case.row.changed_on


def asks(case: OpenCase) -> tuple[bool, date | None]:
    """Whether somebody still has to hear how it ended, and when somebody asks how the person is.

    A look at both, by a coordinator, settles them.
    """
    looked, told = _values(case).get(_LOOKED), last_closing(case)
    if looked and date.fromisoformat(looked) >= closed_on(case):
        return False, None
    ask_on = told.get("ask_on")
    return told.get("referrer_told") == "open", date.fromisoformat(ask_on) if ask_on else None


def ends(case: OpenCase) -> Ends:
    """The plain days of a closed case, from what is sealed in it."""
    open_loop, ask_on = asks(case)
    sooner = [*([closed_on(case)] if open_loop else []), *([ask_on] if ask_on else [])]
    until, runs = [one.until for one in of(case)], [one.due_on for one in running(case)]
    return periods.ends(closed_on(case), periods.of_kinds(case.kinds), until, sooner, runs)


def _values(case: OpenCase) -> Mapping[str, Any]:
    found: Mapping[str, Any] = case.section(Section.HEADER).values.get(KEY) or {}
    return found
