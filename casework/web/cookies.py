"""Two cookies: one before somebody signs in, one after. Both carry 32 random bytes and nothing else."""

import base64
import binascii

from flask import Response as FlaskResponse
from flask import current_app, g, request
from werkzeug.wrappers import Response

from casework.vault import session as sealed_session

_LENGTH = 32


def _name(kind: str) -> str:
    """`__Host-` binds a cookie to this very host over HTTPS; the loopback demo speaks plain HTTP."""
    return f"__Host-{kind}" if current_app.config["CASEWORK"].secure_cookies else f"casework-{kind}"


def read(kind: str) -> bytes | None:
    """The bytes of a cookie, or None when it is missing or misshapen."""
    try:
        secret = base64.urlsafe_b64decode(request.cookies.get(_name(kind), "").encode("ascii") + b"=")
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == _LENGTH else None


def write(response: Response, kind: str, secret: bytes) -> None:
    """Give a cookie to the browser, for as long as it is open."""
    response.set_cookie(
        _name(kind),
        base64.urlsafe_b64encode(secret).rstrip(b"=").decode("ascii"),
        secure=current_app.config["CASEWORK"].secure_cookies,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def forget(response: Response, kind: str) -> None:
    """Take a cookie away from the browser."""
    response.delete_cookie(
        _name(kind),
        secure=current_app.config["CASEWORK"].secure_cookies,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def secret_of_browser() -> bytes:
    """What this browser alone holds: the session's secret, or the one from before signing in.

    A browser that has neither is given one with this answer.
    """
    secret: bytes | None = getattr(g, "session_secret", None) or read("pre") or getattr(g, "new_pre", None)
    if secret is None:
        secret = g.new_pre = sealed_session.new_secret()
    return secret


def hand_out(response: FlaskResponse) -> FlaskResponse:
    """Give the cookie that a form of this answer relies on."""
    if fresh := getattr(g, "new_pre", None):
        write(response, "pre", fresh)
    return response
