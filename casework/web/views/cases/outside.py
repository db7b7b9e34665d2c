"""Contacts with somebody outside: what they may learn, and the second person where one is needed."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import kinds, values
from casework.cases import outside as going_out
from casework.cases.outside import Contact, Going
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.web import questions, tokens
from casework.web.access import needs
from casework.web.cases_shown import moment, word, workers
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/outside")
@needs(Action.OUTSIDE_RECORD, writes=True)
def outside(ref: str) -> str:
    """Who outside was spoken to, and a form for one more; opening it is recorded."""
    return _page(ref)


@pages.post("/<ref>/outside")
@needs(Action.OUTSIDE_RECORD)
def go_outside(ref: str) -> Response | tuple[str, int]:
    """Say what is to go; it may go at once, or waits for a second person."""
    texts = questions.typed_texts()
    answers = values.read(kinds.page("outside"), texts, locale=get_locale())
    if answers.problems:
        return _page(ref, texts, answers.problems), 422
    try:
        going_out.ask(g.actor, ref, Going(**answers.values), tokens.sent())
    except Invalid as refused:
        return _page(ref, texts, {refused.field or "": refused}), 422
    flash(gettext("Written down. Below it says whether it may leave."))
    return redirect(url_for("cases.outside", ref=ref))


@pages.post("/<ref>/outside/<uuid:entry_id>")
@needs(Action.OUTSIDE_RELEASE)
def decide_outside(ref: str, entry_id: UUID) -> Response | tuple[str, int]:
    """The second person decides."""
    try:
        going_out.decide(g.actor, ref, entry_id, release=request.form.get("decision") == "release")
    except Invalid as refused:
        return _page(ref, None, {"": refused}), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.outside", ref=ref))


def _page(ref: str, texts: Texts | None = None, problems: dict[str, Invalid] | None = None) -> str:
    case, contacts = going_out.listing(g.actor, ref)
    return render_template(
        "cases/outside.html",
        action=url_for("cases.go_outside", ref=ref),
        form_token=tokens.for_form(),
        contacts=[_shown(ref, one) for one in contacts],
        questions=questions.ask(kinds.page("outside"), None, texts, problems),
        errors=questions.general(problems or {}),
        closed=case.row.status == "closed",
        **back_to(case),
    )


def _shown(ref: str, one: Contact) -> dict[str, object]:
    purpose = word("consent_purposes", one.going.purpose)
    waits = one.released is None
    return {
        "purpose": purpose[1] if purpose else one.going.purpose,
        "recipient": one.going.recipient,
        "data": one.going.data,
        "released": one.released,
        "by": workers().get(one.by),
        "second": workers().get(one.decided_by) if one.decided_by else None,
        "at": moment(one.left_at or one.at),
        "mine": one.by == g.actor.user_id,
        "decide_href": url_for("cases.decide_outside", ref=ref, entry_id=one.id) if waits else None,
    }
