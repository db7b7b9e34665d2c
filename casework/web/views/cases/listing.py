"""The desk's cases: filtered, sorted, a page at a time; what was chosen is in no address."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.respondents import register
from casework.search import desk_lists, saved_views
from casework.web import kept
from casework.web.access import needs
from casework.web.cases_shown import kind_word, staff
from casework.web.figures_shown import figures_in_words
from casework.web.forms.lists import ListForm, list_form
from casework.web.lists_shown import made_whole, row
from casework.web.pages_of import Pages
from casework.web.sums_shown import desk_sums
from casework.web.views.cases.blueprint import pages

#: Under this name what was chosen is kept.
WHAT = "cases"


@pages.get("/")
@needs(Action.CASE_LIST, network=True)
def listing() -> str:
    """A page of the list, as it was last filtered and sorted."""
    return page(request.args.get("v"))


def page(token: str | None, **more: Any) -> str:
    """The list.

    Args:
        token: of what was chosen.
        more: what else the template is told.
    """
    form = form_of(kept.recall(WHAT, token))
    size = current_app.config["CASEWORK"].page_size
    made_whole()
    found = desk_lists.browse(
        g.actor, form.filters(), form.order(), request.args.get("page", 1, type=int), size
    )
    part = Pages(found.total, size, found.number)
    return render_template(
        "cases/list.html",
        cases=[row(card) for card in found.cards],
        found=found.total,
        fields=form.fields,
        carried=form.carried(form.fields),
        terms_href=url_for("cases.terms", v=token),
        asked_href=url_for("cases.asked", v=token),
        chosen=form.words,
        sums_href=url_for("cases.sums", v=token),
        figures_href=url_for("cases.figures", v=token),
        problems=bool(found.problems or found.missing),
        views=saved_views.listing(g.actor),
        token=token or "",
        **more,
        **part.links(lambda number: url_for("cases.listing", v=token, page=number)),
    )


@pages.get("/in-their-own-terms")
@needs(Action.CASE_LIST, network=True)
def terms() -> str:
    """What people say of themselves, to choose from beside what was chosen already."""
    token = request.args.get("v")
    form = form_of(kept.recall(WHAT, token))
    return render_template(
        "cases/terms.html",
        fields=form.terms,
        carried=form.carried(form.terms),
        action=url_for("cases.filter"),
        back_href=url_for("cases.listing", v=token),
    )


@pages.get("/by-kind")
@needs(Action.CASE_LIST, network=True)
def asked() -> str:
    """What the chosen kind asks, to choose from beside what was chosen already; without a kind, that comes first."""
    token = request.args.get("v")
    form = form_of(kept.recall(WHAT, token))
    kind = form.chosen.get("kind")
    fields = form.asked if kind else [form.kind]
    return render_template(
        "cases/asked.html",
        kind=kind_word(kind)[1] if kind else "",
        fields=fields,
        carried=form.carried(fields),
        action=url_for("cases.filter"),
        back_href=url_for("cases.listing", v=token),
    )


@pages.get("/sums")
@needs(Action.CASE_LIST, network=True)
def sums() -> str:
    """How far the money of the listed cases came; each stage and each currency for itself."""
    token = request.args.get("v")
    form = form_of(kept.recall(WHAT, token))
    made_whole()
    return render_template(
        "cases/sums.html",
        currencies=desk_sums(desk_lists.sums(g.actor, form.filters())),
        chosen=form.words,
        back_href=url_for("cases.listing", v=token),
    )


@pages.get("/figures")
@needs(Action.CASE_LIST, network=True)
def figures() -> str:
    """What the listed cases add up to: for the desk alone."""
    token = request.args.get("v")
    form = form_of(kept.recall(WHAT, token))
    made_whole()
    return render_template(
        "cases/figures.html",
        **figures_in_words(desk_lists.figures(g.actor, form.filters())),
        chosen=form.words,
        sums_href=url_for("cases.sums", v=token),
        back_href=url_for("cases.listing", v=token),
    )


@pages.post("/")
@needs(Action.CASE_LIST, network=True)
def filter() -> Response:  # noqa: A001 - the name of what it does, as its address has it
    """Keep what was chosen, sealed, and show the list."""
    if "clear" in request.form:
        return redirect(url_for("cases.listing"))
    page = "cases.asked" if "ask" in request.form else "cases.listing"
    return redirect(url_for(page, v=kept.keep(WHAT, form_of(request.form).chosen)))


@pages.post("/mend")
@needs(Action.CASE_LIST)
def mend() -> Response:
    """Make anew, a slice at a time, what the list lost; pressing again goes on."""
    left = desk_lists.mend(g.actor)
    if left:
        flash(
            ngettext(
                "%(num)s case is still to be added to the list.",
                "%(num)s cases are still to be added to the list.",
                left,
            )
        )
    else:
        flash(gettext("The list is whole again."))
    return redirect(url_for("cases.listing"))


def form_of(chosen: Mapping[str, str]) -> ListForm:
    """The form of the list with what was chosen."""
    form = list_form(chosen.get("kind", ""))(data=dict(chosen.items()))
    people = sorted(
        ((str(one.user_id), one.name or "?") for one in staff()), key=lambda one: one[1].casefold()
    )
    everybody = register.listing(g.actor)
    leads = [one for one in everybody.known if everybody.leading(one.id) == one.id]
    doubles = {str(one.id): frozenset(same.id for same in everybody.same(one.id)) for one in leads}
    form.offer(people, [(str(one.id), one.name) for one in leads], doubles)
    return form
