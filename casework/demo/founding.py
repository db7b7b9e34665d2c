"""The network, its desks and its people: founded, invited, met and admitted as in real life."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import admitting, desks, entrance, invitations, joining
from casework.access.actor import Actor
from casework.access.doorway import Doorway
from casework.access.models import Desk, Slot, User
from casework.access.signing_in import keep_profile
from casework.db import db
from casework.demo import cast
from casework.demo.cast import NETWORK, DeskPlan, Person
from casework.vault import PersonKeys, Role, sealed_profile, slot


@dataclass
class Network:
    """A network of the demo while it grows.

    Attributes:
        door: of this installation.
        keys: of everybody who has come so far, by login.
        codes: of the desks and of the network, by the key in the data files.
        hosts: who invites to each: the login of its first coordinator.
        name, plans: what it is called, and its desks by key; those of the large network, if left out.
    """

    door: Doorway
    keys: dict[str, PersonKeys] = field(default_factory=dict, repr=False)
    codes: dict[str, str] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)
    name: str = field(default_factory=cast.network_name)
    plans: Mapping[str, DeskPlan] = field(default_factory=cast.desks)

    def actor(self, login: str, desk: str) -> Actor:
        """Somebody at a desk, as a request makes them."""
        return entrance.enter(self.keys[login], self.codes[desk], network=True)

    def welcome(self, person: Person) -> None:
        """Somebody comes, at the moment of the clock: founds what is not there yet, and joins what is."""
        keys = self.keys[person.login] = keys_of(self.door, person)
        if not self.codes:
            self._remember(NETWORK, desks.found(keys, self.name, person.name).desk_id, person)
        for desk in person.desks or (NETWORK,):
            if desk in self.codes:
                self.join(person, desk, Role(person.role))
            else:
                self._found(person, desk)
        keep_profile(keys)

    def _found(self, person: Person, desk: str) -> None:
        """A further desk is founded by a coordinator of the network, who is invited first if they are new."""
        if NETWORK not in self.codes or person.login != self.hosts[NETWORK]:
            self.join(person, NETWORK, Role.COORDINATOR)
        plan = self.plans[desk]
        code = desks.found_another(self.actor(person.login, NETWORK), plan.name, person.name)
        self.codes[desk], self.hosts[desk] = code, person.login
        here = self.actor(person.login, desk)
        desks.rename(here, plan.name, desks.settings(here)[1], zone=str(plan.zone))

    def join(self, person: Person, desk: str, role: Role) -> None:
        """Invited, met, admitted: the newcomer reads one half of the code aloud.

        Args:
            person: who has keys already.
            desk: where they come to, with somebody there who invites.
            role: what they are there.
        """
        keys, host = self.keys[person.login], self.hosts[desk]
        joining.answer(keys, invitations.invite(self.actor(host, desk), person.name, role))
        halves = admitting.waiting_of(keys)
        if halves is None:
            raise LookupError(f"{person.login} waits for nothing")
        admitting.admit(
            self.door, self.actor(host, desk), _waiting(self.actor(host, desk), keys), halves.newcomer
        )

    def _remember(self, key: str, desk_id: UUID, founder: Person) -> None:
        self.codes[key] = db.session.get_one(Desk, desk_id).code
        self.hosts[key] = founder.login


def exists() -> bool:
    """Whether this installation has a network already."""
    return db.session.scalar(select(Desk.id).limit(1)) is not None


def known(door: Doorway, logins: Collection[str]) -> bool:
    """Whether everybody of these logins is in the tables."""
    macs = {door.login_mac(login) for login in logins}
    return macs <= set(db.session.scalars(select(User.login_mac).where(User.login_mac.in_(macs))))


def _waiting(host: Actor, newcomer: PersonKeys) -> UUID:
    waiting = (row for row, _ in invitations.waiting(host) if row.user_id == newcomer.user_id)
    return next(waiting).id


def keys_of(door: Doorway, person: Person) -> PersonKeys:
    """A person with fresh keys and the known passphrase.

    Joining draws passphrases that nobody else ever sees; this is the one place that gives somebody a known one.

    Args:
        door: of this installation.
        person: who comes.
    """
    keys = PersonKeys.create(uuid4())
    made = slot.make(keys.root, uuid4(), keys.user_id, person.passphrase, door.peppers, door.cost, door.gate)
    user = User(id=keys.user_id, login_mac=door.login_mac(person.login), since=clock.today())
    user.profile, keys.counter = sealed_profile(keys)
    user.profile_counter = keys.counter
    db.session.add(user)
    db.session.flush()
    row = Slot(id=made.id, user_id=keys.user_id, since=clock.today(), pepper_id=door.peppers.current)
    row.salt, row.commit, row.blob = made.salt, made.commit, made.blob
    db.session.add(row)
    db.session.flush()
    return keys
