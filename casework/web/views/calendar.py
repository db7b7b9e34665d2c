"""The calendar that a phone fetches by its secret address: no session, no keys, no content."""

import hashlib
from datetime import timedelta

from flask import Blueprint, Response, current_app, request
from flask_babel import force_locale, ngettext

from casework.errors import NotFound
from casework.reminders import calendar, feed
from casework.web.access import public
from casework.web.signed import doorway

pages = Blueprint("calendar", __name__, url_prefix="/calendar")

#: Fetches of one calendar, and wrong addresses from one place: far beyond what a calendar program asks.
_MOST_FETCHES, _MOST_WRONG = 60, 60
_WITHIN = timedelta(hours=1)
_TOO_MANY = 429


@pages.get("/<language>/<secret>.ics")
@public
def read(language: str, secret: str) -> Response:
    """The dates of one member as numbers on days."""
    if doorway().limits.too_often(f"calendar\0{secret}", _MOST_FETCHES, _WITHIN):
        return _later()
    try:
        days = feed.read(secret)
    except NotFound:
        if doorway().limits.too_often(f"no calendar\0{request.remote_addr}", _MOST_WRONG, _WITHIN):
            return _later()
        raise
    # The address names the language: so the server need not keep which one its owner speaks.
    with force_locale(language if language in current_app.config["CASEWORK"].languages else "en"):
        body = calendar.written(days, _words)
    return _file(body)


def _words(number: int) -> str:
    return str(ngettext("Casework: %(num)s date", "Casework: %(num)s dates", number))


def _file(body: bytes) -> Response:
    response = Response(body, mimetype="text/calendar")
    # Without a name of its own a browser would call the file by its secret address.
    response.headers["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _later() -> Response:
    return Response("", _TOO_MANY, {"Retry-After": str(int(_WITHIN.total_seconds()))}, mimetype="text/plain")
