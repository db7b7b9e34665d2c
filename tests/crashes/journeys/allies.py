"""What allies are given."""

from datetime import timedelta
from uuid import uuid4

from casework import clock
from casework.access import (
    leaving,
)
from casework.cases import links, mending
from casework.db import db
from casework.sharing import conflicts, ending, grants, ruling, settling
from casework.vault import Section
from casework.vault.keeping import granting
from casework.vault.models import Grant
from tests.crashes.journeys.journey import TOKEN, Journey, nothing
from tests.crashes.scene import Scene
from tests.sharing.conftest import STORY, save, wish
from tests.sharing.test_given_again import damage


def ally_without_list(scene: Scene) -> None:
    """Something was given, and waits, because Luz has not said whom she acts for."""
    grants.make(scene.actor(scene.world.mei), scene.ref, wish(scene.world, Section.STORY), TOKEN)


def accept(scene: Scene) -> None:
    """Luz promises and says whom she acts for; the desk compares, and from then on she reads."""
    scene.ally_is_ready()
    row = db.session.query(Grant).one()
    if row.state == granting.WAITING:
        ruling.compare_again(scene.actor(scene.world.mei), scene.ref, row.id)
        scene.keep()


def decline(scene: Scene) -> None:
    row = db.session.query(Grant).one()
    if row.state == granting.WAITING:
        ruling.rule(scene.actor(scene.world.mei), scene.ref, row.id, "Not her field.", allow=False)
        scene.keep()
    save_again(scene)


def given(scene: Scene) -> None:
    scene.ally_is_ready()
    grants.make(scene.actor(scene.world.mei), scene.ref, wish(scene.world, Section.STORY), TOKEN)


def give(scene: Scene) -> None:
    scene.ally_is_ready()
    grants.make(scene.actor(scene.world.mei), scene.ref, wish(scene.world, Section.STORY), TOKEN)
    scene.keep()


def ally_reads(scene: Scene) -> None:
    assert scene.ally_reads() == STORY


def ally_reads_nothing(scene: Scene) -> None:
    assert scene.ally_reads() is None
    assert {row.state for row in db.session.query(Grant)} <= {granting.ENDED}


def revoke(scene: Scene) -> None:
    row = db.session.query(Grant).one()
    if row.state == granting.LIVE:
        ending.revoke(scene.actor(scene.world.bo), scene.ref, row.id)
        scene.keep()
    settled(scene)


def settled(scene: Scene) -> None:
    for _ in range(60):
        if not settling.go_on(scene.actor(scene.world.asha)).cases:
            break
        scene.keep()
    scene.keep()


def expire(scene: Scene) -> None:
    with clock.at(clock.now() + timedelta(days=20)):
        ending.expire()
        scene.keep()
        save_again(scene)


def save_again(scene: Scene) -> None:
    """The next save of the case draws the new key; the slices do the rest."""
    save(scene.actor(scene.world.asha), scene.ref, Section.STORY, what_happened="More is known now.")
    scene.keep()
    settled(scene)


def ally_leaves(scene: Scene) -> None:
    if scene.world.luz.id in scene.state().members:
        leaving.remove(scene.door, scene.actor(scene.world.mei), scene.world.luz.id)
        scene.keep()
    save_again(scene)


def lists_more(scene: Scene) -> None:
    """Luz names somebody new: everything waits until the desk has compared."""
    luz = scene.actor(scene.world.luz)
    if conflicts.own(luz).rev < 2:
        conflicts.save(luz, "Harbour Catering Ltd", conflicts.own(luz).rev)
        scene.keep()
    row = db.session.query(Grant).one()
    if row.state == granting.WAITING:
        ruling.compare_again(scene.actor(scene.world.mei), scene.ref, row.id)
        scene.keep()


def given_against_a_firm(scene: Scene) -> None:
    given(scene)
    luz = scene.actor(scene.world.luz)
    conflicts.save(luz, "Harbour Catering Ltd", conflicts.own(luz).rev)
    ruling.compare_again(scene.actor(scene.world.mei), scene.ref, db.session.query(Grant).one().id)


def name_the_firm(scene: Scene) -> None:
    """A save that brings a hit closes the grant at once, until a coordinator rules."""
    mei = scene.actor(scene.world.mei)
    if not db.session.query(Grant).filter_by(state=granting.WAITING).count():
        links.enter_and_link(mei, scene.ref, "recruiter", "Harbour Catering Ltd", "KW", "recruited", uuid4())
        scene.keep()


def waits(scene: Scene) -> None:
    assert scene.ally_reads() is None
    assert db.session.query(Grant).one().state == granting.WAITING


def given_and_damaged(scene: Scene) -> None:
    given(scene)
    damage(scene.ref)


def stand_and_give_again(scene: Scene) -> None:
    """A coordinator lets the case stand, and gives again what was given."""
    mei = scene.actor(scene.world.mei)
    if not mending.look(mei, scene.ref).whole:
        mending.accept(mei, scene.ref, "A disk failed.", scene.ref)
        scene.keep()
    ruling.give_again(scene.actor(scene.world.mei), scene.ref)
    scene.keep()


JOURNEYS = {
    "a grant is made": Journey(nothing, give, ally_reads),
    "a grant is accepted": Journey(ally_without_list, accept, ally_reads),
    "a grant is declined": Journey(ally_without_list, decline, ally_reads_nothing),
    "a grant is revoked": Journey(given, revoke, ally_reads_nothing),
    "a grant runs out": Journey(given, expire, ally_reads_nothing),
    "an ally leaves": Journey(given, ally_leaves, ally_reads_nothing),
    "an ally names somebody new": Journey(given, lists_more, ally_reads),
    "a conflict comes later": Journey(given_against_a_firm, name_the_firm, waits),
    "a damaged case stands again": Journey(given_and_damaged, stand_and_give_again, ally_reads),
}
