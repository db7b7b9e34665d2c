"""What anybody may choose on any page, also before signing in: the language and the light."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, request
from werkzeug.wrappers import Response

from casework.web import languages
from casework.web.access import public

pages = Blueprint("choices", __name__)

_YEAR = 31_536_000


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
    """The page that the form was on, within the house; a POST's own address has nothing to show."""
    path = urlsplit(request.referrer or "").path
    return path if path.startswith("/") and not path.startswith("//") else "/"
