"""Another passphrase: the root is sealed anew under it, and every other session ends.

The new words are drawn here, shown once, and counted only after they were typed. A copy of the database
from before still opens with the old words: where somebody may know them, new keys are needed, not new words.
"""

from uuid import UUID

from sqlalchemy import select

from casework.access import arrivals, sessions, spent_codes
from casework.access.doorway import Doorway
from casework.access.models import Slot
from casework.access.sessions import Session
from casework.access.signing_in import keep_profile, stored
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, Refused
from casework.vault import PersonKeys, passphrase, slot
from casework.vault.passphrase import normalise


def new_words() -> str:
    """Six words, drawn here."""
    return passphrase.generate()


def try_words(door: Doorway, person: PersonKeys, old: str, new: str, typed: str) -> slot.Slot:
    """The first half: long work that only reads.

    Args:
        door: of this installation.
        person: whose passphrase it is.
        old: the present passphrase, as typed.
        new: what was drawn and shown.
        typed: the same, typed from paper.

    Returns:
        The slot under the new passphrase.

    Raises:
        Invalid: one of them is not right.
    """
    if normalise(new) != normalise(typed):
        raise Invalid("These are not the six words. Please copy them once more.", "passphrase")
    row = _row(person.user_id)
    try:
        root = slot.unlock(stored(row), old, door.peppers, door.cost, door.gate)
    except Refused:
        raise Invalid("This is not your present passphrase.", "present") from None
    return slot.make(root, row.id, person.user_id, new, door.peppers, door.cost, door.gate)


def keep(door: Doorway, person: PersonKeys, made: slot.Slot, code: str, device: str) -> Session:
    """The second half: it writes.

    Returns:
        A new session in the place of all others.

    Raises:
        Invalid: the authenticator code does not fit.
    """
    try:
        person.use_code(code)
        spent_codes.spend(door, person)
    except Refused:
        raise Invalid("This code does not fit. Codes change every 30 seconds.", "code") from None
    row = _row(person.user_id)
    row.salt, row.commit, row.blob, row.pepper_id = made.salt, made.commit, made.blob, made.pepper_id
    for desk in arrivals.opened(person):
        audit.record(desk, Event.WORDS_CHANGED)
    keep_profile(person)
    sessions.end_all(door, person.user_id)
    return sessions.begin(door, person, device)


def _row(user_id: UUID) -> Slot:
    return db.session.scalars(select(Slot).where(Slot.user_id == user_id)).one()
