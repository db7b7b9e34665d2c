"""Windows of published figures, at the network: announced, agreed to, run, released."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access import desks
from casework.access.policy import Action, Role
from casework.errors import Conflict, Invalid
from casework.trends import releases, stewards, windows, withdrawing
from casework.trends.windows import Window
from casework.web import tokens, trends_shown
from casework.web.access import needs
from casework.web.cases_shown import day
from casework.web.forms import typed
from casework.web.forms.trends import PLANS, Announce
from casework.web.questions import sentence

pages = Blueprint("windows", __name__, url_prefix="/desk/<desk>/windows")

Answer = Response | tuple[str, int]


@pages.get("/")
@needs(Action.TREND_STEWARD)
def listing() -> str:
    """Every window, and a form for the next one."""
    return _listing(typed(Announce))


@pages.post("/")
@needs(Action.TREND_STEWARD)
def announce() -> Answer:
    """Announce a window."""
    form: Announce = typed(Announce)
    form.offer(_coordinators())
    if not form.validate():
        return _listing(form), 422
    try:
        days = (form.first_on.data, form.closes_on.data)
        made = windows.announce(g.actor, form.plan.data, *days, form.chosen, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _listing(form), 422
    flash(gettext("Announced. Desks see it now."))
    return redirect(url_for("windows.one", window_id=made))


@pages.get("/<uuid:window_id>")
@needs(Action.TREND_STEWARD)
def one(window_id: UUID) -> str:
    """One window and its next step."""
    return _one(window_id)


@pages.post("/<uuid:window_id>/agree")
@needs(Action.TREND_STEWARD)
def agree(window_id: UUID) -> Answer:
    """A steward agrees that the returns be opened."""
    return _step(
        window_id, lambda: stewards.agree(g.actor, window_id), gettext("You have agreed, for one day.")
    )


@pages.post("/<uuid:window_id>/run")
@needs(Action.TREND_STEWARD)
def run(window_id: UUID) -> Answer:
    """Another steward makes the numbers, once."""
    told = gettext("The numbers are made, and the returns are destroyed. The other steward releases them.")
    return _step(window_id, lambda: stewards.run(g.actor, window_id), told)


@pages.post("/<uuid:window_id>/release")
@needs(Action.TREND_STEWARD)
def release(window_id: UUID) -> Answer:
    """The one who had agreed has seen them and releases them."""
    digest = request.form.get("digest", "")
    return _step(window_id, lambda: stewards.release(g.actor, window_id, digest), gettext("Released."))


@pages.post("/<uuid:window_id>/withdraw")
@needs(Action.TREND_STEWARD)
def withdraw(window_id: UUID) -> Answer:
    """A lost window is given up."""
    try:
        withdrawing.withdraw(g.actor, window_id)
    except Invalid as refused:
        return _one(window_id, sentence(refused)), 422
    flash(gettext("Withdrawn. Its days can be announced again."))
    return redirect(url_for("windows.listing"))


def _step(window_id: UUID, take: Any, told: str) -> Answer:
    try:
        take()
    except Invalid as refused:
        return _one(window_id, sentence(refused)), 422
    except Conflict:
        return _one(
            window_id, gettext("This would be paid for twice, or the plan is not the one that was announced.")
        ), 409
    flash(told)
    return redirect(url_for("windows.one", window_id=window_id))


def _coordinators() -> list[tuple[UUID, str]]:
    """Who may be a steward."""
    lines = desks.members(g.actor)
    return [(one.user_id, one.name or gettext("No name")) for one in lines if one.role is Role.COORDINATOR]


def _listing(form: Announce) -> str:
    form.offer(_coordinators())
    lines = [_shown(each) for each in windows.every(g.actor.desk.state)]
    gone = [trends_shown.days_of(each) for each in windows.withdrawn(g.actor.desk.state)]
    return render_template(
        "trends/windows.html", lines=lines, withdrawn=gone, form=form, token=tokens.for_form()
    )


def _one(window_id: UUID, problem: str = "") -> str:
    window = windows.get(g.actor.desk.state, window_id)
    names = dict(_coordinators())
    agreed = stewards.agreed(window_id)
    waiting = releases.waiting(g.actor, window_id)
    mine = g.actor.user_id in window.stewards
    return render_template(
        "trends/window.html",
        window=_shown(window),
        stewards=[(names.get(who, gettext("No name")), who in agreed) for who in window.stewards],
        came=stewards.came(window),
        may_agree=mine and window.closed and not window.done and g.actor.user_id not in agreed,
        may_run=mine and window.closed and not window.done and bool(agreed - {g.actor.user_id}),
        may_release=waiting is not None and waiting.stewards[1] == g.actor.user_id,
        waiting=trends_shown.whole(waiting) if waiting else None,
        digest=waiting.digest if waiting else "",
        lost=not window.done and withdrawing.lost(g.actor.desk.state, window),
        problem=problem,
    )


def _shown(window: Window) -> dict[str, Any]:
    return {
        "id": window.id,
        "days": trends_shown.days_of(window),
        "closes": day(window.closes_on),
        "plan": str(PLANS.get(window.plan, window.plan)),
        "closed": window.closed,
        "taking": window.taking,
        "done": window.done,
    }
