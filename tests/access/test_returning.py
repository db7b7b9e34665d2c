"""A coordinator who lost everything comes back with two of three cards; with less, nobody does."""

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.access import entrance, locking, newcomers, recovery, returning, sessions
from casework.access.models import Membership
from casework.cases import assignment, opening, readers
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import Role, keeping, totp
from casework.vault.models import ChainEntry
from tests import factories
from tests.factories.worlds import code

COOKIE = b"c" * 32


@pytest.fixture
def door(app):
    return app.extensions["casework.doorway"]


@pytest.fixture
def printed(world):
    found = recovery.make(world.actor(world.mei))
    world.mei.keep()
    return found


def comes_back(world, door, typed, who=None, login="mei-again"):
    returning.prepare(door, COOKIE, typed, login)
    made = returning.prepared(door, COOKIE).prepared
    shown = returning.show(door, COOKIE, made.passphrase, totp.code_at(made.totp_secret, clock.now()))
    return returning.come_back(door, COOKIE, shown, who or world.mei.id).person


def test_two_cards_bring_a_lone_coordinator_back(world, door, printed):
    mei = world.actor(world.mei)
    theirs, others = factories.case(mei, called="Sita Test"), factories.case(world.actor(world.asha))
    old_session = sessions.begin(door, world.mei.keys)
    person = comes_back(world, door, (printed[0], printed[2]))
    actor = entrance.enter(person, code(world.host_id), network=True)
    assert actor.role is Role.COORDINATOR
    assert actor.network.state.member(person.user_id).role is Role.COORDINATOR
    assert opening.load(actor, theirs.ref).called == "Sita Test"
    assert opening.load(actor, theirs.ref).row.primary_id == person.user_id
    assert opening.load(actor, others.ref)
    assert sessions.resume(door, old_session.secret) is None
    for desk_id in (world.host_id, world.network_id):
        with pytest.raises(Refused):
            keeping.open_desk(world.mei.keys, desk_id)
    assert actor.desk.epoch == mei.desk.epoch + 1
    assert world.actor(world.asha).desk.epoch == actor.desk.epoch
    assert world.actor(world.nina).network.state.member(person.user_id)


def test_cases_that_were_kept_to_oneself_and_the_cards_come_back(world, door, printed):
    mei = world.actor(world.mei)
    row = factories.case(mei, called="Sita Test")
    assignment.assign(mei, row.ref, world.mei.id, None, (row.primary_id, row.backup_id))
    readers.choose(mei, row.ref, frozenset({world.mei.id, recovery.set_of(mei.desk.state)}), None)
    person = comes_back(world, door, printed[:2])
    case = opening.load(entrance.enter(person, code(world.host_id), network=True), row.ref)
    assert (case.called, case.row.primary_id) == ("Sita Test", person.user_id)
    with pytest.raises(NotFound):
        opening.load(world.actor(world.asha), row.ref)


def test_the_cards_are_used_up_by_nothing_but_a_new_set(world, door, printed):
    person = comes_back(world, door, printed[:2])
    with pytest.raises(NotFound):
        returning.prepared(door, COOKIE)
    again = comes_back(world, door, printed[1:], person.user_id, "mei-third")
    actor = entrance.enter(again, code(world.host_id), network=True)
    new = recovery.make(actor)
    assert recovery.reach(entrance.enter(again, code(world.host_id), network=True)) == recovery.Reach(
        True, True
    )
    with pytest.raises(Invalid, match="newest set"):
        returning.prepare(door, COOKIE, printed[:2], "somebody")
    returning.prepare(door, COOKIE, new[:2], "somebody")


def test_less_than_two_cards_of_one_set_open_nothing(world, door, printed):
    other = recovery.make(world.actor(world.nina))
    wrong = printed[0][:-3] + ("AAA" if printed[0][-3:] != "AAA" else "BBB")
    for typed in ((printed[0], printed[0]), (printed[0], other[1]), (wrong, printed[1]), (printed[0], "")):
        with pytest.raises(Invalid):
            returning.prepare(door, COOKIE, typed, "somebody")
    with pytest.raises(NotFound):
        returning.prepared(door, COOKIE)


def test_the_cards_of_another_desk_open_that_desk_alone(world, door, printed):
    other = recovery.make(world.actor(world.nina))
    returning.prepare(door, COOKIE, other[:2], "somebody")
    opened = returning.prepared(door, COOKIE)
    assert opened.desk == "Valley desk"
    assert [line.user_id for line in opened.coordinators] == [world.nina.id]
    with pytest.raises(Invalid):
        comes_back(world, door, other[:2], world.mei.id)


def test_a_locked_desk_takes_a_coordinator_beside_the_cards(world, door, printed):
    recovery.rehearse(world.actor(world.mei), printed[:2])
    locking.lock(door, world.actor(world.bo))
    with pytest.raises(Invalid, match="locked"):
        returning.prepare(door, COOKIE, printed[:2], "somebody")


def test_an_older_set_knows_its_desk_once_it_was_tried_again(world, door, printed):
    """A set of before: in the desk's chain, and no entry of its own."""
    row = select(ChainEntry).where(
        ChainEntry.desk_id == world.host_id,
        ChainEntry.signer_id == recovery.set_of(world.actor(world.mei).desk.state),
    )
    entry = db.session.scalars(row).one()
    state = keeping.load(world.host_id)
    assert entry.seq == state.seq
    db.session.delete(entry)
    db.session.flush()
    world.mei.keys.unpin(world.host_id)
    keeping.meet(world.mei.keys, world.host_id)
    assert not recovery.reach(world.actor(world.mei)).desk
    with pytest.raises(Invalid):
        returning.prepare(door, COOKIE, printed[:2], "somebody")
    recovery.rehearse(world.actor(world.mei), printed[:2])
    assert recovery.reach(world.actor(world.mei)) == recovery.Reach(True, True)
    comes_back(world, door, printed[:2])


def test_somebody_who_is_back_follows_to_their_other_desk(world, door, printed):
    other = recovery.make(world.actor(world.nina))
    person = comes_back(world, door, printed[:2])
    returning.prepare(door, COOKIE, other[1:], None)
    assert returning.prepared(door, COOKIE).prepared is None
    with pytest.raises(NotFound):
        returning.show(door, COOKIE, "a b c d e f", "123456")
    returning.follow(door, COOKIE, person, world.nina.id)
    assert entrance.enter(person, code(world.home_id), network=True).role is Role.COORDINATOR
    with pytest.raises(NotFound):
        entrance.enter(world.nina.keys, code(world.home_id))


def test_too_many_wrong_cards_are_slowed_down(world, door, printed):
    for _ in range(5):
        with pytest.raises(Invalid):
            returning.prepare(door, COOKIE, ("A", "B"), "somebody", "192.0.2.1")
    with pytest.raises(returning.SlowDown):
        returning.prepare(door, COOKIE, printed[:2], "somebody", "192.0.2.1")
    returning.prepare(door, COOKIE, printed[:2], "somebody", "192.0.2.2")


def test_nobody_takes_the_place_of_a_volunteer(world, door, printed):
    with pytest.raises(Invalid, match="who you were"):
        comes_back(world, door, printed[:2], world.asha.id)
    assert newcomers.waiting(door, COOKIE, "back-by-cards")
    assert db.session.scalar(select(Membership.id).where(Membership.user_id == world.asha.id).limit(1))
    db.session.execute(update(Membership).values(role="coordinator"))
    with pytest.raises(Invalid, match="who you were"):
        comes_back(world, door, printed[:2], world.asha.id, "another")
