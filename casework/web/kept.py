"""Filter choices and search words, kept out of addresses.

A list's address says only `?v=` and something random. What was chosen lies in Valkey, sealed under a
key that this session's cookie gives, and ends with the session.
"""

import json
import secrets
from datetime import timedelta
from typing import Any

from flask import current_app, g

from casework.memory import Memory
from casework.vault import session as sealed_session

_TOKEN_BYTES = 9


def keep(what: str, choices: dict[str, Any], life: timedelta | None = None) -> str:
    """Keep choices for this session.

    Args:
        what: which page they belong to; another page cannot recall them.
        choices: JSON-able.
        life: for how long; as long as the session, if left out.

    Returns:
        The token for the address.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    sealed = sealed_session.seal_kept(g.session_secret, _name(what, token), json.dumps(choices).encode())
    _memory().put(_name(what, token), sealed, life or current_app.config["CASEWORK"].absolute)
    return token


def recall(what: str, token: str | None) -> dict[str, Any]:
    """The choices of a token; none when there is no token or it has ended."""
    if not token:
        return {}
    sealed = _memory().get(_name(what, token))
    if sealed is None:
        return {}
    found: dict[str, Any] = json.loads(sealed_session.open_kept(g.session_secret, _name(what, token), sealed))
    return found


def _name(what: str, token: str) -> str:
    """Another session's name is another one: what it kept is not found, rather than not opened."""
    return f"kept:{sealed_session.sid_of(g.session_secret).hex()}:{what}:{token}"


def _memory() -> Memory:
    memory: Memory = current_app.extensions["casework.memory"]
    return memory
