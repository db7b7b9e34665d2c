"""Desks and cases in the database: opened, written, left."""

import uuid

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault import PersonKeys, catalogue, keeping
from casework.vault.models import CaseWrap, DeskEpoch

ENTRY = catalogue.field("entry.body")


def test_every_holder_opens_everything(world):
    for name in ("first", "second", "worker", "leaver"):
        world.everything_opens(name)


def test_neither_an_ally_nor_a_stranger_opens_the_desk(world):
    world.people["stranger"] = PersonKeys.create(uuid.uuid4())
    for name in ("ally", "stranger"):
        with pytest.raises(Refused):
            world.open(name)


def test_who_leaves_opens_nothing_that_is_written_afterwards(world):
    before = world.open("leaver")
    known = {one.case_id: keeping.open_case(before, one.case_id) for one in world.written}
    desk = keeping.new_epoch(world.open("first"), world.people["leaver"].user_id)
    one = world.write(desk, keeping.open_case(desk, world.written[0].case_id), "after")
    db.session.commit()
    with pytest.raises(Refused):
        world.open("leaver")
    with pytest.raises(Conflict):
        world.read(before, one)
    with pytest.raises(Refused):
        known[one.case_id].open(ENTRY, one.row_id, one.section, one.blob)
    world.everything_opens("worker")


def test_a_sweep_in_slices_leaves_nothing_behind(world):
    desk = keeping.new_epoch(world.open("first"), world.people["leaver"].user_id)
    steps = []
    while True:
        swept = keeping.finish_epoch(world.open("worker"), 1)
        db.session.commit()
        steps.append(swept)
        if swept.done:
            break
    assert [step.handled for step in steps] == [1, 1, 0]
    assert db.session.scalars(sa.select(CaseWrap.epoch).distinct()).all() == [2]
    assert world.open("first").state.done == desk.epoch == 2
    world.everything_opens("second")


def test_an_epoch_moves_under_a_writer(world):
    desk = world.open("worker")
    case = keeping.open_case(desk, world.written[0].case_id)
    keeping.new_epoch(world.open("first"))
    for write in (
        lambda: keeping.writable(desk, case),
        lambda: world.new_case(desk),
        lambda: keeping.bump(desk, case),
    ):
        with pytest.raises(Conflict):
            write()
    assert db.session.scalar(sa.select(DeskEpoch.epoch)) == 2
