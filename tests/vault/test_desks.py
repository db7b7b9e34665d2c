"""Desks in the database: founded and opened, box by box and link by link."""

import uuid
from itertools import combinations

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Conflict, Locked, Refused
from casework.vault import PersonKeys, Role, Secret, box, catalogue, keeping
from casework.vault.models import DeskBox, DeskLink, DeskPair
from tests.vault.attacks import box_of, change
from tests.vault.world import add_row, join

SETTINGS = catalogue.field("desk.body")
HOLDERS = ("first", "second", "worker", "leaver")


def test_every_holder_opens_everything(world):
    for name in HOLDERS:
        world.everything_opens(name)


def test_neither_an_ally_nor_a_stranger_opens_the_desk(world):
    world.people["stranger"] = PersonKeys.create(uuid.uuid4())
    for name in ("ally", "stranger"):
        with pytest.raises(Refused):
            world.open(name)


def test_an_ally_knows_the_chain_without_holding_the_secret(world):
    state = keeping.load(world.desk_id, world.people["ally"])
    assert state.member(world.people["ally"].user_id).role is Role.ALLY


def test_a_desk_is_founded_once(world):
    with pytest.raises(Conflict):
        keeping.found_desk(PersonKeys.create(uuid.uuid4()), world.desk_id)


def test_a_desk_belongs_to_the_network_that_its_genesis_names(database):
    founder = PersonKeys.create(uuid.uuid4())
    network, desk = (add_row("desk", uuid.uuid4()) for _ in range(2))
    assert keeping.found_desk(founder, network).state.network_id == network
    assert keeping.found_desk(founder, desk, network).state.network_id == network


def test_a_field_of_the_desk_opens_at_every_later_epoch(world):
    row = uuid.uuid4()
    desk, sealed = world.open("first"), []
    for epoch in (1, 2, 3):
        sealed += [desk.seal(SETTINGS, row, {"epoch": epoch})]
        desk = keeping.new_epoch(desk)
    for name in HOLDERS:
        assert [world.open(name).open(SETTINGS, row, one) for one in sealed] == [
            {"epoch": epoch} for epoch in (1, 2, 3)
        ]
    with pytest.raises(Refused):
        world.open("first").open(SETTINGS, uuid.uuid4(), sealed[0])


def test_a_network_has_members_who_hold_no_secret(world):
    join(world, "first", "campaigner", "campaign")
    with pytest.raises(Refused):
        world.open("campaigner")


def test_a_box_with_another_secret_is_refused(world):
    worker = world.people["worker"]
    packed = box.pack(worker.x_public, Secret.random(), "desk", world.desk_id, 1, worker.user_id)
    change(sa.update(DeskBox).where(box_of(world, "worker")).values(blob=packed))
    with pytest.raises(Refused):
        world.open("worker")


def test_the_box_of_somebody_else_is_refused(world):
    theirs = db.session.scalar(sa.select(DeskBox.blob).where(box_of(world, "first")))
    change(sa.update(DeskBox).where(box_of(world, "worker")).values(blob=theirs))
    with pytest.raises(Refused):
        world.open("worker")


def test_where_the_box_is_gone_the_desk_is_locked(world):
    change(sa.delete(DeskBox).where(box_of(world, "worker")))
    with pytest.raises(Locked):
        world.open("worker")


def test_a_locked_desk_opens_for_nobody(world):
    desk = world.open("worker")
    keeping.append(desk.person, desk.state, "lock")
    for name in HOLDERS:
        with pytest.raises(Locked):
            world.open(name)


def test_somebody_with_the_id_of_a_member_and_other_keys_is_refused(world):
    worker = world.people["worker"]
    thief = PersonKeys.create(worker.user_id)
    thief.pins = dict(worker.pins)
    with pytest.raises(Refused):
        keeping.open_desk(thief, world.desk_id)


def test_links_that_were_swapped_cut_or_removed_give_no_older_secret(world):
    row = uuid.uuid4()
    sealed = world.open("first").seal(SETTINGS, row, "old")
    for _ in range(2):
        keeping.new_epoch(world.open("first"))
    links = dict(
        db.session.execute(
            sa.select(DeskLink.epoch, DeskLink.blob).where(DeskLink.desk_id == world.desk_id)
        ).all()
    )
    assert world.open("worker").open(SETTINGS, row, sealed) == "old"
    for epoch, blob in ((2, links[3]), (3, links[2]), (2, links[2][:-1]), (3, b"")):
        here = sa.and_(DeskLink.desk_id == world.desk_id, DeskLink.epoch == epoch)
        change(sa.update(DeskLink).where(here).values(blob=blob))
        with pytest.raises(Refused):
            world.open("worker").open(SETTINGS, row, sealed)
        change(sa.update(DeskLink).where(here).values(blob=links[epoch]))
    change(sa.delete(DeskLink).where(DeskLink.desk_id == world.desk_id))
    with pytest.raises(Refused):
        world.open("worker").open(SETTINGS, row, sealed)


def test_any_two_coordinators_hold_the_secret_in_halves_and_nobody_alone(world):
    join(world, "first", "third", "coordinator")
    secret = world.open("first").secret(1)
    names = ("first", "second", "third")
    halves = {
        (row.holder_id, row.other_id): row.blob
        for row in db.session.scalars(sa.select(DeskPair).where(DeskPair.desk_id == world.desk_id))
    }
    assert len(halves) == 6
    for pair in combinations((world.people[name] for name in names), 2):
        a, b = sorted(pair, key=lambda who: who.user_id)
        place = ("pair", world.desk_id, 1, a.user_id, b.user_id)
        mine = box.unpack_secret(a.x_private, halves[a.user_id, b.user_id], *place)
        theirs = box.unpack_secret(b.x_private, halves[b.user_id, a.user_id], *place)
        assert mine ^ theirs == secret
        assert secret not in (mine, theirs)
        with pytest.raises(Refused):
            box.unpack(a.x_private, halves[b.user_id, a.user_id], *place)
