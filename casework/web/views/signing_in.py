"""Signing in and out."""

from math import ceil

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from casework.access import passkeys, sessions
from casework.access.sessions import Session
from casework.access.signing_in import SlowDown, let_in, recognise
from casework.errors import Refused
from casework.web import cookies, devices
from casework.web.access import Declared, public, reads_first, signed_in
from casework.web.forms import typed
from casework.web.forms.access import SignIn, UsePasskey
from casework.web.guard import begin_to_write
from casework.web.signed import doorway
from casework.web.site import site

pages = Blueprint("signing_in", __name__)

#: Where the quick way out leads: a page that anybody may have open.
ELSEWHERE = "https://www.wikipedia.org/"


@pages.get("/sign-in")
@public
def page() -> str | Response:
    """The form; whoever is signed in already goes on to their day."""
    if current_user.is_authenticated:
        return redirect(url_for("home.start"))
    return _form(typed(SignIn))


@pages.post("/sign-in")
@reads_first
@public
def enter() -> str | Response | tuple[str, int]:
    """One answer for every failure."""
    form = typed(SignIn)
    if not form.validate():
        return _form(form), 422
    try:
        session = _sign_in(form, request.remote_addr or "")
    except SlowDown as slow:
        return _form(form, wait=ceil(slow.wait.total_seconds())), 429
    except Refused:
        return _form(form, refused=True), 401
    return welcome_in(session)


def _sign_in(form: SignIn, address: str) -> Session:
    """The passphrase is tried while others may write."""
    known = recognise(doorway(), form.login.data, form.passphrase.data, address)
    begin_to_write()
    return let_in(doorway(), known, form.code.data, address, devices.of_request())


@pages.post("/sign-in/passkey")
@public
def by_passkey() -> str | Response | tuple[str, int]:
    """One answer for every failure here too."""
    sent: UsePasskey = typed(UsePasskey)
    form: SignIn = typed(SignIn)
    if not sent.validate():
        return _form(form, refused=True), 401
    secret, address = cookies.secret_of_browser(), request.remote_addr or ""
    try:
        session = passkeys.sign_in(
            doorway(), site(), secret, (sent.answer.data, sent.prf.data), address, devices.of_request()
        )
    except SlowDown as slow:
        return _form(form, wait=ceil(slow.wait.total_seconds())), 429
    except Refused:
        return _form(form, refused=True), 401
    return welcome_in(session)


@pages.post("/sign-out")
@signed_in
def leave() -> Response:
    """End this session."""
    sessions.end(doorway(), g.session_secret)
    response = redirect(url_for("signing_in.page"))
    cookies.forget(response, "session")
    return response


def quick_exit() -> Response:
    """The quick way out: the session ends, and a page that says nothing is shown.

    A plain link, so that it works without JavaScript. The cookie is never sent along from a foreign page,
    so nobody else's page can end a session this way.
    """
    if current_user.is_authenticated:
        sessions.end(doorway(), g.session_secret)
    response = redirect(ELSEWHERE)
    cookies.forget(response, "session")
    return response


quick_exit.access = Declared(signed_in=False, writes=True)  # type: ignore[attr-defined] # as `web.access` does
pages.add_url_rule("/exit", view_func=quick_exit)


def welcome_in(session: Session) -> Response:
    """Hand out the session's cookie and take back the one from before."""
    response = make_response(redirect(url_for("home.start")))
    cookies.write(response, "session", session.secret)
    cookies.forget(response, "pre")
    g.new_pre = None
    return response


def _form(form: SignIn, *, refused: bool = False, wait: int = 0) -> str:
    problem = None
    if refused:
        problem = gettext(
            "That did not fit. Check the name, the passphrase and the code, and use a fresh code."
        )
    if wait:
        problem = gettext("Too many tries here. Please wait %(seconds)s seconds.", seconds=wait)
    form.passphrase.data = form.code.data = None
    asked = passkeys.to_use(site(), cookies.secret_of_browser())
    return render_template("sign_in/sign_in.html", form=form, problem=problem, passkey=asked)
