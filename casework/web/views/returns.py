"""A desk's returns for published figures."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid
from casework.trends import returns
from casework.web.access import needs
from casework.web.cases_shown import day
from casework.web.questions import sentence
from casework.web.trends_shown import days_of

pages = Blueprint("returns", __name__, url_prefix="/desk/<desk>/returns")


@pages.get("/")
@needs(Action.TREND_RETURN, network=True)
def listing() -> str:
    """The windows of the network, and what this desk has sent."""
    return _page()


@pages.post("/<uuid:window_id>")
@needs(Action.TREND_RETURN, network=True)
def send(window_id: UUID) -> Response | tuple[str, int]:
    """Seal the return and send it; once more replaces it."""
    try:
        returns.send(g.actor, window_id)
    except Invalid as refused:
        return _page(sentence(refused)), 422
    flash(gettext("Sent. Nobody can open it alone, and it goes when the figures are made."))
    return redirect(url_for("returns.listing"))


def _page(problem: str = "") -> str:
    lines = [
        {
            "id": one.window.id,
            "days": days_of(one.window),
            "closes": day(one.window.closes_on),
            "begins": day(one.window.last_on),
            "sent": day(one.sent_on) if one.sent_on else "",
            "taking": one.window.taking,
            "closed": one.window.closed,
            "opening": one.opening,
            "closing": one.closing,
            "lacking": one.lacking,
        }
        for one in returns.standing(g.actor)
    ]
    return render_template("trends/returns.html", lines=lines, problem=problem)
