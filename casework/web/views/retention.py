"""Closed cases: which wait for a decision, how long one is kept, what stays of those that lost their names."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.cases import arriving
from casework.errors import Invalid, NotFound
from casework.retention import service, witness
from casework.retention.stays import What
from casework.web import kept_shown
from casework.web.access import needs
from casework.web.forms import Form, typed
from casework.web.forms.retention import Lift, Names, Stay

pages = Blueprint("retention", __name__, url_prefix="/desk/<desk>/closed")

_LATELY = timedelta(days=90)
Answer = Response | tuple[str, int]


@pages.get("/")
@needs(Action.RETENTION_DECIDE, writes=True)
def listing() -> str:
    """Closed cases that wait for a decision, and what was purged by itself."""
    service.mend(g.actor)
    return render_template(
        "retention/list.html",
        cases=[kept_shown.shown(one) for one in service.due(g.actor)],
        reports=kept_shown.reports(_LATELY),
        jump=kept_shown.jump(),
    )


@pages.post("/clock")
@needs(Action.RETENTION_DECIDE)
def trust_clock() -> Response:
    """The date that the server shows is right."""
    witness.trust(g.actor)
    flash(gettext("Saved. What has come to its end goes with the next run."))
    return redirect(url_for("retention.listing"))


@pages.get("/without-names")
@needs(Action.RETENTION_DECIDE)
def remains() -> str:
    """What stays of cases that lost their names."""
    lines = [kept_shown.remains(one) for one in service.remains(g.actor)]
    return render_template("retention/remains.html", lines=lines)


@pages.post("/without-names/<uuid:kept_id>/erase")
@needs(Action.RETENTION_DECIDE)
def forget(kept_id: UUID) -> Response:
    """Also what stays goes."""
    service.forget(g.actor, kept_id)
    flash(gettext("Erased."))
    return redirect(url_for("retention.remains"))


@pages.get("/<ref>")
@needs(Action.RETENTION_DECIDE, writes=True)
def one(ref: str) -> str:
    """How long a closed case is kept, and what can be decided about it."""
    return _page(ref)


@pages.post("/<ref>/stay")
@needs(Action.RETENTION_DECIDE)
def stay(ref: str) -> Answer:
    """Keep it longer."""
    form: Stay = typed(Stay)
    form.offer()
    if not form.validate():
        return _page(ref, stay=form), 422
    try:
        service.stay(g.actor, ref, What(form.what.data), form.why.data, form.until.data)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, stay=form), 422
    return _saved(ref)


@pages.post("/<ref>/lift")
@needs(Action.RETENTION_DECIDE)
def lift(ref: str) -> Answer:
    """What kept it is over."""
    form: Lift = typed(Lift)
    if not form.validate() or form.what.data not in set(What):
        return _page(ref, lift=form), 422
    try:
        service.lift(g.actor, ref, What(form.what.data), form.why.data)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, lift=form), 422
    return _saved(ref)


@pages.post("/<ref>/looked")
@needs(Action.RETENTION_DECIDE)
def looked(ref: str) -> Response:
    """Whoever had to be told or asked has been."""
    service.looked(g.actor, ref)
    return _saved(ref)


@pages.post("/<ref>/without-names")
@needs(Action.RETENTION_DECIDE)
def pseudonymise(ref: str) -> Answer:
    """Take the names away now."""
    form: Names = typed(Names)
    if not form.validate():
        return _page(ref, names=form), 422
    try:
        service.pseudonymise(g.actor, ref, form.ref_again.data)
    except Invalid as refused:
        form.refuse(refused)
        return _page(ref, names=form), 422
    flash(gettext("The case has no names any more."))
    return redirect(url_for("retention.remains"))


def _saved(ref: str) -> Response:
    flash(gettext("Saved."))
    return redirect(url_for("retention.one", ref=ref))


def _page(ref: str, **sent: Form) -> str:
    """The page of a closed case; what was sent and not taken stands in its form."""
    found = service.standing(arriving.arrive(g.actor, ref))
    if found is None:
        raise NotFound
    forms: dict[str, Any] = {"stay": Stay(), "lift": Lift(), "names": Names(), **sent}
    forms["stay"].offer()
    return render_template("retention/one.html", case=kept_shown.shown(found), **forms)
