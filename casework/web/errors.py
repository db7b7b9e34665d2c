"""Errors in words: what happened, what was kept, what to do. None of them says what it was about."""

from collections.abc import Callable

import structlog
from flask import Flask, g, redirect, render_template, request, url_for
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from casework import errors
from casework.access import entrance
from casework.db import db
from casework.store import StoreAway
from casework.web import asking_why, races

log = structlog.get_logger()


def install(app: Flask) -> None:
    """Answer every error of the house with a page of its own."""
    app.register_error_handler(errors.NotFound, lambda _: _page("not_found", 404))
    app.register_error_handler(errors.Denied, _denied)
    app.register_error_handler(errors.NeedsReason, asking_why.ask)
    app.register_error_handler(errors.Conflict, lambda _: _page("conflict", 409))
    app.register_error_handler(StaleDataError, lambda _: _page("conflict", 409))
    app.register_error_handler(errors.Invalid, lambda _: _page("invalid", 422))
    app.register_error_handler(errors.DeskLocked, _desk_locked)
    app.register_error_handler(errors.Locked, _locked)
    app.register_error_handler(errors.Refused, _refused)
    app.register_error_handler(StoreAway, lambda _: _page("store_away", 503))
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(SecurityError, _not_here)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _page(name: str, status: int) -> tuple[str, int]:
    """A page of `templates/errors`; the transaction is over first, so that the page reads fresh."""
    db.session.rollback()
    return render_template(f"errors/{name}.html"), status


def record_denial(error: errors.Denied) -> None:
    """Undo what the request did so far, and keep in mind that it was denied.

    A view calls this where it answers a denial with a sentence beside what was typed.
    """
    db.session.rollback()
    _kept(lambda: entrance.record_denial(g.get("actor"), error.action))


def _kept(record: Callable[[], None]) -> None:
    """Record and commit. Where not even the desk's chain verifies, only the log is left."""
    try:
        record()
        db.session.commit()
    except errors.Refused:
        db.session.rollback()
        _say_that_the_chain_is_refused()


def _say_that_the_chain_is_refused() -> None:
    """For the operator: a desk's chain is not what it was. It names the route alone."""
    log.error("chain.refused", rule=str(request.url_rule))


def _denied(error: errors.Denied) -> tuple[str, int]:
    record_denial(error)
    return _page("not_found", 404)


def _locked(_error: errors.Locked) -> AnyResponse:
    db.session.rollback()
    # This leads elsewhere, as a form that was taken does.
    g.not_taken = True
    return redirect(url_for("signing_in.page"))


def _desk_locked(error: errors.DeskLocked) -> AnyResponse:
    db.session.rollback()
    return redirect(url_for("locked.page", code=error.code))


def _refused(_error: errors.Refused) -> tuple[str, int]:
    db.session.rollback()
    if (actor := g.get("actor")) is None:
        # The desk's own chain is not the one that this person knows: it cannot be written for either.
        _say_that_the_chain_is_refused()
    else:
        _kept(lambda: entrance.record_refusal(actor, request.endpoint or ""))
    return _page("refused", 422)


def _database(error: BaseException) -> tuple[str, int]:
    """Whoever lost a race sends the form again; anything else that a database says is our mistake."""
    if races.lost(error):
        return _page("conflict", 409)
    return _unforeseen(error)


def _not_here(_error: SecurityError) -> AnyResponse:
    """Asked under a name that is not this installation's. There are no addresses then, so no page either."""
    return AnyResponse("This is not the name of this installation.\n", 400, mimetype="text/plain")


def _http(error: HTTPException) -> tuple[str, int]:
    """An answer that Flask or a view asks for; 500 is what it makes of an error at the commit."""
    if isinstance(error, InternalServerError):
        return _at_the_end(error)
    status = error.code or 500
    names = {403: "forbidden", 404: "not_found", 405: "not_found", 413: "too_large", 429: "slow_down"}
    return _page(names.get(status, "invalid"), status)


def _at_the_end(error: InternalServerError) -> tuple[str, int]:
    """Errors after the view has answered come wrapped."""
    cause = error.original_exception or error
    if isinstance(cause, StaleDataError | errors.Conflict):
        return _page("conflict", 409)
    return _database(cause)


def _unforeseen(error: BaseException) -> tuple[str, int]:
    """Log the class of the error and where it came from, nothing that it carries."""
    log.error("unforeseen", exc_info=error, rule=str(request.url_rule))
    return _page("unforeseen", 500)
