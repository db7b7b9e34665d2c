"""The seal for bad days: one locks, two open; and cards on paper that were tried."""

import pytest
from sqlalchemy import func, select

from casework import clock
from casework.access import entrance, locking, recovery, sessions
from casework.cases import opening
from casework.db import db
from casework.errors import DeskLocked, Invalid, Locked, NotFound, Refused
from casework.vault import Role, keeping
from casework.vault.keeping import locking as locking_keys
from casework.vault.models import DeskBox
from tests import factories
from tests.factories.worlds import code, join


@pytest.fixture
def door(app):
    return app.extensions["casework.doorway"]


@pytest.fixture
def two(world):
    """The host desk with a second coordinator."""
    kim = factories.human("kim", "Kim")
    join(world.mei, world.network_id, kim, Role.VOLUNTEER)
    join(world.mei, world.host_id, kim, Role.COORDINATOR)
    return kim


def boxes(world):
    return db.session.scalar(
        select(func.count()).select_from(DeskBox).where(DeskBox.desk_id == world.host_id)
    )


def test_one_presses_and_nobody_opens_it_alone(world, door, two):
    row = factories.case(world.actor(world.asha), called="Sita Test")
    open_ones = [sessions.begin(door, who.keys) for who in (world.mei, world.asha, world.luz, world.nina)]
    assert locking.lock(door, world.actor(world.bo)) == 3
    assert [bool(sessions.resume(door, one.secret)) for one in open_ones] == [False, False, False, True]
    assert boxes(world) == 0
    for who in (world.mei, world.asha, two):
        with pytest.raises(DeskLocked):
            entrance.enter(who.keys, code(world.host_id))
        with pytest.raises(Locked):
            keeping.open_desk(who.keys, world.host_id)
    host = code(world.host_id)
    assert locking.say_yes(world.mei.keys, host) is None
    assert locking.say_yes(world.mei.keys, host) is None
    after = locking.say_yes(two.keys, host)
    assert after is not None
    assert after.epoch == 2
    assert opening.load(world.actor(world.asha), row.ref).called == "Sita Test"


def test_a_yes_waits_ten_minutes_and_a_volunteers_is_none(world, door, two, freeze):
    host = code(world.host_id)
    locking.lock(door, world.actor(world.bo))
    with pytest.raises(NotFound):
        locking.say_yes(world.asha.keys, host)
    now = clock.now()
    freeze(now)
    locking.say_yes(world.mei.keys, host)
    freeze(now + locking_keys.PATIENCE)
    assert locking.say_yes(two.keys, host) is None
    with pytest.raises(Refused):
        keeping.reopen(two.keys, world.host_id, world.mei.id)


def test_a_desk_with_one_coordinator_and_no_tried_cards_is_not_locked(world, door):
    mei = world.actor(world.mei)
    for _ in range(2):
        assert not locking.ready(mei).reopens
        with pytest.raises(Invalid, match="Nobody could open"):
            locking.lock(door, world.actor(world.bo))
        with pytest.raises(Invalid, match="Nobody could open"):
            locking.rehearse(mei)
        recovery.make(world.actor(world.mei))
        mei = world.actor(world.mei)
    assert world.actor(world.asha).role


def test_two_of_three_cards_open_it(world, door):
    first, second, third = recovery.make(world.actor(world.mei))
    recovery.rehearse(world.actor(world.mei), (first, third))
    row = factories.case(world.actor(world.asha), called="Sita Test")
    locking.lock(door, world.actor(world.asha))
    host = code(world.host_id)
    with pytest.raises(Invalid):
        locking.open_with_cards(world.mei.keys, host, (second, second))
    with pytest.raises(NotFound):
        locking.open_with_cards(world.asha.keys, host, (second, third))
    locking.open_with_cards(world.mei.keys, host, (second.lower(), third))
    assert opening.load(world.actor(world.asha), row.ref).called == "Sita Test"
    recovery.rehearse(world.actor(world.mei), (first, second))


def test_cards_that_are_wrong_or_older_are_refused(world):
    old = recovery.make(world.actor(world.mei))
    new = recovery.make(world.actor(world.mei))
    mei = world.actor(world.mei)
    swapped = new[0][:-3] + ("AAA" if new[0][-3:] != "AAA" else "BBB")
    for typed in ((old[0], old[1]), (new[0], old[1]), (new[0], new[0]), (swapped, new[1]), ("", new[1])):
        with pytest.raises(Invalid):
            recovery.rehearse(mei, typed)
    assert recovery.standing(mei).rehearsed_on is None
    recovery.rehearse(mei, (new[0], new[1]))
    assert recovery.standing(mei).rehearsed_on == clock.today()


def test_a_rehearsal_locks_nothing(world, door, two):
    before = boxes(world)
    found = locking.rehearse(world.actor(world.asha))
    world.asha.keep()
    assert found.reopens
    assert boxes(world) == before
    for who in (world.asha, world.mei, two):
        assert entrance.enter(who.keys, code(world.host_id)).desk.epoch == 1


def test_fifty_sessions_end_at_once(world, door, two):
    for _ in range(50):
        sessions.begin(door, world.asha.keys)
    assert locking.lock(door, world.actor(world.bo)) == 50
