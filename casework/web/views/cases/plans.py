"""The plan of a case: what was given, referrals outward and what came of them."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework import clock
from casework.access.policy import Action
from casework.cases import arriving, opening, values
from casework.cases.opening import OpenCase
from casework.cases.values import Texts
from casework.errors import Invalid, NotFound
from casework.people import consents
from casework.plans import directory, giving, referring, setting
from casework.web import plan_shown, questions, tokens
from casework.web.access import needs
from casework.web.cases_shown import word
from casework.web.forms import typed
from casework.web.forms.plans import Outcome, Refer
from casework.web.services_shown import marked
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to

Answer = Response | tuple[str, int]


@pages.get("/<ref>/plan/given")
@needs(Action.CASE_WORK, writes=True)
def new_service(ref: str) -> str:
    """A form for something that was given."""
    return _given(arriving.arrive(g.actor, ref), None, {})


@pages.post("/<ref>/plan/given")
@needs(Action.CASE_WORK)
def add_service(ref: str) -> Answer:
    """Write it down, once."""
    texts = questions.typed_texts()
    answers = values.read(giving.question().fields, texts, locale=get_locale())
    problems = dict(answers.problems)
    if not problems:
        try:
            giving.give(g.actor, ref, answers.values, tokens.sent())
        except Invalid as refused:
            problems[refused.field or ""] = refused
        else:
            return redirect(_plan(ref))
    return _given(opening.load(g.actor, ref), texts, problems), 422


@pages.get("/<ref>/plan/refer")
@needs(Action.OUTSIDE_RECORD, writes=True)
def new_referral(ref: str) -> str:
    """Where to, and what is told there."""
    return _refer(arriving.arrive(g.actor, ref), _form())


@pages.post("/<ref>/plan/refer")
@needs(Action.OUTSIDE_RECORD)
def add_referral(ref: str) -> Answer:
    """Refer them, once."""
    form = _form()
    if form.validate():
        try:
            words = gettext("Ask what came of the referral")
            referring.refer(g.actor, ref, form.wish, words, tokens.sent())
        except Invalid as refused:
            form.refuse(_beside(refused, form))
        else:
            flash(gettext("Written down. On the day you chose, a task asks what came of it."))
            return redirect(_plan(ref))
    return _refer(opening.load(g.actor, ref), form), 422


@pages.get("/<ref>/plan/referrals/<uuid:referral_id>")
@needs(Action.CASE_WORK, writes=True)
def referral(ref: str, referral_id: UUID) -> str:
    """One referral, and what came of it; it shows whose case it is, so it is an arrival."""
    return _one(arriving.arrive(g.actor, ref), referral_id, _outcome())


@pages.post("/<ref>/plan/referrals/<uuid:referral_id>")
@needs(Action.CASE_WORK)
def answer_referral(ref: str, referral_id: UUID) -> Answer:
    """Say what came of it."""
    form = _outcome()
    if form.validate():
        chosen = word("referral_outcomes", form.outcome.data)
        words = chosen[1] if chosen else form.outcome.data
        referring.answer(g.actor, ref, referral_id, form.outcome.data, form.note.data or "", words)
        flash(gettext("Saved."))
        return redirect(_plan(ref))
    return _one(opening.load(g.actor, ref), referral_id, form), 422


def _plan(ref: str) -> str:
    return url_for("cases.section", ref=ref, section="plan")


def _beside(refused: Invalid, form: Refer) -> Invalid:
    """What the room calls a recipient and data is asked here under other names."""
    place = "service" if form.service.data else "to"
    field = {"recipient": place, "data": "told"}.get(refused.field or "", refused.field)
    return Invalid(refused.message, field, **refused.params)


def _form() -> Refer:
    form: Refer = typed(Refer, data={"after": setting.referral("ask_after_days")})
    form.offer([(str(one.id), marked(one)) for one in directory.listing(g.actor)[0]])
    return form


def _outcome() -> Outcome:
    form: Outcome = typed(Outcome)
    form.offer()
    return form


def _given(case: OpenCase, texts: Texts | None, problems: dict[str, Invalid]) -> str:
    return render_template(
        "cases/service_new.html",
        action=request.path,
        form_token=tokens.for_form(),
        questions=questions.ask(giving.question().fields, None, texts, problems),
        errors=questions.general(problems),
        **(back_to(case) | {"back_href": _plan(case.row.ref)}),
    )


def _refer(case: OpenCase, form: Refer) -> str:
    told = consents.listing(g.actor, case.keys).told
    agreed = [one.answer for one in told if one.answer.purpose == "referral" and one.holds(clock.today())]
    return render_template(
        "cases/refer.html",
        form=form,
        action=request.path,
        form_token=tokens.for_form(),
        agreed=list(dict.fromkeys(one.recipient for one in agreed)),
        consents_href=url_for("cases.consents", ref=case.row.ref),
        **(back_to(case) | {"back_href": _plan(case.row.ref)}),
    )


def _one(case: OpenCase, referral_id: UUID, form: Outcome) -> str:
    found = next((one for one in referring.listing(case) if one.id == referral_id), None)
    if found is None:
        raise NotFound
    return render_template(
        "cases/referral.html",
        form=form,
        action=request.path,
        one=plan_shown.referral(case, found),
        closed=case.row.status == "closed",
        **(back_to(case) | {"back_href": _plan(case.row.ref)}),
    )
