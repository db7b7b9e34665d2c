"""Lists that somebody saved under a name: theirs alone."""

from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid
from casework.search import saved_views
from casework.web import kept, questions
from casework.web.access import needs
from casework.web.views.cases import listing
from casework.web.views.cases.blueprint import pages


@pages.post("/views")
@needs(Action.CASE_LIST, network=True)
def save_view() -> Response | tuple[str, int]:
    """Keep what is chosen now under a name."""
    token, name = request.form.get("v"), request.form.get("view_name", "")
    chosen = listing.form_of(kept.recall(listing.WHAT, token)).chosen
    try:
        saved_views.save(g.actor, name, chosen)
    except Invalid as refused:
        return listing.page(token, view_name=name, view_problem=questions.sentence(refused)), 422
    flash(gettext("Kept."))
    return redirect(url_for("cases.listing", v=token))


@pages.get("/views/<uuid:view_id>")
@needs(Action.CASE_LIST)
def view(view_id: UUID) -> Response:
    """Show the list as it was saved."""
    chosen = dict(saved_views.get(g.actor, view_id).chosen)
    return redirect(url_for("cases.listing", v=kept.keep(listing.WHAT, chosen)))


@pages.post("/views/<uuid:view_id>/forget")
@needs(Action.CASE_LIST)
def forget_view(view_id: UUID) -> Response:
    """Delete it."""
    saved_views.forget(g.actor, view_id)
    flash(gettext("Deleted."))
    return redirect(url_for("cases.listing"))
