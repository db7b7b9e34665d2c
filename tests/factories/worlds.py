"""A network of two desks: one where people work, one where they come from."""

from dataclasses import dataclass
from uuid import UUID

from casework.access import desks, entrance
from casework.access.actor import Actor
from casework.access.models import Desk
from casework.db import db
from casework.vault import Role, keeping
from tests.factories.people import Human, human


@dataclass(frozen=True)
class World:
    """A network with people.

    Attributes:
        network_id, host_id, home_id: the network, the desk in a host country, the desk in a home country.
        mei: coordinator of the host desk and of the network.
        asha, bo: volunteers of the host desk.
        luz: legal ally of the host desk.
        nina: coordinator of the home desk.
        ram: volunteer of the home desk.
        cara: campaign team, admitted by the network only.
    """

    network_id: UUID
    host_id: UUID
    home_id: UUID
    mei: Human
    asha: Human
    bo: Human
    luz: Human
    nina: Human
    ram: Human
    cara: Human

    def actor(self, who: Human, desk_id: UUID | None = None) -> Actor:
        """Somebody at a desk, as a request makes them: their own desk, unless another is named."""
        at_home = who in (self.nina, self.ram)
        wanted = desk_id or (self.home_id if at_home else self.host_id)
        return entrance.enter(who.keys, code(wanted), network=True)


def code(desk_id: UUID) -> str:
    """The letters that stand for a desk in addresses."""
    return db.session.get_one(Desk, desk_id).code


def world() -> World:
    """A network, two desks, and one or two people in every role."""
    mei, asha, bo, luz, nina, ram, cara = (human(name.casefold(), name) for name in _NAMES)
    network_id = desks.found(mei.keys, "Network", mei.name).desk_id
    host_id = desks.found(mei.keys, "Harbour desk", mei.name, network_id).desk_id
    join(mei, network_id, nina, Role.COORDINATOR)
    home_id = desks.found(nina.keys, "Valley desk", nina.name, network_id).desk_id
    for who, role in ((asha, Role.VOLUNTEER), (bo, Role.VOLUNTEER), (luz, Role.ALLY)):
        join(mei, host_id, who, role)
    for who in (asha, bo, ram):
        join(mei, network_id, who, Role.VOLUNTEER)
    join(mei, network_id, cara, Role.CAMPAIGN)
    join(nina, home_id, ram, Role.VOLUNTEER)
    for one in (mei, asha, bo, luz, nina, ram, cara):
        one.keep()
    return World(network_id, host_id, home_id, mei, asha, bo, luz, nina, ram, cara)


_NAMES = ("Mei", "Asha", "Bo", "Luz", "Nina", "Ram", "Cara")


def join(coordinator: Human, desk_id: UUID, who: Human, role: Role) -> None:
    """Somebody is admitted to a desk, and has met it."""
    desk = keeping.open_desk(coordinator.keys, desk_id)
    keeping.meet(who.keys, desk_id)
    keeping.admit(desk, who.id, role, who.keys.x_public, who.keys.ed_public)
    desks.enrol(keeping.open_desk(coordinator.keys, desk_id), who.id, role, who.name)
    keeping.load(desk_id, who.keys)
