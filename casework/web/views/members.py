"""Who works at a desk: inviting, comparing, admitting."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from casework.access import admitting, desks, invitations, policy
from casework.access.policy import Action, Role, can
from casework.errors import Invalid, NotFound
from casework.web import guard, kept, qr, tokens
from casework.web.access import needs
from casework.web.forms import typed
from casework.web.forms.access import Admit, Invite
from casework.web.signed import doorway

pages = Blueprint("members", __name__, url_prefix="/desk/<desk>/members")


@pages.get("/")
@needs(Action.MEMBER_VIEW)
def page() -> str:
    """Everybody at this desk; for coordinators also who is invited."""
    may_invite = can(g.actor, Action.MEMBER_INVITE)
    waiting = invitations.waiting(g.actor) if may_invite else []
    if any(name is None for _, name in waiting):
        guard.unreadable("invitation.body")
    return render_template(
        "desk/members.html",
        members=desks.members(g.actor),
        waiting=waiting,
        may_invite=may_invite,
    )


@pages.get("/invite")
@needs(Action.MEMBER_INVITE)
def invite_form() -> str:
    """Who is to come, and as what."""
    return _inviting(_invite())


@pages.post("/invite")
@needs(Action.MEMBER_INVITE)
def invite() -> str | Response | tuple[str, int]:
    """Make the one-time link."""
    form = _invite()
    if not form.validate():
        return _inviting(form), 422
    try:
        token = invitations.invite(g.actor, form.name.data, Role(form.role.data), tokens.sent())
    except Invalid as error:
        form.refuse(error)
        return _inviting(form), 422
    view = kept.keep("invited", {"token": token, "name": form.name.data})
    return redirect(url_for("members.invited", v=view))


@pages.get("/invited")
@needs(Action.MEMBER_INVITE)
def invited() -> str:
    """The link, as text and as a QR code, for this session only."""
    made = kept.recall("invited", request.args.get("v"))
    if not made:
        raise NotFound
    link = url_for("welcome.page", token=made["token"], _external=True)
    return render_template("desk/invited.html", link=link, qr=qr.data_uri(link), name=made["name"])


@pages.post("/invitations/<uuid:invitation_id>/cancel")
@needs(Action.MEMBER_INVITE)
def cancel(invitation_id: UUID) -> Response:
    """Take a link back."""
    invitations.cancel(g.actor, invitation_id)
    flash(gettext("The invitation is taken back."))
    return redirect(url_for("members.page"))


@pages.get("/invitations/<uuid:invitation_id>")
@needs(Action.MEMBER_ADMIT, network=True)
def compare(invitation_id: UUID) -> str:
    """Both read half of the meeting code to the other."""
    return _compare(invitation_id, typed(Admit))


@pages.post("/invitations/<uuid:invitation_id>")
@needs(Action.MEMBER_ADMIT, network=True)
def admit(invitation_id: UUID) -> str | Response | tuple[str, int]:
    """Let them in, if the halves agree."""
    form = typed(Admit)
    if not form.validate():
        return _compare(invitation_id, form), 422
    try:
        admitting.admit(doorway(), g.actor, invitation_id, form.digits.data)
    except Invalid as error:
        form.refuse(error)
        return _compare(invitation_id, form), 422
    flash(gettext("They are in. From now on they find this desk after signing in."))
    return redirect(url_for("members.page"))


def _compare(invitation_id: UUID, form: Admit) -> str:
    name, role, half = admitting.desk_half(g.actor, invitation_id)
    return render_template(
        "desk/admit.html", form=form, name=name, role=role.value, half=half, invitation_id=invitation_id
    )


def _inviting(form: Invite) -> str:
    return render_template("desk/invite.html", form=form, form_token=tokens.for_form())


def _invite() -> Invite:
    form: Invite = typed(Invite)
    form.only(tuple(role.value for role in policy.guests_of(g.actor)))
    return form
