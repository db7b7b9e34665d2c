"""Signing in: one form, one answer for every failure, the same work whoever asks."""

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select, update

from casework.access import arrivals
from casework.access.doorway import Doorway
from casework.access.models import Slot, User
from casework.access.sessions import Session, begin
from casework.db import db
from casework.errors import Refused
from casework.vault import PersonKeys, Secret, slot
from casework.vault.person import open_profile, sealed_profile


class SlowDown(Exception):
    """Too many failures here for this account; nothing was tried.

    Args:
        wait: until the next attempt counts.
    """

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


def sign_in(door: Doorway, login: str, passphrase: str, code: str, address: str) -> Session:
    """Let somebody in who knows a login, its passphrase and the code of this half minute.

    Args:
        door: of this installation.
        login, passphrase, code: as typed.
        address: where the attempt comes from, for its limit.

    Raises:
        SlowDown: before anything is tried, after too many failures.
        Refused: for every other reason alike.
    """
    if wait := door.limits.wait(login, address):
        raise SlowDown(wait)
    try:
        person = _open(door, login, passphrase)
        person.use_code(code)
        arrivals.arrive(person)
        keep_profile(person)
    except Refused:
        door.limits.failed(login, address)
        raise
    door.limits.passed(login, address)
    return begin(door, person)


def _open(door: Doorway, login: str, passphrase: str) -> PersonKeys:
    """The keys behind a passphrase; a stranger's login costs the same work on a decoy."""
    found = db.session.execute(
        select(User, Slot).join(Slot, Slot.user_id == User.id).where(User.login_mac == door.login_mac(login))
    ).first()
    known = stored(found.Slot) if found else None
    root = slot.unlock(known, passphrase, door.peppers, door.cost, door.gate)
    if found is None:
        raise Refused
    if found.Slot.pepper_id != door.peppers.current:
        rewrap(door, found.Slot, root, passphrase)
    return open_profile(root, found.User.id, found.User.profile, found.User.profile_counter)


def stored(row: Slot) -> slot.Slot:
    """A slot as the vault knows it."""
    return slot.Slot(row.id, row.user_id, row.salt, row.commit, row.blob)


def rewrap(door: Doorway, row: Slot, root: Secret, passphrase: str) -> None:
    """Seal a root anew under the newest pepper, at a sign-in, when the passphrase is at hand."""
    made = slot.make(root, row.id, row.user_id, passphrase, door.peppers, door.cost, door.gate)
    row.salt, row.commit, row.blob, row.pepper_id = made.salt, made.commit, made.blob, made.pepper_id


def keep_profile(person: PersonKeys) -> None:
    """Store a profile that changed (a code was used, a pin moved), unless a newer one is there.

    Raises:
        Refused: somebody stored one meanwhile: the same code, twice at a time.
    """
    if not person.changed:
        return
    sealed, counter = sealed_profile(person)
    row = db.session.execute(
        update(User)
        .where(User.id == person.user_id, User.profile_counter == person.counter)
        .values(profile=sealed, profile_counter=counter)
        .returning(User.id)
    )
    if row.first() is None:
        raise Refused
    person.counter, person.changed = counter, False


def keep_pins(person: PersonKeys) -> None:
    """Store moved pins if nobody stored a newer profile meanwhile; otherwise the next request moves them again."""
    with suppress(Refused):
        keep_profile(person)
