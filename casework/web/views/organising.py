"""Those who meet people: for which organisation they do, and who wants to be met by them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid
from casework.organising import meeting, offers
from casework.organising.meeting import Wanting
from casework.web import given_back, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import day, word
from casework.web.questions import sentence

pages = Blueprint("organising", __name__, url_prefix="/desk/<desk>/organising")

_NOBODY = UUID(int=0)


@pages.get("/")
@needs(Action.ORGANISER_MEET, writes=True)
def listing() -> str:
    """Who wants to be met; reading it is recorded, and its day kept."""
    return _page({})


@pages.post("/")
@drafted(_("Who meets people"))
@needs(Action.ORGANISER_MEET)
def offer() -> Response | tuple[str, int]:
    """Say that one meets people for an organisation."""
    form = request.form
    chosen = form.get("organisation", type=UUID) or _NOBODY
    try:
        offers.make(g.actor, chosen, form.get("called", ""), form.get("says", ""), tokens.sent())
    except Invalid as refused:
        return _page({refused.field or "": sentence(refused)}), 422
    flash(gettext("Saved. The desks of the network can choose you now."))
    return redirect(url_for("organising.listing"))


@pages.post("/<uuid:offer_id>/stop")
@needs(Action.ORGANISER_MEET)
def stop(offer_id: UUID) -> Response:
    """Meet nobody for it any more."""
    offers.step_back(g.actor, offer_id)
    flash(
        gettext("The desks do not offer you any more. Whom you have here already stays until you settle it.")
    )
    return redirect(url_for("organising.listing"))


@pages.post("/met/<uuid:row_id>")
@needs(Action.ORGANISER_MEET)
def settle(row_id: UUID) -> Response:
    """It is done: what was passed on is destroyed."""
    meeting.settle(g.actor, row_id)
    flash(gettext("Destroyed here. Destroy as well what you noted elsewhere and need no more."))
    return redirect(url_for("organising.listing"))


@pages.post("/given-back/<uuid:row_id>")
@needs(Action.ORGANISER_MEET)
def give_back(row_id: UUID) -> Response:
    """They cannot meet them: the desk asks again."""
    meeting.give_back(g.actor, row_id)
    flash(
        gettext(
            "Given back: it is gone here. The desk sees it, and lets whom they named beforehand know, or asks again."
        )
    )
    return redirect(url_for("organising.listing"))


def _page(problems: dict[str, str]) -> str:
    found, refused = meeting.listing(g.actor)
    sent = given_back.shown()
    listed = [(str(one.id), str(one.told["name"])) for one in offers.listed(g.actor)]
    return render_template(
        "organising/list.html",
        people=[_person(one) for one in found],
        refused=refused,
        mine=[
            {
                "to": one.recipient,
                "says": one.says,
                "until": day(one.until),
                "stop_href": url_for("organising.stop", offer_id=one.id),
            }
            for one in offers.mine(g.actor)
        ],
        choices=[("", "—", False), *((key, name, key == sent.get("organisation")) for key, name in listed)],
        sent=sent,
        problems=problems,
        action=url_for("organising.offer"),
        form_token=tokens.for_form(),
        together_href=url_for("formations.listing"),
    )


def _person(one: Wanting) -> dict[str, Any]:
    found = word("contact_channels", one.channel)
    return {
        "called": one.called,
        "channel": found[1] if found else one.channel,
        "number": one.number,
        "words": one.words,
        "named": one.named,
        "on": day(one.on),
        "ends": day(one.ends_on),
        "taken_back": one.taken_back,
        "settle_href": url_for("organising.settle", row_id=one.id),
        "give_back_href": "" if one.taken_back else url_for("organising.give_back", row_id=one.id),
    }
