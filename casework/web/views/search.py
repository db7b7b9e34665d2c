"""Search over the desk's cards: a misspelt name, another script, the end of a number, a reference."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.search import desk_lists
from casework.web import kept
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.cases import Look
from casework.web.lists_shown import made_whole, row, why

pages = Blueprint("search", __name__, url_prefix="/desk/<desk>/search")

_WHAT = "search"


@pages.get("/")
@needs(Action.CASE_LIST)
def page() -> str:
    """The form, and what was found for the words that were kept."""
    query = kept.recall(_WHAT, request.args.get("v")).get("query", "")
    made_whole()
    found = desk_lists.look(g.actor, query) if query else None
    return render_template(
        "search/search.html",
        form=Look(data={"query": query}),
        asked=bool(query),
        hits=[row(hit.card, why(hit.reason)) for hit in found or ()],
        more=found is not None and found.more,
        problems=found is not None and bool(found.problems or found.missing),
    )


@pages.post("/")
@needs(Action.CASE_LIST)
def find() -> Response:
    """Keep the words out of the address."""
    form = typed(Look)
    if not form.validate():
        return redirect(url_for("search.page"))
    return redirect(url_for("search.page", v=kept.keep(_WHAT, {"query": form.query.data})))
