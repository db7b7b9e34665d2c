"""Sending a mail: between two transactions, so that nobody waits for a mail server.

A worker that is killed between the mail and its record sends it again, under the same Message-ID.
"""

from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from uuid import UUID

from flask import current_app
from flask_babel import force_locale, gettext

from casework import clock, post
from casework.db import READ_ONLY, db
from casework.reminders import letters, rounds
from casework.reminders.letters import Ready
from casework.settings import Settings

_SUBJECT = "Casework"


def go_round() -> None:
    """See who is to be told of something, where this installation sends mail at all."""
    if _settings().mail_url:
        rounds.go(_settings().secret)


def send(letter_id: UUID) -> Callable[[], None]:
    """Send a mail, unless its reader's hours are quiet.

    Args:
        letter_id: which.

    Returns:
        What is to be written down of it, in the transaction that ends the job.

    Raises:
        PostAway: it is not known to have arrived; the job is due again.
    """
    found = _read(letter_id)
    server = post.connect(_settings().mail_url)
    if found is None or server is None:
        return partial(letters.done, letter_id)
    if found.not_before > clock.now():
        return partial(letters.later, letter_id, found.not_before)
    server.send(written(found))
    return partial(letters.done, letter_id)


def _read(letter_id: UUID) -> Ready | None:
    db.session.connection(execution_options={READ_ONLY: True})
    try:
        return letters.ready(_settings().secret, letter_id)
    finally:
        db.session.rollback()


def written(found: Ready) -> EmailMessage:
    """The mail: a sentence, a subject that is always the same, and an id that stays."""
    sender = _settings().mail_from or post.NOBODY
    mail = EmailMessage()
    mail["Message-ID"] = f"<{found.id}@{sender.rpartition('@')[2].strip('> ')}>"
    mail["From"], mail["To"], mail["Subject"] = sender, found.address, _SUBJECT
    mail["Date"] = format_datetime(clock.now())
    # So that no answering machine answers.
    mail["Auto-Submitted"] = "auto-generated"
    with force_locale(found.language):
        mail.set_content(f"{gettext(found.words)}\n")
    return mail


def _settings() -> Settings:
    found: Settings = current_app.config["CASEWORK"]
    return found
