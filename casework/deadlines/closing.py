"""Before a case ends no date of it runs any more: each is done, struck out by two, or handed over."""

from typing import Any

from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.ending import Ending
from casework.cases.opening import OpenCase
from casework.deadlines import sealing
from casework.deadlines.held import Held, State
from casework.errors import Invalid

#: What became of a date that another organisation keeps from now on.
HANDED_OVER = "handed_over"


def running(case: OpenCase) -> list[Held]:
    """The dates of a case that keep it from being closed."""
    return [one for one in sealing.all_of(case) if one.running and not one.loose]


def settle(case: OpenCase, ending: Ending) -> None:
    """End the dates that still run: handed over where the other side took the case on, or done, in words for all.

    Raises:
        Invalid: dates still run, and nobody said what became of them.
    """
    left = running(case)
    done = ending.dates_done.strip()
    if not left:
        return
    theirs = ending.hand_over and ending.facts.get("accepted")
    if not (theirs or done):
        raise Invalid(
            "%(count)s dates of this case still run. Say what was done about them, have them struck out by two"
            " people, or hand them over to those who took the case on.",
            "dates_done",
            count=len(left),
        )
    what, why = (HANDED_OVER, ending.accepted_by) if theirs else ("done", done)
    for one in left:
        _end(case, one.turned(what, case.actor.user_id, why, state=State.DONE, wake_at=None, moved=False))


def _end(case: OpenCase, now: Held) -> None:
    sealing.put(case, now)
    ended: dict[str, Any] = {
        "deadline": str(now.id),
        "state": now.state.value,
        "reason": now.turns[-1].reason,
    }
    audit.record(case.actor.desk, Event.DEADLINE_ENDED, case=case.keys, **ended)
