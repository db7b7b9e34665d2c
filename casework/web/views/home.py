"""Where somebody arrives: their desk, the choice between several, or the wait for the first."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from casework.access import admitting, entrance
from casework.web.access import Declared

pages = Blueprint("home", __name__)


def start() -> str | Response:
    """One desk: go there. Several: choose. None yet: read the meeting code to a coordinator.

    Campaign teams have no desk: where they work is the network.
    """
    places = entrance.desks_of(current_user.person)
    desks = [desk for desk in places if not desk.network] or places
    waiting = admitting.waiting_of(current_user.person)
    locked = entrance.locked_of(current_user.person)
    if len(desks) == 1 and waiting is None and not locked:
        return redirect(url_for("desk.today", desk=desks[0].code))
    return render_template("home/start.html", waiting=waiting, locked=locked)


# Looking at the meeting code writes which entries it is about.
start.access = Declared(signed_in=True, writes=True)  # type: ignore[attr-defined] # as `web.access` does
pages.add_url_rule("/", "start", start)
