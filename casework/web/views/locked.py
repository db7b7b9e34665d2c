"""A desk that is locked, as its members find it: two people open it again."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access import locking
from casework.errors import Invalid
from casework.web.access import signed_in
from casework.web.forms import typed
from casework.web.forms.access import TwoCards

pages = Blueprint("locked", __name__, url_prefix="/locked/<code>")


@pages.get("/")
@signed_in
def page(code: str) -> str:
    """What to do now."""
    return _page(code, typed(TwoCards))


@pages.post("/yes")
@signed_in
def yes(code: str) -> Response:
    """A coordinator says yes; the second yes opens the desk."""
    try:
        opened = locking.say_yes(g.actor.person, code)
    except Invalid as refused:
        flash(gettext(refused.message), "wrong")
        return redirect(url_for("locked.page", code=code))
    if opened is None:
        flash(gettext("Your yes waits for another coordinator's, for ten minutes."))
        return redirect(url_for("locked.page", code=code))
    return _open_again(code)


@pages.post("/cards")
@signed_in
def cards(code: str) -> Response | tuple[str, int]:
    """A coordinator with two recovery cards."""
    form = typed(TwoCards)
    if not form.validate():
        return _page(code, form), 422
    try:
        locking.open_with_cards(g.actor.person, code, (form.card1.data, form.card2.data))
    except Invalid as refused:
        form.refuse(refused)
        return _page(code, form), 422
    return _open_again(code)


def _open_again(code: str) -> Response:
    flash(gettext("The desk is open again, under new keys. Everybody signs in anew."))
    return redirect(url_for("leaving.keys", desk=code))


def _page(code: str, form: TwoCards) -> str:
    return render_template("desk/locked.html", shut=locking.shut(g.actor.person, code), form=form)
