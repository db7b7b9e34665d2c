"""The emergency timeline of a removal: what is to be done before the flight, by whom, and what came of it."""

from uuid import UUID

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.deadlines import flights, service
from casework.errors import Invalid
from casework.web import flight_shown
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.dates import Outcome
from casework.web.views.cases.blueprint import pages
from casework.web.views.cases.frame import back_to

Answer = Response | tuple[str, int]


@pages.get("/<ref>/flight")
@needs(Action.CASE_OPEN, writes=True)
def flight(ref: str) -> str:
    """The timeline; opening it is recorded."""
    return _page(ref)


@pages.post("/<ref>/flight/<uuid:deadline_id>/done")
@needs(Action.DEADLINE_WORK)
def step_done(ref: str, deadline_id: UUID) -> Answer:
    """A step was done, with what came of it."""
    form: Outcome = typed(Outcome)
    if not form.validate():
        return _page(ref, deadline_id, form), 422
    try:
        service.done(g.actor, ref, deadline_id, form.reason.data)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, deadline_id, form), 422
    return redirect(url_for("cases.flight", ref=ref))


@pages.post("/<ref>/flight/<uuid:deadline_id>/mine")
@needs(Action.DEADLINE_WORK)
def take_step(ref: str, deadline_id: UUID) -> Answer:
    """Somebody does it themselves."""
    try:
        service.take(g.actor, ref, deadline_id)
    except Invalid as refused:
        form = Outcome()
        form.refuse(refused)
        return _page(ref, deadline_id, form), 422
    return redirect(url_for("cases.flight", ref=ref) + f"#step-{deadline_id}")


def _page(ref: str, at: UUID | None = None, form: Outcome | None = None) -> str:
    """The page; with a form that was refused, beside its step."""
    case, found = flights.of(g.actor, ref)
    return render_template(
        "cases/flight.html",
        shown=flight_shown.shown(case, found),
        at=str(at) if at else None,
        form=form or Outcome(),
        blank=Outcome(),
        me=g.actor.user_id,
        **back_to(case),
    )
