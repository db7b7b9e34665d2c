"""Signing in: one form, one answer for every failure, the same work whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from casework.access import arrivals, spent_codes
from casework.access.doorway import Doorway
from casework.access.models import Slot, User
from casework.access.sessions import Session, begin
from casework.db import db
from casework.errors import Conflict, Refused
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


@dataclass(frozen=True)
class Known:
    """Somebody who knew a login and its passphrase; the code is still to come.

    Attributes:
        account: of the limits.
        user_id: who it is.
        root: what the passphrase opened.
        renewed: their slot under the newest pepper, where it was under an older one.
    """

    account: str
    user_id: UUID
    root: Secret = field(repr=False)
    renewed: slot.Slot | None = field(default=None, repr=False)


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
    return let_in(door, recognise(door, login, passphrase, address), code, address)


def recognise(door: Doorway, login: str, passphrase: str, address: str) -> Known:
    """The first half of `sign_in`: long work that only reads. Arguments and errors are the same."""
    account = door.login_mac(login).hex()
    if wait := door.limits.wait(account, address):
        raise SlowDown(wait)
    with _counted(door, account, address):
        return _unlock(door, account, login, passphrase)


def let_in(door: Doorway, known: Known, code: str, address: str, device: str = "") -> Session:
    """The second half of `sign_in`: it writes, and reads anew what may have changed during the first."""
    with _counted(door, known.account, address):
        person = _opened(known)
        person.use_code(code)
        arrivals.arrive(person)
        keep_profile(person)
        spent_codes.spend(door, person)
    door.limits.passed(known.account, address)
    return begin(door, person, device)


@contextmanager
def _counted(door: Doorway, account: str, address: str) -> Iterator[None]:
    try:
        yield
    except Refused:
        door.limits.failed(account, address)
        raise


def _unlock(door: Doorway, account: str, login: str, passphrase: str) -> Known:
    """The root behind a passphrase; a stranger's login costs the same work on a decoy."""
    row = db.session.scalar(
        select(Slot).join(User, Slot.user_id == User.id).where(User.login_mac == door.login_mac(login))
    )
    root = slot.unlock(stored(row) if row else None, passphrase, door.peppers, door.cost, door.gate)
    if row is None:
        raise Refused
    renewed = None
    if row.pepper_id != door.peppers.current:
        renewed = slot.make(root, row.id, row.user_id, passphrase, door.peppers, door.cost, door.gate)
    return Known(account, row.user_id, root, renewed)


def _opened(known: Known) -> PersonKeys:
    """Their keys, from the profile as it is now; a slot under a newer pepper is kept on the way."""
    user = db.session.get(User, known.user_id, populate_existing=True)
    if user is None:
        raise Refused
    if known.renewed:
        _renew(known.renewed)
    return open_profile(known.root, user.id, user.profile, user.profile_counter)


def _renew(made: slot.Slot) -> None:
    """Store a root that was sealed anew at a sign-in, when the passphrase was at hand."""
    row = db.session.get_one(Slot, made.id)
    row.salt, row.commit, row.blob, row.pepper_id = made.salt, made.commit, made.blob, made.pepper_id


def stored(row: Slot) -> slot.Slot:
    """A slot as the vault knows it."""
    return slot.Slot(row.id, row.user_id, row.salt, row.commit, row.blob)


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


def insist_on_pins(person: PersonKeys) -> None:
    """Store moved pins where nothing works without them: a new desk opens to nobody who has not pinned it.

    Raises:
        Conflict: another page of the same person stored a profile meanwhile; it is to be tried again.
    """
    try:
        keep_profile(person)
    except Refused:
        raise Conflict from None
