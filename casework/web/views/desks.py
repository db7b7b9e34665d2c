"""The desk itself: its name, and founding another one in the network."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access import desks
from casework.access.policy import Action
from casework.errors import Conflict, Invalid
from casework.web import tokens
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.access import FoundDesk, NameDesk

pages = Blueprint("desks", __name__, url_prefix="/desk/<desk>/about")


@pages.get("/")
@needs(Action.DESK_NAME)
def page() -> str:
    """What coordinators set about their desk."""
    return _page(typed(NameDesk, data=_settings()), typed(FoundDesk))


@pages.post("/name")
@needs(Action.DESK_NAME)
def rename() -> str | Response | tuple[str, int]:
    """Give the desk another name."""
    form = typed(NameDesk)
    form.offer()
    if not form.validate():
        return _page(form, FoundDesk()), 422
    try:
        rev = int(form.rev.data or 0)
        more = {"caps": form.caps, "care": form.care.data}
        desks.rename(g.actor, form.name.data, rev, form.zone.data, form.hours, **more)
    except Conflict:
        theirs, form.rev.data = desks.settings(g.actor)
        form.refuse(
            Invalid("Meanwhile somebody named it “%(name)s”. Save again to use your name.", "name", **theirs)
        )
        return _page(form, FoundDesk()), 409
    except Invalid as refused:
        form.refuse(refused)
        return _page(form, FoundDesk()), 422
    flash(gettext("Saved."))
    return redirect(url_for("desks.page"))


@pages.post("/found")
@needs(Action.DESK_FOUND, network=True)
def found() -> str | Response | tuple[str, int]:
    """Another desk; whoever founds it is its first coordinator and invites the second."""
    form = typed(FoundDesk)
    if not form.validate():
        return _page(NameDesk(data=_settings()), form), 422
    code = desks.found_another(g.actor, form.desk.data, form.name.data, tokens.sent())
    return redirect(url_for("members.page", desk=code))


def _settings() -> dict[str, Any]:
    """What the form starts from."""
    value, rev = desks.settings(g.actor)
    hours, caps = desks.response_hours(g.actor.desk), desks.caps(g.actor.desk)
    return {
        "name": value.get("name"),
        "zone": value.get("zone", "UTC"),
        "care": value.get("care", ""),
        "rev": rev,
        "cap_open": caps.open,
        "cap_urgent": caps.urgent,
        **{f"hours_{risk}": within for risk, within in hours.items()},
    }


def _page(name: NameDesk, another: FoundDesk) -> str:
    name.offer()
    return render_template(
        "desk/about.html", name_form=name, found_form=another, form_token=tokens.for_form()
    )
