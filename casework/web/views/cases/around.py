"""People around a case: one section of its page, and a form for each of them."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import around, kinds, values
from casework.cases.changing import CLOSED, Differing
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.web import csrf, given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.others_shown import shown
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to, show


@pages.get("/<ref>/around")
@needs(Action.CASE_OPEN, writes=True)
def others(ref: str) -> str:
    """Everybody who is written down; opening them is recorded."""
    case, people = around.look(g.actor, ref)
    add = (gettext("Add somebody"), url_for("cases.new_around", ref=ref), "new")
    return show(
        case,
        "around",
        people=[shown(case, one) for one in people],
        token=csrf.hidden_field(),
        add=() if case.row.status == CLOSED else (add,),
    )


@pages.get("/<ref>/around/new")
@needs(Action.CASE_WORK, writes=True)
def new_around(ref: str) -> str:
    """Nobody yet."""
    return _page(ref, None, given_back.texts(), {})


@pages.post("/<ref>/around/new")
@drafted(_("Somebody around a case"))
@needs(Action.CASE_WORK)
def add_around(ref: str) -> Response | tuple[str, int]:
    """Write somebody down, once."""
    texts = questions.typed_texts()
    told = values.read(kinds.page("around"), texts, locale=get_locale())
    if told.problems:
        return _page(ref, None, texts, told.problems), 422
    try:
        around.add(g.actor, ref, told.values, tokens.sent())
    except Invalid as refused:
        return _page(ref, None, texts, {refused.field or "": refused}), 422
    flash(gettext("Saved. How to reach them has a rule of its own."))
    return redirect(url_for("cases.others", ref=ref))


@pages.get("/<ref>/around/<uuid:person>/edit")
@needs(Action.CASE_WORK, writes=True)
def edit_around(ref: str, person: UUID) -> str:
    """What is kept of somebody, to correct."""
    return _page(ref, person, given_back.texts(), {})


@pages.post("/<ref>/around/<uuid:person>/edit")
@drafted(_("Somebody around a case"))
@needs(Action.CASE_WORK)
def change_around(ref: str, person: UUID) -> Response | tuple[str, int]:
    """Correct it."""
    texts, rev = questions.typed_texts(), request.form.get("rev", -1, type=int)
    told = values.read(kinds.page("around"), texts, locale=get_locale())
    if told.problems:
        return _page(ref, person, texts, told.problems, rev), 422
    try:
        around.change(g.actor, ref, person, told.values, rev)
    except Differing as differing:
        return _page(ref, person, texts, {"": _meanwhile()}, theirs=differing.theirs), 409
    except Invalid as refused:
        return _page(ref, person, texts, {refused.field or "": refused}, rev), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.others", ref=ref))


@pages.post("/<ref>/around/<uuid:person>/out")
@needs(Action.CASE_WORK)
def take_around(ref: str, person: UUID) -> Response:
    """Forget somebody."""
    around.take_out(g.actor, ref, person)
    flash(gettext("Nothing is kept of them any more."))
    return redirect(url_for("cases.others", ref=ref))


def _meanwhile() -> Invalid:
    return Invalid("Somebody else changed this meanwhile. Compare, then save again what is right.")


def _page(
    ref: str,
    person: UUID | None,
    texts: Texts | None,
    problems: dict[str, Invalid],
    rev: int | None = None,
    *,
    theirs: around.Around | None = None,
) -> str:
    case, one, now = around.to_change(g.actor, ref, person)
    return render_template(
        "cases/around_edit.html",
        action=request.path,
        form_token=tokens.for_form(),
        rev=now if rev is None else rev,
        new=person is None,
        questions=questions.ask(kinds.page("around"), one.told if one else None, texts, problems),
        errors=questions.general(problems),
        theirs=questions.say(kinds.page("around"), theirs.told) if theirs else None,
        **back_to(case),
    )
