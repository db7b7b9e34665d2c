"""By which day a first contact is answered: from its risk, within the hours that the desk chose."""

from datetime import date, timedelta
from math import ceil

from flask import g
from flask_babel import gettext

from casework import clock
from casework.access import desks
from casework.cases.first_contact import FIRST
from casework.web.cases_shown import day

_HOURS_OF_A_DAY = 24
#: An emergency has a clock of its own, to the hour, that somebody takes upon themselves by name.
_EMERGENCY = "emergency"


def answer_by(opened: date, risk: str, status: str) -> date | None:
    """The last day to answer; None once somebody went on with the case, or where its risk says nothing.

    Args:
        opened: the day of the first contact.
        risk: of the list `risk`, or empty.
        status: of the list `statuses`.
    """
    if status != FIRST or risk == _EMERGENCY or risk not in _hours():
        return None
    return opened + timedelta(days=ceil(_hours()[risk] / _HOURS_OF_A_DAY))


def words(opened: date, risk: str, status: str) -> tuple[str, bool] | None:
    """The same in words, and whether that day has passed."""
    by = answer_by(opened, risk, status)
    if by is None:
        return None
    return str(gettext("Answer by %(day)s", day=day(by))), by < clock.today()


def _hours() -> dict[str, int]:
    """Within how many hours this desk answers; read once a request."""
    if "response_hours" not in g:
        g.response_hours = desks.response_hours(g.actor.desk)
    found: dict[str, int] = g.response_hours
    return found
