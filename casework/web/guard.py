"""The door of every request: deny by default, open the keys, one transaction.

    route (declares) -> guard -> form -> service(actor, ...) -> template

Nothing else in the house commits. A refused request is rolled back first and its refusal recorded
after that, because a second connection during a write would lock SQLite.
"""

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from casework.access import entrance
from casework.access.policy import require
from casework.access.signing_in import keep_pins
from casework.db import READ_ONLY, db
from casework.web import csrf, drafting, reasons, uploads
from casework.web.access import Declared

_SAFE = ("GET", "HEAD", "OPTIONS")
_FIRST_ERROR = 400


def install(app: Flask) -> None:
    """Put the guard before and after every request."""
    app.before_request(enter)
    app.after_request(leave)


def declared() -> Declared | None:
    """What the route of this request declares; None when it declares nothing."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "access", None)


def enter() -> AnyResponse | None:
    """Let in, send to the sign-in, or refuse."""
    if request.endpoint is None:
        return None
    rule = declared()
    if rule is None:
        abort(403)
    if rule.reads_first or not _writes():
        db.session.connection(execution_options={READ_ONLY: True})
    # Who it is comes first: what a form is checked by is a secret of their session.
    somebody = current_user.is_authenticated
    if request.method not in _SAFE and (answer := _received(rule, somebody=somebody)) is not None:
        return answer
    if not rule.signed_in:
        return None
    if not somebody:
        return redirect(url_for("signing_in.page"))
    _open_desk(rule)
    return drafting.pause(rule)


def _received(rule: Declared, *, somebody: bool) -> AnyResponse | None:
    """Take the body of a form in, and see that it comes from a page of ours; an answer where that is all."""
    if rule.takes_file and somebody:
        uploads.wait_for_file()
    if not (somebody and csrf.valid(request)) and (answer := drafting.receive(rule)) is not None:
        return answer
    csrf.check(request)
    return None


def _open_desk(rule: Declared) -> None:
    """Make the actor of this request; keys of a desk are opened only when the route names one."""
    code = (request.view_args or {}).pop("desk", None)
    person = current_user.person
    g.places = entrance.places_of(person)
    g.actor = entrance.enter(person, code, network=rule.network, places=g.places, said_why=reasons.said)
    g.desk = entrance.named(g.actor)
    if rule.action is not None:
        require(g.actor, rule.action)


def _writes() -> bool:
    rule = declared()
    return request.method not in _SAFE or bool(rule and rule.writes)


def begin_to_write() -> None:
    """End the reading that a route began with, and let the next statement begin a transaction that writes.

    What was read before may have changed since: whoever writes reads it again.
    """
    db.session.rollback()


def keep_so_far() -> None:
    """Keep what was written, in an answer that is made while it is sent; what is written next is a transaction anew."""
    db.session.commit()


def leave(response: Response) -> Response:
    """Keep what an answer acknowledges, before it goes out; anything else is undone."""
    if response.status_code < _FIRST_ERROR:
        drafting.answered(declared(), response)
        if _writes() and (actor := g.get("actor")):
            keep_pins(actor.person)
        db.session.commit()
        _record_unreadable()
    else:
        db.session.rollback()
        drafting.refused(declared(), response)
    return response


def unreadable(where: str) -> None:
    """Have it recorded, once the page is made, that something sealed did not open and was left out.

    Args:
        where: the table and column; never content.
    """
    g.setdefault("unreadable", set()).add(where)


def _record_unreadable() -> None:
    """In a transaction of its own: the page may have begun one that only reads."""
    for where in sorted(g.pop("unreadable", ())):
        entrance.record_refusal(g.actor, where)
        db.session.commit()
