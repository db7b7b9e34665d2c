"""What a legal step needs to know of somebody's immigration status: for those who are assigned, until its day."""

from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import kinds, opening, values
from casework.cases import legal_status as keeping_it
from casework.cases.legal_status import Needed
from casework.cases.values import Texts
from casework.errors import Invalid
from casework.web import questions
from casework.web.access import needs
from casework.web.cases_shown import day, word
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/legal-status")
@needs(Action.STATUS_RECORD, writes=True)
def legal_status(ref: str) -> str:
    """What is kept, if anything, and a form; for anybody who is not assigned there is no such page."""
    return _page(ref)


@pages.post("/<ref>/legal-status")
@needs(Action.STATUS_RECORD)
def write_legal_status(ref: str) -> Response | tuple[str, int]:
    """Keep it for a legal step, until its day."""
    texts = questions.typed_texts()
    answers = values.read(kinds.page("legal_status"), texts, locale=get_locale())
    if answers.problems:
        return _page(ref, texts, answers.problems), 422
    try:
        keeping_it.write(g.actor, ref, _needed(answers.values))
    except Invalid as refused:
        return _page(ref, texts, {refused.field or "": refused}), 422
    flash(gettext("Saved."))
    return redirect(url_for("cases.legal_status", ref=ref))


@pages.post("/<ref>/legal-status/remove")
@needs(Action.STATUS_RECORD)
def remove_legal_status(ref: str) -> Response:
    """The step is done."""
    keeping_it.remove(g.actor, ref)
    flash(gettext("It is removed."))
    return redirect(url_for("cases.page", ref=ref))


def _needed(found: dict[str, Any]) -> Needed:
    until = found.get("until") or {}
    return Needed(
        found["step"],
        found["status"],
        found.get("note", ""),
        date.fromisoformat(until["date"]) if until.get("date") else None,
    )


def _page(ref: str, texts: Texts | None = None, problems: dict[str, Invalid] | None = None) -> str:
    now = keeping_it.look(g.actor, ref)
    case = opening.load(g.actor, ref)
    return render_template(
        "cases/legal_status.html",
        facts=_facts(now) if now else None,
        action=url_for("cases.write_legal_status", ref=ref),
        remove_href=url_for("cases.remove_legal_status", ref=ref),
        questions=questions.ask(kinds.page("legal_status"), None, texts, problems),
        errors=questions.general(problems or {}),
        **back_to(case),
    )


def _facts(now: Needed) -> list[tuple[str, str]]:
    step, status = word("legal_steps", now.step), word("immigration_statuses", now.status)
    return [
        (gettext("Needed for"), step[1] if step else now.step),
        (gettext("Status"), status[1] if status else now.status),
        (gettext("For the lawyer"), now.note),
        (gettext("Removed on"), day(now.until)),
    ]
