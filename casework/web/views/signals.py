"""Signals, for coordinators: who comes up again and again, whom to ask, whom to turn to, what was decided."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access.policy import Action
from casework.errors import Invalid
from casework.signals import notes, service, sharing
from casework.web import signals_shown, tokens
from casework.web.access import needs
from casework.web.forms import Form, typed
from casework.web.forms.signals import Decide, PutAside, ShareSignal, WriteNote
from casework.web.lists_shown import made_whole

pages = Blueprint("signals", __name__, url_prefix="/desk/<desk>/signals")

Answer = Response | tuple[str, int]


@pages.get("/")
@needs(Action.SIGNAL_VIEW, network=True)
def listing() -> str:
    """Those to look at, and those that were put aside."""
    if not made_whole():
        signals_shown.tell_weekly()
    found = service.listing(g.actor)
    return render_template(
        "signals/list.html",
        now=[signals_shown.line(one) for one in found.now],
        aside=[signals_shown.line(one) for one in found.aside],
        amiss=found.amiss > 0,
    )


@pages.get("/<uuid:respondent_id>")
@needs(Action.SIGNAL_DECIDE, writes=True, network=True)
def one(respondent_id: UUID) -> str:
    """One of them; reading whom to ask is recorded."""
    return _page(respondent_id)


@pages.post("/<uuid:respondent_id>/aside")
@needs(Action.SIGNAL_DECIDE, network=True)
def put_aside(respondent_id: UUID) -> Answer:
    """Not now."""
    form = typed(PutAside)
    if not form.validate():
        return _page(respondent_id, aside=form), 422
    try:
        service.put_aside(g.actor, respondent_id, form.until.data, form.why.data)
    except Invalid as refused:
        form.refuse(refused)
        return _page(respondent_id, aside=form), 422
    flash(gettext("Put aside. It comes back by itself."))
    return redirect(url_for("signals.listing"))


@pages.post("/<uuid:respondent_id>/take-up")
@needs(Action.SIGNAL_DECIDE, network=True)
def take_up(respondent_id: UUID) -> Response:
    """Now."""
    service.take_up(g.actor, respondent_id)
    flash(gettext("Taken up again."))
    return redirect(url_for("signals.one", respondent_id=respondent_id))


@pages.post("/<uuid:respondent_id>/decided")
@needs(Action.SIGNAL_DECIDE, network=True)
def decide(respondent_id: UUID) -> Answer:
    """What those affected decided."""
    form = typed(Decide)
    form.offer()
    if not form.validate():
        return _page(respondent_id, decide=form), 422
    told = (form.on.data, form.what.data, form.text.data or "")
    try:
        service.decide(g.actor, respondent_id, *told, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _page(respondent_id, decide=form), 422
    flash(gettext("Written down."))
    return redirect(url_for("signals.one", respondent_id=respondent_id))


@pages.post("/<uuid:respondent_id>/share")
@needs(Action.SIGNAL_DECIDE, network=True)
def share(respondent_id: UUID) -> Answer:
    """Let campaign teams know of it."""
    form = typed(ShareSignal)
    form.offer()
    if not form.validate():
        return _page(respondent_id, share=form), 422
    try:
        sharing.share(g.actor, respondent_id, form.there.data, form.words.data or "")
    except Invalid as refused:
        form.refuse(refused)
        return _page(respondent_id, share=form), 422
    flash(gettext("Campaign teams can read it now. You can take it back."))
    return redirect(url_for("signals.one", respondent_id=respondent_id))


@pages.post("/<uuid:respondent_id>/unshare")
@needs(Action.SIGNAL_DECIDE, network=True)
def unshare(respondent_id: UUID) -> Response:
    """They read it no more."""
    sharing.take_back(g.actor, respondent_id)
    flash(gettext("Taken back. Who read it may remember it."))
    return redirect(url_for("signals.one", respondent_id=respondent_id))


@pages.post("/<uuid:respondent_id>/desk/<uuid:to>")
@needs(Action.SIGNAL_DECIDE, network=True)
def write(respondent_id: UUID, to: UUID) -> Answer:
    """A note to the coordinators of another desk."""
    form = typed(WriteNote)
    if not form.validate():
        return _page(respondent_id, note=form, note_to=to), 422
    try:
        notes.write(g.actor, respondent_id, to, form.text.data, tokens.sent())
    except Invalid as refused:
        form.refuse(refused)
        return _page(respondent_id, note=form, note_to=to), 422
    flash(gettext("Sent. They find it with this signal."))
    return redirect(url_for("signals.one", respondent_id=respondent_id))


def _page(
    respondent_id: UUID,
    aside: Form | None = None,
    decide: Decide | None = None,
    note: Form | None = None,
    note_to: UUID | None = None,
    share: ShareSignal | None = None,
) -> str:
    shown: dict[str, Any] = signals_shown.whole(g.actor, respondent_id)
    fresh, sharing_ = Decide(), ShareSignal()
    fresh.offer()
    sharing_.offer()
    return render_template(
        "signals/one.html",
        aside_form=aside or PutAside(),
        decide_form=decide or fresh,
        note_form=note or WriteNote(),
        note_to=note_to,
        share_form=share or sharing_,
        open={"aside": aside is not None, "decide": decide is not None, "share": share is not None},
        form_token=tokens.for_form(),
        **shown,
    )
