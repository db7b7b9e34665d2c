"""One's own account: where one is signed in, and ending that."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from casework.access import arrivals, sessions
from casework.web import cookies
from casework.web.access import signed_in
from casework.web.signed import doorway

pages = Blueprint("account", __name__, url_prefix="/account")


@pages.get("/")
@signed_in
def page() -> str:
    """What one can do for oneself."""
    return render_template(
        "account/account.html",
        open_sessions=sessions.count(current_user.person.user_id),
        ends_at=current_user.session.ends_at,
    )


@pages.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    """End every session, this one too: a phone was lost, or a screen left open somewhere."""
    arrivals.sign_out_everywhere(doorway(), g.actor.person)
    response = redirect(url_for("signing_in.page"))
    cookies.forget(response, "session")
    return response
