"""Several people at the same moment, each with a transaction of their own, on both databases."""

import threading
import uuid

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault import PersonKeys, keeping
from casework.vault.models import CaseLink, CaseWrap
from tests.vault.world import ENTRY


def run_all(app, *acts):
    """Run each in a thread with a transaction of its own; gives what each returned or raised."""
    results = [None] * len(acts)

    def play(at, act):
        with app.app_context():
            try:
                results[at] = act()
                db.session.commit()
            except Conflict as conflict:
                db.session.rollback()
                results[at] = conflict

    threads = [threading.Thread(target=play, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return results


def test_a_writer_who_was_first_is_waited_for(app, world):
    """A write that began before the epoch change is committed before it, under keys that the leaver had anyway."""
    writing, order = threading.Event(), []

    def write():
        desk = world.open("worker")
        case = keeping.writable(desk, keeping.open_case(desk, world.written[0].case_id))
        writing.set()
        released.wait(timeout=1)
        order.append("write")
        return case.generation

    def leave():
        writing.wait(timeout=60)
        desk = keeping.new_epoch(world.open("first"), world.people["leaver"].user_id)
        order.append("leave")
        return desk.epoch

    released = threading.Event()
    assert run_all(app, write, leave) == [1, 2]
    assert order == ["write", "leave"]


def test_a_writer_who_comes_during_an_epoch_change_is_sent_back(app, world):
    """Nothing is committed after a leaving under a key that the leaver knows, however close the two come."""
    opened, left = threading.Event(), threading.Event()

    def write():
        desk = world.open("worker")
        case = keeping.open_case(desk, world.written[0].case_id)
        # This transaction ends here, as a page does that was only read.
        db.session.commit()
        opened.set()
        left.wait(timeout=60)
        return keeping.writable(desk, case)

    def leave():
        opened.wait(timeout=60)
        keeping.new_epoch(world.open("first"), world.people["leaver"].user_id)
        left.set()
        threading.Event().wait(0.3)
        return "left"

    wrote, gone = run_all(app, write, leave)
    assert isinstance(wrote, Conflict)
    assert gone == "left"


def test_many_write_while_somebody_leaves(app, world):
    """Every text that was committed opens, and none that names the new epoch opens for the leaver."""
    case_ids = sorted({one.case_id for one in world.written})
    known = {case_id: keeping.open_case(world.open("leaver"), case_id) for case_id in case_ids}
    db.session.commit()
    start = threading.Barrier(6)

    def writer(number):
        def write():
            start.wait(timeout=60)
            worker = PersonKeys(
                world.people["worker"].user_id,
                world.people["worker"].root,
                world.people["worker"]._x_seed,
                world.people["worker"]._ed_seed,
                pins=world.people["worker"].pins,
            )
            kept = []
            for _ in range(4):
                desk = keeping.open_desk(worker, world.desk_id)
                try:
                    case = keeping.writable(desk, keeping.open_case(desk, case_ids[number % 2]))
                except Conflict:
                    db.session.rollback()
                    continue
                row = uuid.uuid4()
                kept.append((case.case_id, row, desk.epoch, case.seal(ENTRY, row, "legal", "text")))
                db.session.commit()
            return kept

        return write

    def leave():
        start.wait(timeout=60)
        return keeping.new_epoch(world.open("first"), world.people["leaver"].user_id).epoch

    *written, epoch = run_all(app, *(writer(number) for number in range(5)), leave)
    assert epoch == 2
    desk = world.open("second")
    texts = [one for kept in written for one in kept]
    assert texts
    for case_id, row, under, sealed in texts:
        assert keeping.open_case(desk, case_id).open(ENTRY, row, "legal", sealed) == "text"
        if under == 2:
            with pytest.raises(Refused):
                known[case_id].open(ENTRY, row, "legal", sealed)


def test_two_who_bump_at_once_draw_one_generation(app, world):
    keeping.new_epoch(world.open("first"), world.people["leaver"].user_id)
    db.session.commit()
    case_id = world.written[0].case_id
    start = threading.Barrier(2)

    def write(name):
        def act():
            start.wait(timeout=60)
            desk = world.open(name)
            return keeping.writable(desk, keeping.open_case(desk, case_id)).generation

        return act

    assert run_all(app, write("second"), write("worker")) == [2, 2]
    links = sa.select(sa.func.count()).where(CaseLink.case_id == case_id)
    assert db.session.scalar(links) == 1


def test_two_who_sign_at_once_both_stand_in_the_chain(app, world):
    before = keeping.load(world.desk_id).seq
    db.session.commit()
    start = threading.Barrier(3)

    def sign(name):
        def act():
            start.wait(timeout=60)
            desk = world.open(name)
            return keeping.append(desk.person, desk.state, "witness", name.encode().ljust(32)).seq

        return act

    assert sorted(run_all(app, *map(sign, ("first", "second", "worker")))) == [
        before + 1,
        before + 2,
        before + 3,
    ]
    assert keeping.load(world.desk_id).seq == before + 3


def test_two_sweeps_at_once_finish_once(app, world):
    keeping.new_epoch(world.open("first"), world.people["leaver"].user_id)
    db.session.commit()
    start = threading.Barrier(2)

    def sweep(name):
        def act():
            start.wait(timeout=60)
            while True:
                swept = keeping.finish_epoch(world.open(name), 1)
                db.session.commit()
                if swept.done:
                    return swept.handled

        return act

    results = run_all(app, sweep("second"), sweep("worker"))
    assert 0 in results
    assert {type(result) for result in results} <= {int, Conflict}
    assert db.session.scalars(sa.select(CaseWrap.generation).distinct()).all() == [2]
    world.everything_opens("first")
