"""Somebody leaves the desk, or comes back under new keys; and the renewal of keys that follows."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from casework.access import desks, invitations, leaving, renewing
from casework.access.desks import MemberLine
from casework.access.policy import Action
from casework.errors import Invalid, NotFound
from casework.sharing import settling
from casework.web import kept, tokens
from casework.web.access import needs
from casework.web.forms import Form, typed
from casework.web.forms.access import LastDay, LetGo
from casework.web.signed import doorway

pages = Blueprint("leaving", __name__, url_prefix="/desk/<desk>/members")


@pages.get("/<uuid:user_id>")
@needs(Action.MEMBER_REMOVE)
def page(user_id: UUID) -> str:
    """What is still to be handed over, and what somebody who leaves may keep."""
    return _page(user_id)


@pages.post("/<uuid:user_id>/last-day")
@needs(Action.MEMBER_REMOVE)
def last_day(user_id: UUID) -> Response | tuple[str, int]:
    """From which day on they have no access."""
    form: LastDay = typed(LastDay)
    try:
        leaving.set_last_day(g.actor, user_id, _day(form.day.data))
    except Invalid as refused:
        form.refuse(refused)
        return _page(user_id, day=form), 422
    flash(gettext("Saved."))
    return redirect(url_for("leaving.page", user_id=user_id))


@pages.post("/<uuid:user_id>/let-go")
@needs(Action.MEMBER_REMOVE, network=True)
def let_go(user_id: UUID) -> Response | tuple[str, int]:
    """Out at once, and the keys of all cases are new."""
    form: LetGo = typed(LetGo)
    if not form.validate():
        return _page(user_id, go=form), 422
    try:
        leaving.remove(doorway(), g.actor, user_id)
    except Invalid as refused:
        form.refuse(refused)
        return _page(user_id, go=form), 422
    flash(gettext("They are out. What is written from now on is under keys that they never had."))
    return redirect(url_for("leaving.keys"))


@pages.post("/<uuid:user_id>/anew")
@needs(Action.MEMBER_REMOVE)
def anew(user_id: UUID) -> Response:
    """A link for somebody who lost their words: new keys, the same work."""
    token = invitations.invite_back(g.actor, user_id, tokens.sent())
    view = kept.keep("invited", {"token": token, "name": _line(user_id).name or ""})
    return redirect(url_for("members.invited", v=view))


@pages.get("/keys")
@needs(Action.KEYS_RENEW)
def keys() -> str:
    """How far the renewal of keys has come."""
    return render_template(
        "desk/keys.html", progress=renewing.progress(g.actor), shared=settling.left(g.actor)
    )


@pages.post("/keys/shared")
@needs(Action.KEYS_RENEW)
def settle() -> Response:
    """One slice of what follows when something that was shared has ended."""
    if not settling.go_on(g.actor).cases:
        flash(gettext("Done. What was shared and has ended opens nothing any more."))
    return redirect(url_for("leaving.keys"))


@pages.post("/keys")
@needs(Action.KEYS_RENEW)
def renew() -> Response:
    """One slice more; it can be left and resumed by anybody."""
    now = renewing.renew(g.actor)
    if now.finished:
        flash(gettext("All keys are new. Nothing opens any more with what somebody took along."))
    elif now.stuck:
        flash(_stuck(now.stuck), "wrong")
    return redirect(url_for("leaving.keys"))


def _stuck(cases: int) -> str:
    told: str = ngettext(
        "One case does not open and keeps its old key. Tell whoever runs the server: it has to come back from a backup.",
        "%(num)s cases do not open and keep their old keys. Tell whoever runs the server: they have to come back from a backup.",
        cases,
    )
    return told


def _page(user_id: UUID, day: LastDay | None = None, go: LetGo | None = None) -> str:
    line = _line(user_id)
    ends_on = leaving.last_day(g.actor, user_id)
    forms: dict[str, Form] = {
        "day_form": day or LastDay(data={"day": ends_on.isoformat() if ends_on else ""}),
        "go_form": go or LetGo(),
    }
    shown: dict[str, Any] = {"member": line, "ends_on": ends_on, "form_token": tokens.for_form()}
    return render_template(
        "desk/leaving.html", hindrances=leaving.hindrances(g.actor, user_id), **shown, **forms
    )


def _line(user_id: UUID) -> MemberLine:
    for line in desks.members(g.actor):
        if line.user_id == user_id and user_id != g.actor.user_id:
            return line
    raise NotFound


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("Write the day as year, month and day: 2026-12-31.", "day") from None
