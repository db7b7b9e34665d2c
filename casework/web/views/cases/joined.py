"""Joining two cases of one person by hand, and taking them apart again."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import joining, references
from casework.cases.asking import Section
from casework.cases.joining import Beside
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.search import duplicates
from casework.web import joined_shown
from casework.web.access import drafted, needs
from casework.web.forms import Form, typed
from casework.web.forms.joining import Join, Part, Which
from casework.web.lists_shown import row, why
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/join")
@needs(Action.CASE_JOIN, writes=True)
def join(ref: str) -> str | tuple[str, int]:
    """With which case; and both beside each other, once that is known."""
    other = request.args.get("other", "").strip()
    if not other:
        return _which(ref, Which())
    try:
        return _beside(joining.compare(g.actor, ref, other), typed(Join, data={"other": other}))
    except Invalid as refused:
        form = Which(data={"other": other})
        form.refuse(refused)
        return _which(ref, form), 422


@pages.post("/<ref>/join/with")
@needs(Action.CASE_JOIN)
def join_with(ref: str) -> Response | tuple[str, int]:
    """A reference may stand in an address; whatever else was typed in its place, a name perhaps, may not."""
    form: Which = typed(Which)
    other = references.read(form.other.data or "")
    if form.validate() and other is None:
        form.refuse(joining.no_such_case())
    if form.errors or other is None:
        return _which(ref, form), 422
    return redirect(url_for("cases.join", ref=ref, other=other))


@pages.post("/<ref>/join")
@drafted(_("Joining two cases"))
@needs(Action.CASE_JOIN)
def make_one(ref: str) -> Response | tuple[str, int]:
    """Join them."""
    form: Join = typed(Join)
    other = form.other.data or ""
    try:
        if form.validate():
            kept = joining.join(g.actor, ref, other, form.reason.data)
            flash(
                gettext(
                    "Joined. Both references lead here, and nothing was lost: they can be taken apart again."
                )
            )
            return redirect(url_for("cases.page", ref=kept.row.ref))
        return _beside(joining.compare(g.actor, ref, other), form), 422
    except Invalid as refused:
        form.refuse(refused)
        return _again(ref, other, form), 422


def _again(ref: str, other: str, form: Join) -> str:
    """Both beside each other with what is wrong; where they cannot be joined, the question with which."""
    try:
        return _beside(joining.compare(g.actor, ref, other), form)
    except Invalid as refused:
        which = Which(data={"other": other})
        which.refuse(refused)
        return _which(ref, which)


@pages.get("/<ref>/apart/<other>")
@needs(Action.CASE_JOIN, writes=True)
def part(ref: str, other: str) -> str:
    """Why they are taken apart."""
    return _parting(ref, other, typed(Part))


@pages.post("/<ref>/apart/<other>")
@drafted(_("Taking two cases apart"))
@needs(Action.CASE_JOIN)
def make_two(ref: str, other: str) -> Response | tuple[str, int]:
    """Take them apart."""
    form: Part = typed(Part)
    if not form.validate():
        return _parting(ref, other, form), 422
    try:
        joining.part(g.actor, ref, other, form.reason.data)
    except Invalid as refused:
        form.refuse(refused)
        return _parting(ref, other, form), 422
    flash(
        gettext(
            "They are two cases again, each with what was written in it. Who can see them stays as it is."
        )
    )
    return redirect(url_for("cases.page", ref=ref))


def _which(ref: str, form: Form) -> str:
    case = joining.look(g.actor, ref)
    return render_template(
        "cases/join_which.html",
        form=form,
        action=url_for("cases.join_with", ref=ref),
        likely=_likely(case),
        **back_to(case),
    )


def _likely(case: OpenCase) -> list[dict[str, Any]]:
    """Cases whose person may be this one; each line leads to both beside each other."""
    identity, header = (case.section(one).values for one in (Section.IDENTITY, Section.HEADER))
    told = {key: header.get(key) for key in ("home", "language")} | dict(identity)
    hits = duplicates.known_already(g.actor, told, besides=case.id)
    here = url_for("cases.join", ref=case.row.ref, other="-").removesuffix("-")
    return [row(hit.card, why(hit.reason)) | {"href": f"{here}{hit.card.ref}"} for hit in hits]


def _beside(both: Beside, form: Join) -> str:
    mine, theirs = both.kept.row.ref, both.other.row.ref
    return render_template(
        "cases/join.html",
        form=form,
        action=url_for("cases.make_one", ref=mine),
        pair=[joined_shown.beside(one) for one in (both.kept, both.other)],
        narrows=both.narrows,
        swap_href=url_for("cases.join", ref=theirs, other=mine),
        **back_to(both.kept),
    )


def _parting(ref: str, other: str, form: Part) -> str:
    return render_template(
        "cases/part.html", form=form, action=request.path, other=other, **back_to(joining.look(g.actor, ref))
    )
