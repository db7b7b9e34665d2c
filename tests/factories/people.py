"""People who can sign in, without the ceremony of being invited."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from flask import current_app

from casework import clock
from casework.access.doorway import Doorway
from casework.access.models import Slot, User
from casework.access.signing_in import keep_profile
from casework.db import db
from casework.vault import PersonKeys, sealed_profile, slot, totp

#: Everybody's, and worth nothing.
PASSPHRASE = "river lamp stone copper window market"


@dataclass(frozen=True)
class Human:
    """A synthetic person.

    Attributes:
        login: what they sign in with, beside `PASSPHRASE` and `code()`.
        name: how desks call them.
        keys: their own, open.
    """

    login: str
    name: str
    keys: PersonKeys = field(repr=False)

    @property
    def id(self) -> UUID:
        return self.keys.user_id

    def code(self) -> str:
        """The authenticator code of this half minute; each counts once."""
        return totp.code_at(self.keys.totp_secret, clock.now())

    def keep(self) -> None:
        """Store what they have pinned, so that they can sign in and find their desks."""
        keep_profile(self.keys)


def human(login: str, name: str) -> Human:
    """A person with keys, a passphrase and an authenticator, and no desk yet.

    Args:
        login: what they sign in with.
        name: how desks call them.
    """
    door: Doorway = current_app.extensions["casework.doorway"]
    keys = PersonKeys.create(uuid4())
    made = slot.make(keys.root, uuid4(), keys.user_id, PASSPHRASE, door.peppers, door.cost, door.gate)
    profile, counter = sealed_profile(keys)
    keys.counter = counter
    user = User(id=keys.user_id, login_mac=door.login_mac(login), since=clock.today())
    user.profile, user.profile_counter = profile, counter
    db.session.add(user)
    db.session.flush()
    row = Slot(id=made.id, user_id=keys.user_id, since=clock.today(), pepper_id=door.peppers.current)
    row.salt, row.commit, row.blob = made.salt, made.commit, made.blob
    db.session.add(row)
    db.session.flush()
    return Human(login, name, keys)
