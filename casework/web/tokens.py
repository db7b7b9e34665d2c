"""The token of a form, by which a double click is one thing and not two."""

from uuid import UUID, uuid4

from flask import request

from casework.web import given_back

_FIELD = "form_token"


def for_form() -> UUID:
    """The token for a form: the one it came with when it is shown again or given back, else a new one."""
    return read(given_back.shown().get(_FIELD))


def sent() -> UUID:
    """The token that a form came with; a broken one counts as a new one."""
    return read(request.form.get(_FIELD))


def read(text: str | None) -> UUID:
    """A token as a form carries it; a broken one counts as a new one."""
    try:
        return UUID(text or "")
    except ValueError:
        return uuid4()
