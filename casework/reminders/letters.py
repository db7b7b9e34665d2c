"""A mail that waits to be sent: to whom, in which words, and what becomes of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from casework import clock, queue
from casework.db import db
from casework.deadlines.words import msgid
from casework.reminders import wishes
from casework.reminders.models import Letter, Reminder

#: What a mail says, by its sort: never what it is about, and no address of a page that others could forge.
WORDS = (
    msgid("Casework writes here from now on when you have dates to look at. It never says more than that."),
    msgid("You have dates to look at today. Sign in."),
    msgid("Your desk has dates to look at today. Sign in."),
)
#: A mail that no server took for so long is given up: a later step of the ladder writes another one.
_GIVEN_UP = timedelta(days=3)


@dataclass(frozen=True)
class Ready:
    """A mail to be sent.

    Attributes:
        id: of its row.
        address, language: to whom, and in which language.
        words: a msgid.
        not_before: when its reader's quiet hours are over; the present, outside of them.
    """

    id: UUID
    address: str
    language: str
    words: str
    not_before: datetime


def ready(server: bytes, letter_id: UUID) -> Ready | None:
    """What is to be sent; None where nothing is, any more.

    Args:
        server: the server's secret, under which the address lies.
        letter_id: of the row.
    """
    letter = db.session.get(Letter, letter_id)
    row = db.session.get(Reminder, letter.reminder_id) if letter else None
    wish = wishes.opened_or_none(server, row) if row else None
    if letter is None or wish is None or letter.on < clock.today() - _GIVEN_UP:
        return None
    return Ready(letter.id, wish.address, wish.language, WORDS[letter.sort], wish.not_before(clock.now()))


def done(letter_id: UUID) -> None:
    """It was sent, or is not to be: nothing of it stays."""
    letter = db.session.get(Letter, letter_id)
    if letter is not None:
        db.session.delete(letter)


def later(letter_id: UUID, not_before: datetime) -> None:
    """Send it when the quiet hours are over."""
    queue.enqueue(wishes.SEND, letter_id, due_at=not_before)
