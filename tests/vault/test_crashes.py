"""An epoch change that dies anywhere: before each statement and before each commit, on a real database."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Refused
from casework.vault import keeping
from casework.vault.blob import Fmt
from casework.vault.keeping import ledger
from casework.vault.models import CaseWrap, RestrictedWrap
from tests.vault.world import ENTRY, found_world

pytestmark = pytest.mark.slow


class Dies(Exception):
    """The process is gone; nothing it did since the last commit is there."""


@contextmanager
def dies_before(number):
    """Let the statement or commit of this number be the one before which everything ends."""
    left = [number]

    def count(*_args):
        left[0] -= 1
        if left[0] < 0:
            raise Dies

    for event in ("before_cursor_execute", "commit"):
        sa.event.listen(db.engine, event, count)
    try:
        yield
    finally:
        for event in ("before_cursor_execute", "commit"):
            sa.event.remove(db.engine, event, count)


def start_anew(world, pins):
    """A new process: connections are gone, and so is what was verified and what was pinned since the last commit."""
    db.session().invalidate()
    db.session.remove()
    ledger._verified.clear()
    for name, kept in pins.items():
        world.people[name].pins = dict(kept)


def leave_and_sweep(world):
    keeping.new_epoch(world.open("first"), world.people["leaver"].user_id, short_handed=True)
    db.session.commit()
    while True:
        swept = keeping.finish_epoch(world.open("worker"), 1)
        db.session.commit()
        if swept.done:
            return


def go_on(world):
    """Whatever state it is in: finish what was begun, or begin."""
    if world.open("first").epoch == 1:
        leave_and_sweep(world)
    while not keeping.finish_epoch(world.open("worker"), 2).done:
        db.session.commit()
    db.session.commit()


def make():
    world = found_world(2)
    desk = world.open("first")
    case = world.new_case(desk, {world.people[name].user_id for name in ("first", "leaver")})
    hidden = world.write(desk, case, "for two")
    world.written.remove(hidden)
    db.session.commit()
    return world, hidden


def keys_of_leaver(world, hidden):
    desk = world.open("leaver")
    return desk, {one.case_id: keeping.open_case(desk, one.case_id) for one in (*world.written, hidden)}


def check_half_way(world, hidden):
    """Nothing is lost, whether the change was committed or not."""
    for name in ("first", "second", "worker"):
        world.everything_opens(name)
    assert world.read(world.open("first"), hidden) == "for two"


def check_after_leaving(world, hidden, known):
    """As soon as the epoch is committed, what is written is out of the leaver's reach."""
    with pytest.raises(Refused):
        world.open("leaver")
    desk = world.open("first")
    for case_id in (world.written[0].case_id, hidden.case_id):
        new = world.write(desk, keeping.open_case(desk, case_id), "afterwards")
        world.written.remove(new)
        with pytest.raises(Refused):
            known[case_id].open(ENTRY, new.row_id, new.section, new.blob)
    db.session.commit()


def check_at_the_end(world, hidden, old_desk):
    check_half_way(world, hidden)
    assert world.open("second").state.done == 2
    for table, label, fmt in (
        (CaseWrap, "case wrap", Fmt.CASE_WRAP),
        (RestrictedWrap, "restricted outer", Fmt.RESTRICTED),
    ):
        rows = db.session.scalars(sa.select(table).where(table.desk_id == world.desk_id)).all()
        assert {row.epoch for row in rows} == {2}
        for row in rows:
            assert row.blob[0] == fmt
            assert old_desk.key(label, 1) != world.open("first").key(label, 2)


def test_an_epoch_change_survives_death_at_every_statement(database):
    number = 0
    while True:
        world, hidden = make()
        old_desk, known = keys_of_leaver(world, hidden)
        pins = {name: dict(person.pins) for name, person in world.people.items()}
        try:
            with dies_before(number):
                leave_and_sweep(world)
        except Dies:
            died = True
        else:
            died = False
        start_anew(world, pins)
        check_half_way(world, hidden)
        if world.open("first").epoch == 2:
            check_after_leaving(world, hidden, known)
        go_on(world)
        check_after_leaving(world, hidden, known)
        check_at_the_end(world, hidden, old_desk)
        if not died:
            break
        number += 1
    assert number > 40
