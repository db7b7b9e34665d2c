"""What somebody began and has not sent: read as it is, or thrown away. Going on is the form's own page."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.drafts import service as drafts
from casework.web import given_back
from casework.web.access import needs

pages = Blueprint("drafts", __name__, url_prefix="/desk/<desk>/drafts")


@pages.get("/")
@needs(Action.DESK_VIEW)
def listing() -> str:
    """Everything that this person began at this desk."""
    found = [given_back.line(one) for one in drafts.listing(g.actor)]
    return render_template("drafts/list.html", drafts=found)


@pages.get("/<uuid:draft_id>")
@needs(Action.DESK_VIEW)
def one(draft_id: UUID) -> str:
    """What was typed, as it was typed: also where its form is there no more."""
    kept = drafts.get(g.actor, draft_id)
    typed = [text for texts in kept.written.texts.values() for text in texts if text.strip()]
    return render_template("drafts/one.html", draft=given_back.line(kept), typed=typed)


@pages.post("/<uuid:draft_id>/throw-away")
@needs(Action.DESK_VIEW)
def throw_away(draft_id: UUID) -> Response:
    """Delete it now."""
    drafts.throw_away(g.actor, draft_id)
    flash(gettext("Thrown away."))
    return redirect(url_for("desk.today"))
