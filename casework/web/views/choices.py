"""What anybody may choose on any page, also before signing in: the language and the light."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, current_app, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from casework.web import languages
from casework.web.access import public

pages = Blueprint("choices", __name__)

_YEAR = 31_536_000
#: What a page is found again by: what was looked for, how far it was read, what it goes on from.
_KEPT = ("v", "page", "draft")


@pages.post("/language")
@public
def language() -> Response:
    """Speak another language from now on."""
    languages.choose(request.form.get("language", ""))
    return redirect(_back())


@pages.post("/theme")
@public
def theme() -> Response:
    """Light, dark, or as the device has it; says nothing about anybody, so a plain cookie keeps it."""
    response = redirect(_back())
    chosen = request.form.get("theme", "")
    if chosen in {"light", "dark", "auto"}:
        secure = current_app.config["CASEWORK"].secure_cookies
        response.set_cookie("theme", chosen, max_age=_YEAR, secure=secure, httponly=True, samesite="Strict")
    return response


def _back() -> str:
    """The page that the form was on, within the house; an address that only takes forms has nothing to show."""
    came = urlsplit(request.referrer or "")
    if not came.path.startswith("/") or came.path.startswith("//") or not _shows(came.path):
        return "/"
    kept = [(name, value) for name, value in parse_qsl(came.query) if name in _KEPT]
    return f"{came.path}?{urlencode(kept)}" if kept else came.path


def _shows(path: str) -> bool:
    """Whether there is a page at this address."""
    try:
        current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr] # in a request there is one
    except HTTPException:
        return False
    return True
