"""Other desks: this desk's own card, theirs, and comparing them by voice."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from werkzeug.wrappers import Response as AnyResponse

from casework.access.policy import Action
from casework.errors import Invalid
from casework.packets import desk_cards, partners
from casework.web import qr
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.packets import BringCard, CompareCard

pages = Blueprint("partners", __name__, url_prefix="/desk/<desk>/partners")


@pages.get("/")
@needs(Action.PARTNER_VIEW)
def listing() -> str:
    """Every desk that is known here."""
    return _listing(BringCard())


@pages.post("/")
@needs(Action.PARTNER_TRUST)
def bring() -> AnyResponse | tuple[str, int]:
    """Write down a card that somebody brought; it counts when its code was compared."""
    form = BringCard(CombinedMultiDict((request.files, request.form)))
    if not form.validate():
        return _listing(form), 422
    try:
        partner_id = partners.bring(g.actor, _text(form))
    except Invalid as refused:
        form.refuse(refused)
        return _listing(form), 422
    return redirect(url_for("partners.one", partner_id=partner_id))


def _text(form: BringCard) -> str:
    sent = form.file.data
    if isinstance(sent, FileStorage) and sent.filename:
        return sent.stream.read(2 * desk_cards.MOST_LETTERS).decode("ascii", "replace")
    return form.card.data or ""


@pages.get("/card")
@needs(Action.PARTNER_VIEW)
def card() -> str:
    """This desk's own card, to be shown, printed or sent."""
    own = desk_cards.own(g.actor)
    return render_template("packets/card.html", card=own, qr=qr.data_uri(own.text))


@pages.get("/card.txt")
@needs(Action.PARTNER_VIEW)
def card_file() -> Response:
    """The same as a file."""
    answer = Response(desk_cards.own(g.actor).text + "\n", mimetype="text/plain")
    answer.headers["Content-Disposition"] = 'attachment; filename="card.txt"'
    return answer


@pages.get("/<uuid:partner_id>")
@needs(Action.PARTNER_VIEW)
def one(partner_id: UUID) -> str:
    """One desk, and its code to compare."""
    return _one(partner_id, typed(CompareCard))


@pages.post("/<uuid:partner_id>")
@needs(Action.PARTNER_TRUST)
def compare(partner_id: UUID) -> AnyResponse | tuple[str, int]:
    """The code was heard, and typed as it was heard."""
    form: CompareCard = typed(CompareCard)
    if not form.validate():
        return _one(partner_id, form), 422
    try:
        partners.compared(g.actor, partner_id, form.digits.data)
    except Invalid as refused:
        form.refuse(refused)
        return _one(partner_id, form), 422
    flash(gettext("The codes are the same. People can be referred to this desk now."))
    return redirect(url_for("partners.one", partner_id=partner_id))


@pages.post("/<uuid:partner_id>/drop")
@needs(Action.PARTNER_TRUST)
def drop(partner_id: UUID) -> AnyResponse:
    """Take the card out."""
    partners.drop(g.actor, partner_id)
    flash(gettext("Taken out."))
    return redirect(url_for("partners.listing"))


def _listing(form: BringCard) -> str:
    every, amiss = partners.listing(g.actor)
    return render_template("packets/partners.html", partners=every, amiss=amiss, form=form)


def _one(partner_id: UUID, form: CompareCard) -> str:
    own = desk_cards.own(g.actor)
    return render_template(
        "packets/partner.html", partner=partners.one(g.actor, partner_id), own=own, form=form
    )
