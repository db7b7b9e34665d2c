"""Groups of a desk: the list, one group, what happened to all of them, logging several people at once."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import kinds, values
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.groups import service, several
from casework.respondents import register
from casework.search import duplicates
from casework.web import given_back, groups_shown, questions, tokens
from casework.web.access import drafted, needs
from casework.web.alike import alike_rows, confirmed
from casework.web.forms.cases import kinds_of_entry
from casework.web.moments import typed_moment
from casework.web.rows import rearranged

pages = Blueprint("groups", __name__, url_prefix="/desk/<desk>/groups")

Problems = dict[str, Invalid]


@pages.get("/")
@needs(Action.CASE_LIST)
def listing() -> str:
    """The groups of this desk, each with as many members as the reader may know of."""
    found, refused = service.listing(g.actor)
    return render_template(
        "groups/list.html", groups=[groups_shown.line(one) for one in found], refused=refused
    )


@pages.get("/new")
@needs(Action.CASE_WORK)
def new() -> str:
    """A name, and what binds them."""
    return _edit(gettext("New group"), given_back.texts(), {})


@pages.post("/new")
@drafted(_("A group"))
@needs(Action.CASE_WORK)
def make() -> Response | tuple[str, int]:
    """Make it, once."""
    texts = questions.typed_texts()
    told = values.read(kinds.page("group"), texts, locale=get_locale())
    if not told.problems:
        try:
            made = service.make(g.actor, told.values, tokens.sent())
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            return redirect(url_for("groups.one", group_id=made))
    return _edit(gettext("New group"), texts, told.problems), 422


@pages.get("/<uuid:group_id>")
@needs(Action.CASE_LIST)
def one(group_id: UUID) -> str:
    """Who belongs to it, as far as the reader may know, and what happened to all of them."""
    return _one(group_id, given_back.texts(), {})


@pages.post("/<uuid:group_id>")
@drafted(_("A note of a group"))
@needs(Action.CASE_WORK)
def note(group_id: UUID) -> Response | tuple[str, int]:
    """Write for all of them, once."""
    texts = questions.typed_texts()
    told = values.read(kinds.page("entry"), texts, locale=get_locale())
    if not told.problems:
        try:
            kind, when = request.form.get("kind", "note"), typed_moment(told.values)
            service.note(g.actor, group_id, kind, when, told.values["text"], tokens.sent())
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved. It is shown in the case of each of them."))
            return redirect(url_for("groups.one", group_id=group_id))
    return _one(group_id, texts, told.problems), 422


@pages.get("/<uuid:group_id>/edit")
@needs(Action.CASE_WORK)
def edit(group_id: UUID) -> str:
    """What binds them, to correct; the name stays, because people agreed to it."""
    return _correct(group_id, None, {})


@pages.post("/<uuid:group_id>/edit")
@needs(Action.CASE_WORK)
def correct(group_id: UUID) -> Response | tuple[str, int]:
    """Keep it."""
    texts = questions.typed_texts()
    told = values.read(_but_the_name(), texts, locale=get_locale())
    if not told.problems:
        try:
            service.change(g.actor, group_id, told.values)
        except Invalid as refused:
            told.problems[refused.field or ""] = refused
        else:
            flash(gettext("Saved."))
            return redirect(url_for("groups.one", group_id=group_id))
    return _correct(group_id, texts, told.problems), 422


@pages.get("/<uuid:group_id>/log")
@needs(Action.CASE_LOG, network=True)
def several_new(group_id: UUID) -> str:
    """What they share, and a line a person."""
    return _several(group_id, given_back.texts(), {})


@pages.post("/<uuid:group_id>/log")
@drafted(_("Several new contacts"))
@needs(Action.CASE_LOG, network=True)
def log_several(group_id: UUID) -> Response | str | tuple[str, int]:
    """A case for each of them, once."""
    texts = questions.typed_texts()
    if (other := rearranged(request.form, texts)) is not None:
        return _several(group_id, other, {})
    told = values.read(kinds.page("group_log"), texts, locale=get_locale())
    people = told.values.get("people") or []
    if told.problems:
        return _several(group_id, texts, told.problems), 422
    if not confirmed() and (alike := _known_already(told.values, people)):
        return _several(group_id, texts, {}, alike=alike), 409
    try:
        refs = several.log(g.actor, group_id, told.values, people, tokens.sent(), _respondent())
    except Invalid as refused:
        return _several(group_id, texts, {refused.field or "": refused}), 422
    flash(ngettext("Saved: %(num)s case. Ask them.", "Saved: %(num)s cases. Ask each of them.", len(refs)))
    return redirect(url_for("groups.one", group_id=group_id))


def _respondent() -> UUID | None:
    try:
        return UUID(request.form.get("respondent") or "")
    except ValueError:
        return None


def _known_already(shared: dict[str, Any], people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cases that some of them may have already, each once."""
    hits = [
        hit for person in people for hit in duplicates.known_already(g.actor, several.answers(shared, person))
    ]
    return alike_rows({hit.card.case_id: hit for hit in hits}.values())


def _but_the_name() -> list[Any]:
    return [field for field in kinds.page("group") if field.key != "name"]


def _edit(title: str, texts: Texts | None, problems: Problems) -> str:
    return render_template(
        "groups/edit.html",
        title=title,
        back=(url_for("groups.listing"), gettext("Groups")),
        action=request.path,
        form_token=tokens.for_form(),
        questions=questions.ask(kinds.page("group"), None, texts, problems),
        errors=questions.general(problems),
    )


def _correct(group_id: UUID, texts: Texts | None, problems: Problems) -> str:
    group = service.look(g.actor, group_id)
    return render_template(
        "groups/edit.html",
        title=group.name,
        back=(url_for("groups.one", group_id=group_id), gettext("Back to the group")),
        action=request.path,
        form_token=tokens.for_form(),
        questions=questions.ask(_but_the_name(), group.told, texts, problems),
        errors=questions.general(problems),
    )


def _one(group_id: UUID, texts: Texts | None, problems: Problems) -> str:
    group = service.look(g.actor, group_id)
    chosen = given_back.shown().get("kind", "note")
    return render_template(
        "groups/one.html",
        name=group.name,
        facts=groups_shown.facts(group),
        members=groups_shown.members(group),
        noted=groups_shown.noted(group),
        edit_href=url_for("groups.edit", group_id=group_id),
        log_href=url_for("groups.several_new", group_id=group_id),
        action=request.path,
        form_token=tokens.for_form(),
        kinds=[(code, label, code == chosen) for code, label in kinds_of_entry()],
        questions=questions.ask(kinds.page("entry"), None, texts, problems),
        errors=questions.general(problems),
        writing=bool(problems),
    )


def _several(group_id: UUID, texts: Texts | None, problems: Problems, **more: Any) -> str:
    group = service.look(g.actor, group_id)
    register_ = [(str(one.id), one.name) for one in register.listing(g.actor).known]
    return render_template(
        "groups/log.html",
        name=group.name,
        back_href=url_for("groups.one", group_id=group_id),
        action=request.path,
        form_token=tokens.for_form(),
        questions=questions.ask(kinds.page("group_log"), None, texts, problems),
        respondents=register_,
        chosen=request.form.get("respondent", ""),
        errors=questions.general(problems),
        distinct=confirmed(),
        **more,
    )
