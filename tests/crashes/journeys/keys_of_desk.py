"""Recovery cards, and the lock."""

from uuid import uuid4

from casework import clock
from casework.access import (
    locking,
    newcomers,
    recovery,
    returning,
    sessions,
)
from casework.vault import totp
from tests.crashes.journeys.allies import given
from tests.crashes.journeys.journey import Journey, renewed
from tests.crashes.journeys.people import is_in
from tests.crashes.scene import Scene
from tests.factories.worlds import code
from tests.sharing.conftest import STORY

COOKIE = b"c" * 32


def has_cards(scene: Scene) -> None:
    scene.more["cards"] = recovery.make(scene.actor(scene.world.mei))
    recovery.rehearse(scene.actor(scene.world.mei), scene.more["cards"][:2])


def make_cards(scene: Scene) -> None:
    if scene.more.get("new") is None:
        made = recovery.make(scene.actor(scene.world.mei))
        scene.keep()
        scene.more["new"] = made
    recovery.rehearse(scene.actor(scene.world.mei), scene.more["new"][1:])
    scene.keep()
    renewed(scene)


def cards_count(scene: Scene) -> None:
    assert recovery.standing(scene.actor(scene.world.mei)).rehearsed_on == clock.today()
    assert recovery.reach(scene.actor(scene.world.mei)) == recovery.Reach(desk=True, register=True)


def come_back(scene: Scene) -> None:
    if scene.kim.id in scene.state().members:
        returning.prepare(scene.door, COOKIE, scene.more["cards"][:2], f"kim-{uuid4().hex[:8]}")
        made = newcomers.as_shown(newcomers.waiting(scene.door, COOKIE, "back-by-cards")["fresh"])
        code_now = totp.code_at(made.totp_secret, clock.now())
        shown = returning.show(scene.door, COOKIE, made.passphrase, code_now)
        person = returning.come_back(scene.door, COOKIE, shown, scene.kim.id).person
        scene.know(person)
        scene.keep()
        scene.more["again"] = type(scene.kim)("kim", "Kim", person)
    renewed(scene)


def lock(scene: Scene) -> None:
    """By Bo, and opened again by two; whether it was locked before is in the chain."""
    sessions.begin(scene.door, scene.world.asha.keys)
    scene.keep()
    if scene.state().epoch == 1 and not scene.state().locked:
        locking.lock(scene.door, scene.actor(scene.world.bo))
        scene.keep()
    if scene.state().locked:
        desk = code(scene.world.host_id)
        for one in (scene.world.mei, scene.kim):
            locking.say_yes(one.keys, desk)
            scene.keep()
    sessions.purge()
    renewed(scene)


def open_with_cards(scene: Scene) -> None:
    desk = code(scene.world.host_id)
    if scene.state().locked:
        locking.open_with_cards(scene.world.mei.keys, desk, scene.more["cards"][1:])
        scene.keep()
    renewed(scene)


def has_cards_and_is_locked(scene: Scene) -> None:
    has_cards(scene)
    locking.lock(scene.door, scene.actor(scene.world.bo))


def is_open(scene: Scene) -> None:
    assert not scene.state().locked
    assert scene.state().epoch == 2
    assert scene.ally_reads() == STORY


def is_open_again(scene: Scene) -> None:
    assert not scene.state().locked


JOURNEYS = {
    "new cards in the place of older ones": Journey(has_cards, make_cards, cards_count),
    "a coordinator comes back with two cards": Journey(has_cards, come_back, is_in),
    "lock, and two open it": Journey(given, lock, is_open),
    "a lock is opened with two cards": Journey(has_cards_and_is_locked, open_with_cards, is_open_again),
}
