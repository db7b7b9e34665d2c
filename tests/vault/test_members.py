"""Joining, roles, leaving, recovery cards, and walls between desks."""

import uuid

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Refused
from casework.vault import PersonKeys, Pin, Secret, cards, keeping
from casework.vault.models import DeskEpoch, DeskPair
from tests.vault.world import World, found_world, join


def test_joining_pins_what_was_compared(world):
    joiner = PersonKeys.create(uuid.uuid4())
    _, seq = keeping.meet(joiner, world.desk_id)
    assert joiner.pins[world.desk_id] == Pin(seq, keeping.load(world.desk_id).heads[seq])
    desk = world.open("second")
    keeping.admit(desk, joiner.user_id, "volunteer", joiner.x_public, joiner.ed_public)
    assert keeping.open_desk(joiner, world.desk_id).epoch == 1


def test_who_has_met_a_desk_cannot_be_shown_another_under_its_id(world):
    joiner = PersonKeys.create(uuid.uuid4())
    keeping.meet(joiner, world.desk_id)
    joiner.pin(world.desk_id, Pin(0, bytes(32)))
    with pytest.raises(Refused):
        keeping.meet(joiner, world.desk_id)
    joiner.unpin(world.desk_id)
    keeping.meet(joiner, world.desk_id)


def test_a_volunteer_admits_and_removes_nobody(world):
    joiner = PersonKeys.create(uuid.uuid4())
    for attempt in (
        lambda desk: keeping.admit(desk, joiner.user_id, "volunteer", joiner.x_public, joiner.ed_public),
        lambda desk: keeping.remove(desk, world.people["leaver"].user_id),
        lambda desk: keeping.change_role(desk, desk.person.user_id, "coordinator"),
        keeping.new_epoch,
    ):
        with pytest.raises(Refused):
            attempt(world.open("worker"))
        db.session.rollback()


def test_nobody_removes_themselves_with_an_epoch(world):
    with pytest.raises(Refused):
        keeping.remove(world.open("first"), world.people["first"].user_id)


def test_roles_give_and_take_the_secret(world):
    worker = world.people["worker"].user_id
    keeping.change_role(world.open("first"), worker, "ally")
    assert world.open("first").epoch == 2
    with pytest.raises(Refused):
        world.open("worker")
    keeping.change_role(world.open("first"), worker, "volunteer")
    world.everything_opens("worker")
    keeping.change_role(world.open("first"), worker, "coordinator")
    assert world.open("worker").epoch == 2
    assert db.session.scalar(
        sa.select(sa.func.count()).where(DeskPair.desk_id == world.desk_id, DeskPair.holder_id == worker)
    )
    keeping.change_role(world.open("first"), worker, "volunteer")
    assert not db.session.scalar(
        sa.select(sa.func.count()).where(DeskPair.desk_id == world.desk_id, DeskPair.holder_id == worker)
    )


def test_who_held_no_secret_leaves_without_an_epoch(world):
    desk = keeping.remove(world.open("first"), world.people["ally"].user_id)
    assert desk.epoch == 1
    assert world.people["ally"].user_id not in desk.state.members


def test_the_meeting_starts_from_a_desk_that_moved_on_meanwhile(world):
    stale = world.open("first")
    join(world, "second", "another", "volunteer")
    joiner = PersonKeys.create(uuid.uuid4())
    keeping.meet(joiner, world.desk_id)
    after = keeping.admit(stale, joiner.user_id, "volunteer", joiner.x_public, joiner.ed_public)
    assert {world.people["another"].user_id, joiner.user_id} <= after.state.members.keys()


def test_two_recovery_cards_open_the_desk_and_admit_somebody_new(world):
    seed, set_id = Secret.random(), uuid.uuid4()
    dealt = cards.split(seed, set_id)
    recovery = cards.recovery_keys(seed, set_id)
    desk = world.open("first")
    keeping.admit(desk, set_id, "recovery", recovery.x_public, recovery.ed_public)
    keeping.new_epoch(world.open("second"))
    found = cards.recovery_keys(cards.join(dealt[2], dealt[0]), set_id)
    keeping.meet(found, world.desk_id)
    world.people["cards"] = found
    world.everything_opens("cards")
    join(world, "cards", "new coordinator", "coordinator")
    world.everything_opens("new coordinator")


def test_two_desks_do_not_open_each_other(database):
    one, other = found_world(1), found_world(1)
    assert isinstance(one, World)
    first = one.people["first"]
    first.pins |= other.people["first"].pins
    with pytest.raises(Refused):
        keeping.open_desk(first, other.desk_id)
    desk = one.open("first")
    for foreign in other.written:
        with pytest.raises(Refused):
            one.read(desk, foreign)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DeskEpoch)) == 2
