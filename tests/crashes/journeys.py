"""Everything that changes keys, as data: what there is before, what is done, and what must be true afterwards.

Each `run` begins where the last one stopped: after a crash it is simply called again.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from casework import clock
from casework.access import (
    admitting,
    desks,
    invitations,
    joining,
    leaving,
    locking,
    newcomers,
    recovery,
    returning,
    sessions,
)
from casework.access.entrance import enter
from casework.access.policy import Role
from casework.cases import links, mending, opening, readers
from casework.db import db
from casework.sharing import conflicts, ending, grants, ruling, settling
from casework.vault import Section, keeping, totp
from casework.vault.keeping import granting
from casework.vault.models import Grant
from tests import factories
from tests.crashes.scene import Act, Scene
from tests.factories.worlds import code
from tests.sharing.conftest import STORY, save, wish
from tests.sharing.test_given_again import damage

TOKEN = UUID(int=77)
COOKIE = b"c" * 32


def nothing(_scene: Scene) -> None:
    """Nothing beside what is always there."""


def renewed(scene: Scene) -> None:
    """The sweep after a new epoch, in slices of one."""
    for _ in range(60):
        progress = leaving.renew(scene.actor(scene.world.asha))
        scene.keep()
        if progress.finished:
            break
    state = scene.state()
    assert state.epoch in {state.done, 1}


# --- leaving, lost words ---------------------------------------------------------------------------


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


# --- cards, lock -----------------------------------------------------------------------------------


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


# --- allies ----------------------------------------------------------------------------------------


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


# --- cases -----------------------------------------------------------------------------------------


def restrict(scene: Scene) -> None:
    """The hidden case is opened to the desk, and closed again: with Asha and Mei alone."""
    asha = scene.actor(scene.world.asha)
    pair = frozenset({scene.world.asha.id, scene.world.mei.id})
    now = opening.load(asha, scene.hidden).keys.named
    wider = pair | {scene.kim.id}
    if now == pair and not scene.more.get("widened"):
        readers.choose(asha, scene.hidden, wider, pair)
        readers.choose(scene.actor(scene.world.asha), scene.hidden, pair, wider)
        scene.keep()
        scene.more["widened"] = True


@dataclass(frozen=True)
class Journey:
    """One thing that changes keys.

    Attributes:
        before: what is there, beside the scene.
        run: does it, or goes on with it.
        after: what must be true at the end.
    """

    before: Act
    run: Act
    after: Act


JOURNEYS = {
    "a member leaves": Journey(nothing, leave, has_left),
    "a member leaves, while an ally reads": Journey(given, leave, ally_reads),
    "admission": Journey(invited, let_in, is_in),
    "re-admission after lost words": Journey(invited_back, come_again, is_in),
    "a volunteer of the network leads another desk": Journey(
        invited_elsewhere, lead_elsewhere, leads_elsewhere
    ),
    "a desk is founded": Journey(nothing, found, is_founded),
    "new cards in the place of older ones": Journey(has_cards, make_cards, cards_count),
    "a coordinator comes back with two cards": Journey(has_cards, come_back, is_in),
    "lock, and two open it": Journey(given, lock, is_open),
    "a lock is opened with two cards": Journey(has_cards_and_is_locked, open_with_cards, is_open_again),
    "a grant is made": Journey(nothing, give, ally_reads),
    "a grant is accepted": Journey(ally_without_list, accept, ally_reads),
    "a grant is declined": Journey(ally_without_list, decline, ally_reads_nothing),
    "a grant is revoked": Journey(given, revoke, ally_reads_nothing),
    "a grant runs out": Journey(given, expire, ally_reads_nothing),
    "an ally leaves": Journey(given, ally_leaves, ally_reads_nothing),
    "an ally names somebody new": Journey(given, lists_more, ally_reads),
    "a conflict comes later": Journey(given_against_a_firm, name_the_firm, waits),
    "a damaged case stands again": Journey(given_and_damaged, stand_and_give_again, ally_reads),
    "other people are named in a case": Journey(nothing, restrict, nothing),
}
