"""Handing over from one shift to the next; all dates of the desk; counting anew after rules have changed."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.deadlines import sweeping, today
from casework.errors import Invalid
from casework.shifts import service
from casework.web import tokens
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.dates import HandOver
from casework.web.pages_of import Pages
from casework.web.today_shown import date_lines, note

pages = Blueprint("shifts", __name__, url_prefix="/desk/<desk>/shift")

_NOTES, _LINES = 10, 40
_EMERGENCIES = "emergencies"


@pages.get("/hand-over")
@needs(Action.SHIFT_HAND_OVER)
def page() -> str:
    """The notes of the last shifts, and a form for this one."""
    return _page(_form())


@pages.post("/hand-over")
@needs(Action.SHIFT_HAND_OVER)
def hand_over() -> Response | tuple[str, int]:
    """Leave a note, once."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    try:
        service.hand_over(g.actor, form.text.data, tokens.read(form.token.data))
    except Invalid as refused:
        form.refuse(refused)
        return _page(form), 422
    flash(gettext("Saved."))
    return redirect(url_for("desk.today"))


@pages.get("/dates")
@needs(Action.DEADLINE_LIST)
def dates() -> str:
    """Every running date of the desk, or every emergency, the earliest first."""
    wanted = max(1, request.args.get("page", 1, type=int))
    only = request.args.get("sort") == _EMERGENCIES
    found, total = today.every(g.actor, (wanted - 1) * _LINES, _LINES, emergencies=only)
    part = Pages(total, _LINES, wanted)
    return render_template(
        "desk/dates.html",
        lines=date_lines(found),
        emergencies=only,
        **part.links(
            lambda number: url_for("shifts.dates", page=number, sort=_EMERGENCIES if only else None)
        ),
    )


@pages.post("/count")
@needs(Action.DEADLINE_WORK)
def count() -> Response:
    """Count some of the cases anew that were counted with other rules; pressed until none is left."""
    sweeping.sweep(g.actor)
    return redirect(url_for("desk.today"))


def _form() -> HandOver:
    form: HandOver = typed(HandOver, data={"token": str(tokens.for_form())})
    return form


def _page(form: HandOver) -> str:
    notes = [note(one) for one in service.notes(g.actor, _NOTES)]
    return render_template("desk/hand_over.html", form=form, notes=notes)
