"""One's own account: where one is signed in, and ending that."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from casework.access import arrivals, changing_words, passkeys, sessions
from casework.access.changing_words import new_words
from casework.errors import Invalid, NotFound
from casework.web import cookies, devices, kept
from casework.web.access import reads_first, signed_in
from casework.web.forms import typed
from casework.web.forms.access import AddPasskey, NewWords
from casework.web.guard import begin_to_write
from casework.web.signed import doorway
from casework.web.site import site

pages = Blueprint("account", __name__, url_prefix="/account")

#: As long as somebody needs to write six words down.
_LIFE = timedelta(minutes=15)


@pages.get("/")
@signed_in
def page() -> str:
    """What one can do for oneself."""
    return _page()


def _page(form: AddPasskey | None = None) -> str:
    return render_template(
        "account/account.html",
        places=sessions.places(current_user.person, g.session_secret),
        ends_at=current_user.session.ends_at,
        passkeys=passkeys.of(current_user.person),
        passkey=passkeys.to_make(site(), g.session_secret, current_user.person),
        adding=form or typed(AddPasskey),
    )


@pages.post("/sessions/<uuid:row_id>/end")
@signed_in
def end_session(row_id: UUID) -> Response:
    """End one session of one's own."""
    sessions.end_one(doorway(), g.actor.person, row_id)
    flash(gettext("That session has ended."))
    return redirect(url_for("account.page"))


@pages.post("/passkeys")
@reads_first
@signed_in
def add_passkey() -> Response | tuple[str, int]:
    """Keep a passkey that the browser has just made."""
    form: AddPasskey = typed(AddPasskey)
    if not form.validate():
        return _page(form), 422
    person, sent = g.actor.person, (form.answer.data, form.prf.data)
    try:
        passkeys.try_words(doorway(), person, form.present.data)
        begin_to_write()
        session = passkeys.add(doorway(), site(), g.session_secret, person, sent, devices.of_request())
    except Invalid as refused:
        form.refuse(refused)
        return _page(form), 422
    flash(gettext("From now on this passkey opens your account as well. Your six words stay as they are."))
    response = redirect(url_for("account.page"))
    cookies.write(response, "session", session.secret)
    return response


@pages.post("/passkeys/<uuid:row_id>/remove")
@signed_in
def remove_passkey(row_id: UUID) -> Response:
    """Take one's own passkey away."""
    passkeys.remove(g.actor.person, row_id)
    flash(gettext("This passkey opens nothing here any more. Delete it on the device too."))
    return redirect(url_for("account.page"))


@pages.post("/words")
@signed_in
def draw_words() -> Response:
    """Six new words, shown once; they count when they were typed."""
    view = kept.keep("words", {"words": new_words()}, _LIFE)
    return redirect(url_for("account.words", v=view))


@pages.get("/words")
@signed_in
def words() -> str:
    """The words, and the form that makes them count."""
    return _words(typed(NewWords))


@pages.post("/words/keep")
@reads_first
@signed_in
def change_words() -> Response | tuple[str, int]:
    """From now on these words; every other session ends."""
    form, new = typed(NewWords), _drawn()
    if not form.validate():
        return _words(form), 422
    person = g.actor.person
    try:
        made = changing_words.try_words(doorway(), person, form.present.data, new, form.passphrase.data)
        begin_to_write()
        session = changing_words.keep(doorway(), person, made, form.code.data, devices.of_request())
    except Invalid as refused:
        form.refuse(refused)
        return _words(form), 422
    flash(gettext("From now on your new words open your account. Destroy the old paper."))
    response = redirect(url_for("account.page"))
    cookies.write(response, "session", session.secret)
    return response


def _drawn() -> str:
    made = kept.recall("words", request.args.get("v"))
    if not made:
        raise NotFound
    return str(made["words"])


def _words(form: NewWords) -> str:
    form.present.data = form.code.data = None
    return render_template(
        "account/words.html",
        form=form,
        words=_drawn(),
        action=url_for("account.change_words", v=request.args.get("v")),
    )


@pages.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    """End every session, this one too: a phone was lost, or a screen left open somewhere."""
    arrivals.sign_out_everywhere(doorway(), g.actor.person)
    response = redirect(url_for("signing_in.page"))
    cookies.forget(response, "session")
    return response
