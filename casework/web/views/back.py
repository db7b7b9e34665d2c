"""Coming back with two recovery cards, for a coordinator who has lost words or phone."""

from math import ceil
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from casework.access import returning
from casework.access.returning import Opened
from casework.access.sessions import Session
from casework.access.signing_in import SlowDown
from casework.errors import Invalid
from casework.web import cookies, devices, qr
from casework.web.access import public, reads_first, signed_in
from casework.web.forms import Form, choices, typed
from casework.web.forms.access import Back, ConfirmBack, TakePlace, TwoCards
from casework.web.guard import begin_to_write
from casework.web.signed import doorway
from casework.web.views.signing_in import welcome_in

pages = Blueprint("back", __name__, url_prefix="/back")


@pages.get("/")
@public
def page() -> str:
    """Which ways there are, and the form for two cards."""
    return _first(_empty())


@pages.post("/")
@reads_first
@public
def cards() -> str | Response | tuple[str, int]:
    """Take the cards; the next page shows what they open, and the new keys."""
    form = _empty()
    if not form.validate():
        return _first(form), 422
    login = None if current_user.is_authenticated else form.login.data
    both = (form.card1.data, form.card2.data)
    try:
        returning.prepare(doorway(), cookies.secret_of_browser(), both, login, request.remote_addr or "")
    except SlowDown as slow:
        return _first(form, wait=ceil(slow.wait.total_seconds())), 429
    except Invalid as refused:
        form.refuse(refused)
        return _first(form), 422
    return redirect(url_for("back.keys"))


@pages.get("/keys")
@public
def keys() -> str:
    """What the cards open, and the new words and code: shown until both were used once."""
    opened = returning.prepared(doorway(), cookies.secret_of_browser())
    return _second(opened, _confirming(opened))


@pages.post("/keys")
@reads_first
@public
def confirm() -> str | Response | tuple[str, int]:
    """Take the place, under the new keys."""
    opened = returning.prepared(doorway(), cookies.secret_of_browser())
    form = _confirming(opened)
    if not form.validate():
        return _second(opened, form), 422
    try:
        session = _come_back(form)
    except Invalid as refused:
        form.refuse(refused)
        return _second(opened, form), 422
    _say_what_is_next()
    return welcome_in(session)


def _come_back(form: ConfirmBack) -> Session:
    """The passphrase is tried while others may write."""
    door, secret = doorway(), cookies.secret_of_browser()
    shown = returning.show(door, secret, form.passphrase.data, form.code.data)
    begin_to_write()
    return returning.come_back(door, secret, shown, UUID(form.who.data), devices.of_request())


@pages.post("/place")
@signed_in
def place() -> str | Response | tuple[str, int]:
    """The same for somebody who is signed in under new keys: their place at one more desk."""
    door, secret = doorway(), cookies.secret_of_browser()
    opened = returning.prepared(door, secret)
    form = _confirming(opened)
    if not form.validate():
        return _second(opened, form), 422
    try:
        returning.follow(door, secret, g.actor.person, UUID(form.who.data))
    except Invalid as refused:
        form.refuse(refused)
        return _second(opened, form), 422
    _say_what_is_next()
    return redirect(url_for("home.start"))


def _say_what_is_next() -> None:
    flash(
        gettext(
            "You are back, under new keys; your old ones open nothing that is written from now on. Make new recovery cards today: two of them were in use."
        )
    )


def _empty() -> Form:
    form: Form = typed(TwoCards if current_user.is_authenticated else Back)
    return form


def _first(form: Form, wait: int = 0) -> str:
    problem = gettext("Too many tries here. Please wait %(seconds)s seconds.", seconds=wait) if wait else None
    return render_template("back/cards.html", form=form, problem=problem)


def _confirming(opened: Opened) -> ConfirmBack | TakePlace:
    form: ConfirmBack | TakePlace = typed(ConfirmBack if opened.prepared else TakePlace)
    pairs = [(str(line.user_id), line.name or gettext("without a name")) for line in opened.coordinators]
    form.who.choices = choices(pairs)
    if len(pairs) == 1 and not form.who.data:
        form.who.data = pairs[0][0]
    return form


def _second(opened: Opened, form: Form) -> str:
    picture = qr.data_uri(opened.prepared.totp_uri) if opened.prepared else None
    return render_template("back/keys.html", form=form, opened=opened, prepared=opened.prepared, qr=picture)
