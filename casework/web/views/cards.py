"""Recovery cards: made and printed once, and tried."""

from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access import recovery
from casework.access.policy import Action
from casework.errors import Invalid, NotFound
from casework.web import kept, qr
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.access import TwoCards

pages = Blueprint("cards", __name__, url_prefix="/desk/<desk>/cards")

_WHAT = "cards"
#: As long as somebody needs to print them.
_LIFE = timedelta(minutes=15)


@pages.get("/")
@needs(Action.CARDS_MAKE, network=True)
def page() -> str:
    """Whether there are cards, and whether anybody has tried them."""
    return _page(typed(TwoCards))


@pages.post("/")
@needs(Action.CARDS_MAKE, network=True)
def make() -> Response:
    """A new set; an older one counts no more."""
    view = kept.keep(_WHAT, {"cards": recovery.make(g.actor)}, _LIFE)
    return redirect(url_for("cards.to_print", v=view))


@pages.get("/print")
@needs(Action.CARDS_MAKE, network=True)
def to_print() -> str:
    """The three cards, one a page; for a quarter of an hour and this session only."""
    made = kept.recall(_WHAT, request.args.get("v"))
    if not made:
        raise NotFound
    # Scanned with the groups closed up, as letters and digits alone: a smaller code.
    cards = [{"text": text, "qr": qr.data_uri(text.replace(" ", ""))} for text in made["cards"]]
    return render_template("desk/cards_print.html", cards=cards)


@pages.post("/try")
@needs(Action.CARDS_MAKE, network=True)
def rehearse() -> Response | tuple[str, int]:
    """Two cards, typed or scanned."""
    form = typed(TwoCards)
    if not form.validate():
        return _page(form), 422
    try:
        recovery.rehearse(g.actor, (form.card1.data, form.card2.data))
    except Invalid as refused:
        form.refuse(refused)
        return _page(form), 422
    flash(gettext("These two cards open the desk's secret. Put all three back in their places."))
    return redirect(url_for("cards.page"))


def _page(form: TwoCards) -> str:
    return render_template(
        "desk/cards.html", standing=recovery.standing(g.actor), reach=recovery.reach(g.actor), form=form
    )
