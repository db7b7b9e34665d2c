"""Nothing typed is lost: what a form holds at a pause, or when it was not taken, is kept for its sender.

The guard calls this for routes that declare what their form is called (`web.access.drafted`). A form
sent with `draft` is kept and does nothing else; one that is answered by anything but a redirect was not
taken, and is kept too; one that was taken is no draft any more, in the same transaction.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import structlog
from flask import Response, current_app, flash, g, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from casework import clock
from casework.cases import arriving
from casework.db import db
from casework.drafts import late, service
from casework.drafts.writing import Written
from casework.errors import CaseworkError, Refused
from casework.memory import Memory
from casework.vault.late import owner_of
from casework.web import csrf
from casework.web.access import Declared
from casework.web.given_back import OWNER, PAGE, here

#: The button that keeps a draft, and what a script sends in its place at a pause.
BUTTON, PAUSE = "draft", "pause"
#: Never in a draft: what counts once, and what lets somebody in.
_NEVER = frozenset({csrf.FIELD, BUTTON, PAGE, OWNER, "login", "passphrase", "code", "digits"})
#: What makes a double click one thing. What goes on from a draft was never taken, so it is another form.
_TOKENS = frozenset({"form_token", "token"})
#: A pause that travelled while its form was sent may arrive after it.
_STRAY = timedelta(minutes=1)
_NOT_THEIRS = (403, 404)
#: The same form goes on to its own address, and is answered there.
_ON = 307


def pause(rule: Declared) -> AnyResponse | None:
    """Keep what a script or the button asks to keep; None where the form is meant to be taken.

    Args:
        rule: what the route declares; it was asked already whether its sender may use it.
    """
    if rule.draft is None or BUTTON not in request.form:
        return None
    if request.form[BUTTON] == PAUSE:
        if _memory().get(_stray(_page())) is None:
            _keep()
        return Response(status=204)
    _keep()
    flash(gettext("Kept for 72 hours. Only you can open it; it waits on this page."))
    return redirect(url_for("desk.today"))


def answered(rule: Declared | None, response: AnyResponse) -> None:
    """Before an answer is committed: forget what was taken, keep what was not.

    Args:
        rule: what the route declares, if anything.
        response: no error.
    """
    if not _concerns(rule) or BUTTON in request.form:
        return
    if response.status_code == _ON:
        return
    if "Location" not in response.headers or g.get("not_taken"):
        _keep()
    else:
        _memory().put(_stray(_page()), b"1", _STRAY)
        service.taken(g.actor, _page())


def refused(rule: Declared | None, response: AnyResponse) -> None:
    """After a form was refused and all of it undone: keep what was typed.

    Args:
        rule: what the route declares, if anything.
        response: an error. What its sender may not do is not kept.
    """
    if not _concerns(rule) or response.status_code in _NOT_THEIRS:
        return
    try:
        _keep()
        db.session.commit()
    except (DBAPIError, CaseworkError) as error:
        # The page that is on its way still holds everything; that it is not kept as well is no error of its sender.
        db.session.rollback()
        structlog.get_logger().warning("draft.not_kept", kind=type(error).__name__)


def receive(rule: Declared) -> AnyResponse | None:
    """Keep a form of a page whose session has ended, boxed to whoever the page was given to.

    Args:
        rule: what the route declares.

    Returns:
        None where it is no such form; it is then checked as any other is.
    """
    if rule.draft is None or PAGE not in request.form:
        return None
    csrf.check_origin(request)
    try:
        owner = owner_of(
            current_app.config["CASEWORK"].secret,
            request.form.get(csrf.FIELD, ""),
            _page(),
            request.form.get(OWNER, ""),
            clock.now(),
        )
        late.receive(
            owner,
            (request.view_args or {})["desk"],
            _written("", _NEVER),
            _case_id((request.view_args or {})["desk"]),
        )
    except Refused:
        return None
    return _put_by(current_user.is_authenticated and current_user.person.user_id == owner.user_id)


def _put_by(is_owner: bool) -> AnyResponse:
    """What is answered to a form that came late; it says nothing of what was typed."""
    if request.form.get(BUTTON) == PAUSE:
        return Response(status=204)
    if is_owner:
        flash(
            gettext(
                "This came from a page of an earlier session, so it was not taken. It is kept; look at it and send it again."
            ),
            "warn",
        )
        return redirect(request.path)
    flash(
        gettext(
            "The session of this page had ended. What was typed is kept for 72 hours, sealed so that only whoever typed it can open it. Sign in: it waits on your day."
        ),
        "warn",
    )
    return redirect(url_for("signing_in.page"))


def _concerns(rule: Declared | None) -> bool:
    return (
        rule is not None
        and rule.draft is not None
        and request.method == "POST"
        and g.get("actor") is not None
        and PAGE in request.form
    )


def _keep() -> None:
    written = _written(here(), _NEVER | _TOKENS)
    if any(one.strip() for texts in written.texts.values() for one in texts):
        service.keep(g.actor, written, _case_id(g.desk.code))


def _written(where: str, without: frozenset[str]) -> Written:
    return Written(_page(), request.path, _texts(without), where, clock.now())


def _case_id(code: str) -> UUID | None:
    """The case that the address of the form names, if there is one; no key is needed to ask."""
    ref = (request.view_args or {}).get("ref")
    return arriving.case_id_of(code, ref) if ref else None


def _texts(without: frozenset[str]) -> Mapping[str, list[str]]:
    sent = request.form.to_dict(flat=False)
    return {name: values for name, values in sent.items() if name not in without}


def _page() -> UUID:
    """The token of the page; a broken one counts as a new one, the same throughout this request."""
    if "draft_page" not in g:
        g.draft_page = request.form.get(PAGE, type=UUID) or uuid4()
    found: UUID = g.draft_page
    return found


def _memory() -> Memory:
    memory: Memory = current_app.extensions["casework.memory"]
    return memory


def _stray(page: UUID) -> str:
    return f"taken:{page}"
