"""One-time links: the first coordinator's set-up, and everybody's joining."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from casework.access import joining
from casework.access.joining import Founding
from casework.access.sessions import Session
from casework.errors import Invalid
from casework.web import cookies, qr
from casework.web.access import public, reads_first, signed_in
from casework.web.forms import Form, typed
from casework.web.forms.access import ChooseLogin, ConfirmJoining, Found
from casework.web.guard import begin_to_write
from casework.web.signed import doorway
from casework.web.views.signing_in import welcome_in

pages = Blueprint("welcome", __name__, url_prefix="/welcome")


@pages.get("/<token>")
@public
def page(token: str) -> str:
    """The first step; for somebody who has keys already, one button."""
    setting_up = joining.sets_up(token)
    if current_user.is_authenticated and not setting_up:
        return render_template("welcome/join.html", token=token)
    return _first(token, typed(Found if setting_up else ChooseLogin))


@pages.post("/<token>")
@reads_first
@public
def prepare(token: str) -> str | Response | tuple[str, int]:
    """Make keys and draw the passphrase; the next page shows both."""
    setting_up = joining.sets_up(token)
    form = typed(Found if setting_up else ChooseLogin)
    if not form.validate():
        return _first(token, form), 422
    founding = Founding(form.network.data, form.desk.data, form.name.data) if setting_up else None
    try:
        joining.prepare(doorway(), cookies.secret_of_browser(), token, form.login.data, founding)
    except Invalid as error:
        form.refuse(error)
        return _first(token, form), 422
    return redirect(url_for("welcome.keys", token=token))


@pages.get("/<token>/keys")
@public
def keys(token: str) -> str:
    """The passphrase on paper, the code in the app: shown until both were used once."""
    return _second(token, typed(ConfirmJoining))


@pages.post("/<token>/keys")
@reads_first
@public
def confirm(token: str) -> str | Response | tuple[str, int]:
    """Keep the keys once the newcomer has signed in with them."""
    form = typed(ConfirmJoining)
    if not form.validate():
        return _second(token, form), 422
    try:
        session = _confirm(token, form)
    except Invalid as error:
        form.refuse(error)
        return _second(token, form), 422
    return welcome_in(session)


def _confirm(token: str, form: ConfirmJoining) -> Session:
    """The passphrase is tried while others may write."""
    door, secret = doorway(), cookies.secret_of_browser()
    shown = joining.show(door, secret, token, form.passphrase.data, form.code.data)
    begin_to_write()
    return joining.keep(door, secret, token, shown)


@pages.post("/<token>/join")
@signed_in
def join(token: str) -> Response:
    """Bring one's keys to another desk."""
    joining.answer(current_user.person, token)
    return redirect(url_for("home.start"))


def _first(token: str, form: Form) -> str:
    return render_template("welcome/login.html", token=token, form=form, setting_up=isinstance(form, Found))


def _second(token: str, form: ConfirmJoining) -> str:
    prepared = joining.prepared(doorway(), cookies.secret_of_browser(), token)
    return render_template(
        "welcome/keys.html", token=token, form=form, prepared=prepared, qr=qr.data_uri(prepared.totp_uri)
    )
