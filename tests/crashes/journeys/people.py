"""Who is in: leaving, being admitted, lost words, another desk."""

from datetime import timedelta
from uuid import uuid4

from casework import clock
from casework.access import (
    admitting,
    desks,
    invitations,
    joining,
    leaving,
)
from casework.access.entrance import enter
from casework.access.policy import Role
from casework.cases import opening
from casework.vault import keeping
from tests import factories
from tests.crashes.journeys.allies import ally_reads, given
from tests.crashes.journeys.journey import TOKEN, Journey, nothing, renewed
from tests.crashes.scene import Scene
from tests.factories.worlds import code


def leave(scene: Scene) -> None:
    if scene.world.bo.id in scene.state().members:
        leaving.set_last_day(
            scene.actor(scene.world.mei), scene.world.bo.id, clock.today() + timedelta(days=1)
        )
        scene.keep()
        leaving.remove(scene.door, scene.actor(scene.world.mei), scene.world.bo.id)
        scene.keep()
    renewed(scene)


def has_left(scene: Scene) -> None:
    assert scene.world.bo.id not in scene.state().members
    assert scene.world.bo.id not in keeping.load(scene.world.network_id).members


def invited_back(scene: Scene) -> None:
    token = invitations.invite_back(scene.actor(scene.world.mei), scene.world.bo.id, uuid4())
    again = factories.human("bo-again", "Bo")
    joining.answer(again.keys, token)
    scene.know(again.keys)
    scene.more["again"] = again


def come_again(scene: Scene) -> None:
    let_in(scene)
    renewed(scene)


def let_in(scene: Scene) -> None:
    again = scene.more["again"]
    halves = admitting.waiting_of(again.keys)
    if halves is not None:
        mei = scene.actor(scene.world.mei)
        (row,) = [one for one, _ in invitations.waiting(mei)]
        admitting.admit(scene.door, mei, row.id, halves.newcomer)
        scene.keep()


def is_in(scene: Scene) -> None:
    again = scene.more["again"]
    for desk_id in (scene.world.host_id, scene.world.network_id):
        keeping.load(desk_id, again.keys)
    assert opening.load(enter(again.keys, code(scene.world.host_id)), scene.ref).called == "Sita Test"


def invited(scene: Scene) -> None:
    token = invitations.invite(scene.actor(scene.world.mei), "Dana", Role.VOLUNTEER)
    dana = factories.human("dana", "Dana")
    joining.answer(dana.keys, token)
    scene.know(dana.keys)
    scene.more["again"] = dana


def invited_elsewhere(scene: Scene) -> None:
    """Asha, a volunteer here and in the network, is to lead the desk at home."""
    token = invitations.invite(scene.world.actor(scene.world.nina), "Asha", Role.COORDINATOR)
    joining.answer(scene.world.asha.keys, token)


def lead_elsewhere(scene: Scene) -> None:
    halves = admitting.waiting_of(scene.world.asha.keys)
    if halves is not None:
        nina = scene.world.actor(scene.world.nina)
        (row,) = [one for one, _ in invitations.waiting(nina)]
        admitting.admit(scene.door, nina, row.id, halves.newcomer)
        scene.keep()


def leads_elsewhere(scene: Scene) -> None:
    network = keeping.load(scene.world.network_id)
    assert network.member(scene.world.asha.id).role is Role.COORDINATOR
    assert scene.world.actor(scene.world.asha, scene.world.home_id).role is Role.COORDINATOR


def found(scene: Scene) -> None:
    scene.more["code"] = desks.found_another(scene.actor(scene.world.mei), "Hill desk", "Mei", TOKEN)
    scene.keep()


def is_founded(scene: Scene) -> None:
    assert enter(scene.world.mei.keys, scene.more["code"], network=True).role is Role.COORDINATOR


JOURNEYS = {
    "a member leaves": Journey(nothing, leave, has_left),
    "a member leaves, while an ally reads": Journey(given, leave, ally_reads),
    "admission": Journey(invited, let_in, is_in),
    "re-admission after lost words": Journey(invited_back, come_again, is_in),
    "a volunteer of the network leads another desk": Journey(
        invited_elsewhere, lead_elsewhere, leads_elsewhere
    ),
    "a desk is founded": Journey(nothing, found, is_founded),
}
