"""What became of a date, in words."""

from flask_babel import gettext

from casework.deadlines import climbing, service
from casework.deadlines.climbing import Whom
from casework.deadlines.held import Turn
from casework.web.cases_shown import moment, workers
from casework.web.dates_shown import weekday


def _climbed(turn: Turn) -> dict[str, str]:
    """Nobody took an emergency in time."""
    coordinators = turn.reason == Whom.COORDINATORS.value
    what = (
        gettext("nobody had taken it: it went to the coordinators")
        if coordinators
        else gettext("nobody had taken it: it went to who stands in")
    )
    return {"when": moment(turn.at), "who": "", "what": what, "reason": ""}


def turned(turn: Turn) -> dict[str, str]:
    """One thing that became of a date: when, who, what, why."""
    words = {
        "made": gettext("was counted or entered"),
        "moved": gettext("moved, because the case says something else now"),
        "rule": gettext("moved, because a rule or a mark has changed"),
        "loose": gettext("hangs in the air: what it was counted from is not written any more"),
        "done": gettext("is done"),
        "asked": gettext("asked to strike it out"),
        "kept": gettext("let it stand"),
        "void": gettext("agreed: it does not count"),
        "opened": gettext("took it up again"),
        "seen": gettext("has looked at it"),
        "taken": gettext("said whose it is"),
        "acknowledged": gettext("took it upon themselves"),
        "handed_over": gettext("handed it over to those who took the case on"),
        "answered": gettext("wrote down in the case what it asks for: it is done"),
        "tried": gettext("tried: nobody answered"),
        service.UNWANTED: gettext("they do not want to be contacted: nobody tries again"),
        "over": gettext("the emergency was called off"),
    }
    if turn.what == climbing.CLIMBED:
        return _climbed(turn)
    was = gettext("was %(day)s", day=weekday(turn.was)) if turn.was else ""
    return {
        "when": moment(turn.at),
        "who": (workers().get(turn.by) or gettext("somebody who left")) if turn.by else "",
        "what": " · ".join(filter(None, (words.get(turn.what, turn.what), was))),
        "reason": turn.reason,
    }
