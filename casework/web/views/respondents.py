"""The register of those who are answerable, shared by the desks of a network."""

from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action, can
from casework.errors import Invalid
from casework.respondents import register
from casework.respondents.register import Answerable
from casework.web import kept, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import word
from casework.web.forms import typed
from casework.web.forms.cases import EnterRespondent, Look

pages = Blueprint("respondents", __name__, url_prefix="/desk/<desk>/respondents")

_WHAT = "respondents"


@pages.get("/")
@needs(Action.RESPONDENT_VIEW, network=True)
def listing() -> str:
    """Everybody, or those that fit what was looked for."""
    query = kept.recall(_WHAT, request.args.get("v")).get("query", "")
    found = register.find(g.actor, query)
    return render_template(
        "respondents/list.html",
        respondents=[_line(one) for one in found.known],
        form=Look(data={"query": query}),
        may_enter=can(g.actor, Action.RESPONDENT_ENTER),
        refused=found.refused,
    )


@pages.post("/")
@needs(Action.RESPONDENT_VIEW)
def find() -> Response:
    """Keep what was looked for out of the address."""
    form = typed(Look)
    if not form.validate():
        return redirect(url_for("respondents.listing"))
    return redirect(url_for("respondents.listing", v=kept.keep(_WHAT, {"query": form.query.data})))


@pages.get("/new")
@needs(Action.RESPONDENT_ENTER)
def new() -> str:
    """A name, what they are, where."""
    return _page(_form())


@pages.post("/new")
@drafted(_("Somebody who is answerable"))
@needs(Action.RESPONDENT_ENTER, network=True)
def enter() -> Response | tuple[str, int]:
    """Enter them, once."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    try:
        one = register.enter(
            g.actor, form.kind.data, form.name.data, form.country.data or "", tokens.read(form.token.data)
        )
    except Invalid as refused:
        form.refuse(refused)
        return _page(form), 422
    return redirect(url_for("respondents.one", respondent_id=one.id))


@pages.get("/<uuid:respondent_id>")
@needs(Action.RESPONDENT_VIEW, network=True)
def one(respondent_id: UUID) -> str:
    """What the register says of one."""
    found = register.get(g.actor, respondent_id)
    country = word("countries", found.country) or ("", "")
    return render_template(
        "respondents/one.html",
        respondent={
            "name": found.name,
            "kinds": _kinds(found),
            "facts": [(gettext("Country"), country[1])],
            "seen_by": gettext("Everybody who works at a desk of this network"),
            "edit_href": None,
        },
        cases=[],
    )


def _form() -> EnterRespondent:
    form: EnterRespondent = typed(EnterRespondent)
    form.offer()
    return form


def _page(form: EnterRespondent) -> str:
    return render_template(
        "respondents/edit.html",
        title=gettext("Somebody who is answerable"),
        back=(url_for("respondents.listing"), gettext("Who is answerable")),
        action=url_for("respondents.enter"),
        form=form,
    )


def _line(one: Answerable) -> dict[str, object]:
    return {
        "href": url_for("respondents.one", respondent_id=one.id),
        "name": one.name,
        "kinds": _kinds(one),
        "country": (word("countries", one.country) or ("", ""))[1],
        "note": None,
    }


def _kinds(one: Answerable) -> list[str]:
    kind = word("respondent_kinds", one.kind)
    return [kind[1]] if kind else []
