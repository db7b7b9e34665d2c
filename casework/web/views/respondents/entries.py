"""Looking for somebody in the register, entering and correcting them."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework.access.policy import Action, can
from casework.cases import kinds, values
from casework.cases.values import Answers, Texts
from casework.errors import Invalid
from casework.respondents import register
from casework.respondents.records import Answerable, ChangedMeanwhile
from casework.search import answerable
from casework.web import given_back, kept, questions, tokens
from casework.web.access import drafted, needs
from casework.web.alike import confirmed
from casework.web.forms import typed
from casework.web.forms.cases import Look
from casework.web.respondents_shown import line, lines, whole
from casework.web.rows import rearranged
from casework.web.views.respondents.blueprint import pages

_WHAT = "respondents"
Answer = Response | str | tuple[str, int]


@pages.get("/")
@needs(Action.RESPONDENT_VIEW, network=True)
def listing() -> str:
    """Everybody, or those that fit what was looked for."""
    query = kept.recall(_WHAT, request.args.get("v")).get("query", "")
    everybody = register.listing(g.actor)
    return render_template(
        "respondents/list.html",
        respondents=lines(everybody, query),
        form=Look(data={"query": query}),
        may_enter=can(g.actor, Action.RESPONDENT_ENTER),
        refused=everybody.refused > 0,
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
@needs(Action.RESPONDENT_ENTER, network=True)
def new() -> str:
    """What they are called, what they are, where."""
    return _page(None, given_back.texts())


@pages.post("/new")
@drafted(_("Somebody who is answerable"))
@needs(Action.RESPONDENT_ENTER, network=True)
def enter() -> Answer:
    """Enter them, once; where somebody is called alike, only after a look at those."""
    texts = questions.typed_texts()
    if (other := rearranged(request.form, texts)) is not None:
        return _page(None, other)
    told = _read(texts)
    if told.problems:
        return _page(None, texts, told.problems), 422
    if not confirmed() and (alike := _alike(told)):
        return _page(None, texts, alike=alike), 409
    try:
        one = register.enter(g.actor, *_own(told), tokens.sent(), told.values)
    except Invalid as refused:
        return _page(None, texts, {refused.field or "": refused}), 422
    return redirect(url_for("respondents.one", respondent_id=one.id))


@pages.get("/<uuid:respondent_id>")
@needs(Action.RESPONDENT_VIEW, network=True)
def one(respondent_id: UUID) -> str:
    """What the register says of one, what they hang together with, and which cases of this desk name them."""
    return render_template("respondents/one.html", **whole(g.actor, respondent_id))


@pages.get("/<uuid:respondent_id>/edit")
@needs(Action.RESPONDENT_ENTER, network=True)
def edit(respondent_id: UUID) -> str:
    """A form for what is different."""
    return _page(register.get(g.actor, respondent_id), given_back.texts())


@pages.post("/<uuid:respondent_id>/edit")
@drafted(_("Somebody who is answerable"))
@needs(Action.RESPONDENT_ENTER, network=True)
def correct(respondent_id: UUID) -> Answer:
    """Keep what is different."""
    now, texts = register.get(g.actor, respondent_id), questions.typed_texts()
    if (other := rearranged(request.form, texts)) is not None:
        return _page(now, other)
    told = _read(texts)
    if told.problems:
        return _page(now, texts, told.problems), 422
    rev = request.form.get("rev", 0, type=int)
    try:
        register.correct(g.actor, respondent_id, *_own(told), told.values, rev)
    except ChangedMeanwhile as changed:
        meanwhile = Invalid("Somebody else changed this meanwhile. Compare, then save again what is right.")
        return _page(changed.theirs, texts, {"": meanwhile}, theirs=True), 409
    except Invalid as refused:
        return _page(now, texts, {refused.field or "": refused}), 422
    flash(gettext("Saved."))
    return redirect(url_for("respondents.one", respondent_id=respondent_id))


def _read(texts: Texts) -> Answers:
    told = values.read(kinds.page("respondent"), texts, locale=get_locale())
    for needed in ("name", "kind"):
        if not told.values.get(needed):
            told.problems.setdefault(needed, Invalid("Please answer this one.", needed))
    return told


def _own(told: Answers) -> tuple[str, str, str]:
    return told.values["kind"], told.values["name"], told.values.get("country", "")


def _alike(told: Answers) -> list[dict[str, Any]]:
    """Entries that may be this one already."""
    new = Answerable(UUID(int=0), *_own(told), told.values)
    found = answerable.alike(register.listing(g.actor), (*new.names, *answerable.numbers(new)))
    return [line(likely.one, likely.reason) for likely in found]


def _page(
    now: Answerable | None,
    texts: Texts | None = None,
    problems: dict[str, Invalid] | None = None,
    *,
    theirs: bool = False,
    alike: list[dict[str, Any]] | None = None,
) -> str:
    asked = kinds.page("respondent")
    stored = {**now.answers, "name": now.name, "kind": now.kind, "country": now.country} if now else None
    here = url_for("respondents.one", respondent_id=now.id) if now else url_for("respondents.listing")
    return render_template(
        "respondents/form.html",
        title=now.name if now else gettext("Somebody who is answerable"),
        back_href=here,
        action=request.path,
        form_token=tokens.for_form(),
        rev=now.rev if now else 0,
        questions=questions.ask(asked, stored, texts, problems or {}),
        errors=questions.general(problems or {}),
        theirs=questions.say(asked, stored or {}) if theirs else None,
        alike=alike,
    )
