"""Why somebody opens a case that is not theirs: said once a session, and remembered with the session alone."""

from uuid import UUID

from flask import current_app, g

from casework.memory import Memory
from casework.vault import session as sealed_session

_YES = b"1"


def said(case_id: UUID) -> bool:
    """Whether this session has said why it opens a case; asked of Valkey once a request."""
    known: dict[UUID, bool] = g.setdefault("said_why", {})
    if case_id not in known:
        known[case_id] = _memory().get(_name(case_id)) is not None
    return known[case_id]


def remember(case_id: UUID) -> None:
    """The reason was recorded: for the rest of this session it is not asked again."""
    _memory().put(_name(case_id), _YES, current_app.config["CASEWORK"].absolute)
    g.setdefault("said_why", {})[case_id] = True


def _name(case_id: UUID) -> str:
    """It names neither the session nor the case: without the cookie nobody can tell who opened which."""
    return f"why:{sealed_session.sid_of(g.session_secret + case_id.bytes).hex()}"


def _memory() -> Memory:
    memory: Memory = current_app.extensions["casework.memory"]
    return memory
