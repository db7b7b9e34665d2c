"""What the person agreed to, purpose by purpose; asking, and taking back."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from casework import clock, codes
from casework.access.policy import Action
from casework.cases import arriving, consenting, exceptions, gate, kinds, left, opening, values
from casework.cases.values import Texts
from casework.errors import Denied, Invalid
from casework.people.consents import Answer, Told
from casework.web import errors, given_back, questions, tokens
from casework.web.access import drafted, needs
from casework.web.cases_shown import day, moment, word, workers
from casework.web.grants_shown import what_left
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to


@pages.get("/<ref>/consents")
@needs(Action.CASE_OPEN, writes=True)
def consents(ref: str) -> str:
    """The answers so far, and a form for one more; opening them is recorded."""
    arriving.look_into(g.actor, ref, "consents")
    return _page(ref, given_back.texts(), {})


@pages.post("/<ref>/consents")
@drafted(_("A consent"))
@needs(Action.CONSENT_RECORD)
def record_consent(ref: str) -> Response | tuple[str, int]:
    """Write down one answer to one question."""
    texts = questions.typed_texts()
    answers = values.read(kinds.page("consent"), texts, locale=get_locale())
    if answers.problems:
        return _page(ref, texts, answers.problems), 422
    try:
        consenting.record(g.actor, ref, answer_of(answers.values), tokens.sent())
    except Invalid as refused:
        return _page(ref, texts, {refused.field or "": refused}), 422
    flash(gettext("Written down."))
    return redirect(url_for("cases.consents", ref=ref))


@pages.post("/<ref>/consents/<uuid:consent_id>/withdraw")
@needs(Action.CONSENT_RECORD)
def withdraw_consent(ref: str, consent_id: UUID) -> Response:
    """The person takes it back; a word is enough."""
    consenting.withdraw(g.actor, ref, consent_id)
    flash(gettext("Taken back. From now on it counts no more."))
    return redirect(url_for("cases.consents", ref=ref))


@pages.post("/<ref>/consents/take-out")
@needs(Action.CONSENT_RECORD)
def take_out(ref: str) -> Response:
    """Name and numbers go, because nothing allows to keep them any more."""
    consenting.take_out(g.actor, ref)
    flash(gettext("Name and numbers are taken out."))
    return redirect(url_for("cases.page", ref=ref))


@pages.post("/<ref>/emergency")
@needs(Action.CASE_WORK)
def claim_emergency(ref: str) -> Response | tuple[str, int]:
    """Somebody in danger could not be asked: 72 hours."""
    try:
        exceptions.claim(g.actor, ref, request.form.get("reason", ""))
    except Invalid as refused:
        return _page(ref, None, {}, emergency=refused), 422
    except Denied as denied:
        errors.record_denial(denied)
        only = Invalid(
            "An emergency ended here before. Only a coordinator can say that there is another one."
        )
        return _page(ref, None, {}, emergency=only), 403
    flash(gettext("For 72 hours a name and a number can be kept. Ask the person as soon as they can answer."))
    return redirect(url_for("cases.edit", ref=ref, section="identity"))


def answer_of(found: dict[str, Any], purpose: str = "") -> Answer:
    """An answer as the consents room takes it.

    Args:
        found: what the form said, by key.
        purpose: where the page asks for one purpose only.
    """
    ends_on, said_on = found.get("ends_on") or {}, found.get("said_on") or {}
    return Answer(
        purpose=purpose or found["purpose"],
        given=found["given"] == "yes",
        how=found.get("how", ""),
        language=found.get("language", ""),
        interpreter=found.get("interpreter", ""),
        present=tuple(found.get("present", ())),
        recipient=found.get("recipient", ""),
        data=found.get("data", ""),
        ends_on=date.fromisoformat(ends_on["date"]) if ends_on.get("date") else None,
        said_on=date.fromisoformat(said_on["date"]) if said_on.get("date") else None,
    )


def _page(
    ref: str, texts: Texts | None, problems: dict[str, Invalid], *, emergency: Invalid | None = None
) -> str:
    found = consenting.listing(g.actor, ref)
    case = opening.load(g.actor, ref)
    return render_template(
        "cases/consents.html",
        action=url_for("cases.record_consent", ref=ref),
        form_token=tokens.for_form(),
        questions=questions.ask(kinds.page("consent"), _chosen(), texts, problems),
        errors=questions.general(problems),
        told=[
            _shown(ref, one, newest=found.newest(one.answer.purpose, one.answer.recipient) is one)
            for one in found.told
        ],
        unread=found.refused,
        missing=not found.whole and not found.refused,
        take_out_href=url_for("cases.take_out", ref=ref) if consenting.unasked(case) else None,
        less_href=url_for("cases.edit", ref=ref, section="identity"),
        kept_until=moment(case.emergency.ends_at) if case.emergency and gate.emergency(case) else None,
        left=[
            (one.recipient, _purpose(one.purpose), what_left(one), day(one.at.date()))
            for one in left.everything(case)
        ],
        emergency_href=url_for("cases.claim_emergency", ref=ref),
        emergency_error=questions.sentence(emergency) if emergency else None,
        emergency_reason=request.form.get("reason", "") if emergency else "",
        **back_to(case),
    )


def _chosen() -> dict[str, str]:
    """What a page that led here wants to have asked; anything else that somebody sent is nothing."""
    wanted = request.args.get("purpose", "")
    return {"purpose": wanted} if wanted in codes.load("consent_purposes") else {}


def _purpose(code: str) -> str:
    found = word("consent_purposes", code)
    return found[1] if found else code


def _shown(ref: str, one: Told, *, newest: bool) -> dict[str, object]:
    """An answer; one that was followed by another to the same question counts no more, whatever it was."""
    answer, holds = one.answer, newest and one.holds(clock.today())
    how = word("consent_given", answer.how)
    return {
        "purpose": _purpose(answer.purpose),
        "data": answer.data,
        "recipient": answer.recipient,
        "given": answer.given,
        "holds": holds,
        "followed": not newest,
        "how": how[1] if how else answer.how,
        "at": day(one.at.date()),
        "said": day(answer.said_on) if answer.said_on else None,
        "until": day(answer.ends_on) if answer.given else None,
        "by": workers().get(one.by),
        "withdrawn": day(one.withdrawn_at.date()) if one.withdrawn_at else None,
        "withdraw_href": url_for("cases.withdraw_consent", ref=ref, consent_id=one.id) if holds else None,
    }
