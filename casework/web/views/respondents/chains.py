"""Saying who owns, supplies, lends for or recruits for whom."""

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid, NotFound
from casework.respondents import chains
from casework.web.access import needs
from casework.web.questions import sentence
from casework.web.views.respondents.blueprint import pages


@pages.post("/<uuid:respondent_id>/chain")
@needs(Action.RESPONDENT_ENTER, network=True)
def link(respondent_id: UUID) -> Response:
    """Say it, from the one to the other or the other way."""
    here = redirect(url_for("respondents.one", respondent_id=respondent_id))
    sort, _, way = request.form.get("sort", "").partition("/")
    if not sort or not request.form.get("to"):
        flash(gettext("Choose how they hang together, and with whom."))
        return here
    try:
        chains.link(g.actor, *_ends(respondent_id, sort, way))
    except Invalid as refused:
        flash(sentence(refused))
    else:
        flash(gettext("Saved."))
    return here


@pages.post("/<uuid:respondent_id>/chain/take-out")
@needs(Action.RESPONDENT_ENTER, network=True)
def unlink(respondent_id: UUID) -> Response:
    """Take it back."""
    chains.unlink(g.actor, _id("above"), request.form.get("sort", ""), _id("below"))
    flash(gettext("Taken out."))
    return redirect(url_for("respondents.one", respondent_id=respondent_id))


def _ends(respondent_id: UUID, sort: str, way: str) -> tuple[UUID, str, UUID]:
    """Who does what to whom: "back" says that the other one does it to this one."""
    other = _id("to")
    return (other, sort, respondent_id) if way == "back" else (respondent_id, sort, other)


def _id(name: str) -> UUID:
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        raise NotFound from None
