"""A form counts only when it comes from a page that we gave to this very session.

The token is an HMAC under a key that only the session's cookie gives, masked anew in every answer so
that compression of pages tells nothing about it.
"""

from flask import Request, abort, g
from markupsafe import Markup

from casework.vault import session as sealed_session
from casework.web.cookies import secret_of_browser

FIELD = "csrf"
#: What every form token of ours is made for.
FORM = "casework"


def hidden_field() -> Markup:
    """The hidden input that every form carries: one for all forms of an answer, since a list has one in each line."""
    secret = secret_of_browser()
    made: tuple[bytes, Markup] | None = g.get("csrf_field")
    if made is None or made[0] != secret:
        token = sealed_session.csrf_token(secret, FORM)
        made = secret, Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)
        g.csrf_field = made
    return made[1]


def check(request: Request) -> None:
    """Stop a form that did not come from a page of this session."""
    check_origin(request)
    if not valid(request):
        abort(403)


def check_origin(request: Request) -> None:
    """Stop a form that comes from another place than this one."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        abort(403)


def valid(request: Request) -> bool:
    """Whether a form carries a token of this session."""
    token = request.form.get(FIELD, "") or request.headers.get("X-CSRF", "")
    return sealed_session.csrf_valid(secret_of_browser(), FORM, token)
