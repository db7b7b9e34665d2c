"""Who a request belongs to: Flask-Login asks here, and only the session's cookie answers.

Flask-Login's own cookie is never used: with it, whoever holds the server's secret could forge a
signed-in coordinator.
"""

from flask import Request, current_app, g
from flask_login import UserMixin

from casework.access import sessions
from casework.access.doorway import Doorway
from casework.vault import PersonKeys
from casework.web import cookies


class Visitor(UserMixin):  # type: ignore[misc] # Flask-Login ships no types
    """Somebody who is signed in, with their keys open for this request."""

    def __init__(self, session: sessions.Session) -> None:
        self.session = session

    @property
    def person(self) -> PersonKeys:
        """Their opened keys."""
        return self.session.person

    def get_id(self) -> str:
        """For Flask-Login; no cookie ever carries it."""
        return str(self.person.user_id)


def doorway() -> Doorway:
    """What signing in needs, of this installation."""
    found: Doorway = current_app.extensions["casework.doorway"]
    return found


def load(_request: Request) -> Visitor | None:
    """The visitor of this request, by the session's cookie alone."""
    secret = cookies.read("session")
    session = sessions.resume(doorway(), secret) if secret else None
    if session is None:
        return None
    g.session_secret = session.secret
    return Visitor(session)
