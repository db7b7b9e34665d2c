"""Lists of a desk from which a line is gone: a coordinator sees how many, and lets a list stand without them."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import NotFound
from casework.groups import service as groups
from casework.plans import directory
from casework.respondents import register
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.access import LetStand

pages = Blueprint("lists", __name__, url_prefix="/desk/<desk>/lists")

_LISTS: dict[str, tuple[Any, Any]] = {
    "services": (_("Places of the directory"), directory),
    "respondents": (_("Who is answerable, in the whole network"), register),
    "groups": (_("Groups"), groups),
}


@pages.get("/")
@needs(Action.LIST_MEND, network=True)
def page() -> str:
    """Which lists lack a line."""
    return _page({})


@pages.post("/<word>")
@needs(Action.LIST_MEND, network=True)
def let_stand(word: str) -> Response | tuple[str, int]:
    """Let one stand."""
    if word not in _LISTS:
        raise NotFound
    form: LetStand = typed(LetStand)
    if not form.validate():
        return _page({word: form}), 422
    gone = _LISTS[word][1].let_stand(g.actor, form.reason.data)
    if gone:
        flash(ngettext("The list stands without one line.", "The list stands without %(num)s lines.", gone))
    else:
        flash(gettext("Nothing is missing there."))
    return redirect(url_for("lists.page"))


def _page(forms: dict[str, LetStand]) -> str:
    lacking = [
        {"key": key, "name": name, "gone": gone, "form": forms.get(key) or LetStand(None)}
        for key, (name, room) in _LISTS.items()
        if (gone := room.missing(g.actor))
    ]
    return render_template("desk/lists.html", lacking=lacking)
