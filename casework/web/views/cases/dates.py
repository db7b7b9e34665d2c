"""Dates and tasks of a case: the earliest first, each with its working; ending them, and who does them."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import arriving, opening, values
from casework.cases.opening import OpenCase
from casework.deadlines import service
from casework.deadlines.held import Held
from casework.errors import Invalid
from casework.plans import trying
from casework.web import questions, tokens
from casework.web.access import needs
from casework.web.cases_shown import staff, workers
from casework.web.dates_shown import place, shown
from casework.web.forms import typed
from casework.web.forms.dates import DUE, Pair, Reason, Task, due_of
from casework.web.turns_shown import turned
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to, show

Answer = Response | tuple[str, int]


@pages.get("/<ref>/dates")
@needs(Action.CASE_OPEN, writes=True)
def dates(ref: str) -> str:
    """All dates and tasks; opening them is recorded."""
    found = service.listing(g.actor, ref)
    case = opening.load(g.actor, ref)
    doing = [
        (gettext("Add a task"), url_for("cases.new_task", ref=ref), "new"),
        (gettext("Enter what starts a clock"), url_for("cases.edit", ref=ref, section="legal"), "edit"),
    ]
    return show(
        case,
        "dates",
        dates=[_line(case, one) for one in found.running],
        ended=[_line(case, one) for one in found.ended],
        place=place(found.zone),
        trouble=questions.sentence(found.trouble) if found.trouble else None,
        refused=found.refused,
        add=() if case.row.status == "closed" else doing,
    )


@pages.get("/<ref>/dates/new")
@needs(Action.DEADLINE_WORK, writes=True)
def new_task(ref: str) -> str:
    """A form for a task; it shows whose case it is, so it is an arrival."""
    return _task_page(arriving.arrive(g.actor, ref), _task_form(), None, {})


@pages.post("/<ref>/dates/new")
@needs(Action.DEADLINE_WORK)
def add_task(ref: str) -> Answer:
    """Keep it; the same form twice makes one task."""
    form, texts = _task_form(), questions.typed_texts()
    answers = values.read([DUE], texts, locale=get_locale())
    problems = dict(answers.problems)
    if form.validate() and not problems:
        try:
            about = trying.CONTACT if form.contact.data else ""
            service.add_task(g.actor, ref, form.title.data, due_of(answers), form.pair, tokens.sent(), about)
        except Invalid as refused:
            if refused.field == DUE.key:
                problems[DUE.key] = refused
            else:
                form.refuse(refused)
        else:
            return redirect(url_for("cases.dates", ref=ref))
    return _task_page(opening.load(g.actor, ref), form, texts, problems), 422


@pages.get("/<ref>/dates/<uuid:deadline_id>")
@needs(Action.CASE_OPEN, writes=True)
def one_date(ref: str, deadline_id: UUID) -> str:
    """One date: its working, what became of it, and what can be done with it."""
    arriving.look_into(g.actor, ref, "dates")
    return _page(ref, deadline_id)


@pages.post("/<ref>/dates/<uuid:deadline_id>/done")
@needs(Action.DEADLINE_WORK)
def date_done(ref: str, deadline_id: UUID) -> Answer:
    """It was done."""
    return _with_reason(ref, deadline_id, service.done)


@pages.post("/<ref>/dates/<uuid:deadline_id>/strike")
@needs(Action.DEADLINE_WORK)
def strike_date(ref: str, deadline_id: UUID) -> Answer:
    """It does not count: a second person is asked."""
    return _with_reason(ref, deadline_id, service.strike)


@pages.post("/<ref>/dates/<uuid:deadline_id>/again")
@needs(Action.DEADLINE_WORK)
def date_again(ref: str, deadline_id: UUID) -> Answer:
    """It was ended by mistake."""
    return _with_reason(ref, deadline_id, service.reopen)


@pages.post("/<ref>/dates/<uuid:deadline_id>/agree")
@needs(Action.DEADLINE_WORK)
def agree_to_strike(ref: str, deadline_id: UUID) -> Answer:
    """The second person agrees, or lets it stand."""
    agree = request.form.get("agree") == "yes"
    return _do(ref, deadline_id, lambda: service.answer_strike(g.actor, ref, deadline_id, agree=agree))


@pages.post("/<ref>/dates/<uuid:deadline_id>/take")
@needs(Action.DEADLINE_WORK)
def take_emergency(ref: str, deadline_id: UUID) -> Answer:
    """Somebody takes an emergency upon themselves; from Today they go back there."""
    answer = _do(ref, deadline_id, lambda: service.acknowledge(g.actor, ref, deadline_id))
    return redirect(url_for("desk.today")) if request.form.get("back") == "today" else answer


@pages.post("/<ref>/dates/<uuid:deadline_id>/seen")
@needs(Action.DEADLINE_WORK)
def date_seen(ref: str, deadline_id: UUID) -> Answer:
    """Somebody has looked at what a rule moved."""
    return _do(ref, deadline_id, lambda: service.seen(g.actor, ref, deadline_id))


@pages.post("/<ref>/dates/<uuid:deadline_id>/whose")
@needs(Action.DEADLINE_WORK)
def whose_date(ref: str, deadline_id: UUID) -> Answer:
    """Whose it is, and who stands in."""
    form = _pair_form()
    if not form.validate():
        return _page(ref, deadline_id, pair=form), 422
    try:
        service.hand_to(g.actor, ref, deadline_id, *form.pair)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, deadline_id, pair=form), 422
    return redirect(url_for("cases.one_date", ref=ref, deadline_id=deadline_id))


def _with_reason(ref: str, deadline_id: UUID, act: Callable[..., None]) -> Answer:
    form: Reason = typed(Reason)
    if not form.validate():
        return _page(ref, deadline_id, reason=form), 422
    try:
        act(g.actor, ref, deadline_id, form.reason.data)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, deadline_id, reason=form), 422
    return redirect(url_for("cases.dates", ref=ref))


def _do(ref: str, deadline_id: UUID, act: Callable[[], None]) -> Answer:
    try:
        act()
    except Invalid as refused:
        flash(questions.sentence(refused), "warn")
    else:
        flash(gettext("Saved."))
    return redirect(url_for("cases.one_date", ref=ref, deadline_id=deadline_id))


def _page(ref: str, deadline_id: UUID, reason: Reason | None = None, pair: Pair | None = None) -> str:
    case, one = service.one(g.actor, ref, deadline_id)
    return render_template(
        "cases/date.html",
        one=_line(case, one),
        turns=[turned(turn) for turn in reversed(one.turns)],
        reason=reason or Reason(),
        pair=pair or _pair_form(one),
        mine=any(turn.what == "asked" and turn.by == g.actor.user_id for turn in one.turns[-1:]),
        **back_to(case),
    )


def _line(case: OpenCase, one: Held) -> dict[str, object]:
    names = workers()
    owner = one.owner_id or case.row.primary_id
    backup = one.backup_id or (case.row.backup_id if one.owner_id is None else None)
    found = shown(one, names.get(owner) if owner else None, names.get(backup) if backup else None)
    return found | {"href": url_for("cases.one_date", ref=case.row.ref, deadline_id=one.id)}


def _pair_form(one: Held | None = None) -> Pair:
    start = {"owner": str(one.owner_id or ""), "backup": str(one.backup_id or "")} if one else {}
    form: Pair = typed(Pair, data=start) if one is None else Pair(data=start)
    form.offer(_people())
    return form


def _task_form() -> Task:
    form: Task = typed(Task)
    form.offer(_people())
    return form


def _people() -> list[tuple[str, str]]:
    return [(str(one.user_id), one.name or "?") for one in staff()]


def _task_page(case: OpenCase, form: Task, texts: values.Texts | None, problems: dict[str, Invalid]) -> str:
    return render_template(
        "cases/task_new.html",
        form=form,
        form_token=tokens.for_form(),
        questions=questions.ask([DUE], None, texts, problems),
        errors=questions.general(problems),
        action=request.path,
        **back_to(case),
    )
