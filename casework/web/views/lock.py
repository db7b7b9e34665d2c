"""The seal for bad days, in two deliberate steps; and its rehearsal."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from casework.access import locking
from casework.access.policy import Action
from casework.errors import Invalid
from casework.web import cookies
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.access import LockDesk
from casework.web.signed import doorway

pages = Blueprint("lock", __name__, url_prefix="/desk/<desk>/lock")


@pages.get("/")
@needs(Action.DESK_LOCK)
def page() -> str:
    """The first step: what it does, and whether it could be undone."""
    return render_template("desk/lock.html", ready=locking.ready(g.actor), form=None)


@pages.get("/now")
@needs(Action.DESK_LOCK)
def sure() -> str:
    """The second step."""
    return _second(typed(LockDesk))


@pages.post("/now")
@needs(Action.DESK_LOCK)
def lock() -> Response | tuple[str, int]:
    """Lock it; whoever pressed is signed out with all others."""
    form = typed(LockDesk)
    if not form.validate():
        return _second(form), 422
    try:
        locking.lock(doorway(), g.actor)
    except Invalid as refused:
        form.refuse(refused)
        return _second(form), 422
    response = redirect(url_for("signing_in.page"))
    cookies.forget(response, "session")
    return response


@pages.post("/rehearse")
@needs(Action.DESK_LOCK)
def rehearse() -> Response:
    """Everything but the lock itself."""
    try:
        found = locking.rehearse(g.actor)
    except Invalid as refused:
        flash(gettext(refused.message), "wrong")
        return redirect(url_for("lock.page"))
    flash(
        ngettext(
            "Rehearsed: it works. %(num)s session would have ended. Nothing was locked.",
            "Rehearsed: it works. %(num)s sessions would have ended. Nothing was locked.",
            found.sessions,
        )
    )
    return redirect(url_for("lock.page"))


def _second(form: LockDesk) -> str:
    return render_template("desk/lock.html", ready=locking.ready(g.actor), form=form)
