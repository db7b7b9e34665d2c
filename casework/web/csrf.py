"""A form counts only when it comes from a page that we gave to this very session.

The token is an HMAC under a key that only the session's cookie gives, masked anew in every answer so
that compression of pages tells nothing about it.
"""

from flask import Request, abort
from markupsafe import Markup

from casework.vault import session as sealed_session
from casework.web.cookies import secret_of_browser

FIELD = "csrf"
_FORM = "casework"


def hidden_field() -> Markup:
    """The hidden input that every form carries."""
    token = sealed_session.csrf_token(secret_of_browser(), _FORM)
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token)


def check(request: Request) -> None:
    """Stop a form that did not come from a page of this session."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        abort(403)
    token = request.form.get(FIELD, "") or request.headers.get("X-CSRF", "")
    if not sealed_session.csrf_valid(secret_of_browser(), _FORM, token):
        abort(403)
