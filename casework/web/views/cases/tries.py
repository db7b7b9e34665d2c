"""Nobody answered: one press, from the page of a case, from how to reach them, or from a line of Today."""

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid
from casework.plans import trying
from casework.plans.rhythm import Next
from casework.plans.trying import Tried
from casework.web import questions, tokens
from casework.web.access import needs
from casework.web.cases_shown import word
from casework.web.dates_shown import weekday
from casework.web.views.cases.blueprint import pages


@pages.post("/<ref>/no-answer")
@needs(Action.CASE_WORK)
def no_answer(ref: str) -> Response:
    """Keep the try, and say how to go on."""
    try:
        tried = trying.no_answer(
            g.actor, ref, request.form.get("channel", ""), _task, gettext("Tried again"), tokens.sent()
        )
    except Invalid as refused:
        flash(questions.sentence(refused), "warn")
    else:
        _tell(tried)
    back = request.form.get("back")
    if back == "today":
        return redirect(url_for("desk.today"))
    return redirect(url_for("cases.flight" if back == "flight" else "cases.page", ref=ref))


def _tell(tried: Tried) -> None:
    if tried.next is not None:
        flash(gettext("Written down. Next: %(when)s.", when=_when(tried.next)))
    if tried.coordinator:
        flash(gettext("Your coordinators are told: they decide with you how to go on."), "warn")
    if tried.outside:
        flash(gettext("It was outside of the hours that they gave. Try only within them."), "warn")
    if tried.message:
        flash(
            gettext("A message may be left. It names neither the desk, nor what it is about, nor a country."),
            "info",
        )
    else:
        flash(gettext("Leave no message."), "warn")


def _task(planned: Next) -> str:
    """What the next try is called as a task; it names nobody."""
    return str(gettext("Try again: %(when)s", when=_hours(planned)))


def _when(planned: Next) -> str:
    return f"{weekday(planned.begins.date())}, {_hours(planned)}"


def _hours(planned: Next) -> str:
    channel = word("contact_channels", planned.channel)
    hours = f"{planned.begins:%H:%M}\u2013{planned.ends:%H:%M}"
    return f"{hours}, {channel[1] if channel else planned.channel}"
