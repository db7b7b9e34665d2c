"""Leaving: a new epoch at once, cases bumped before the next write, and a sweep that can be resumed."""

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault import PersonKeys, Section, keeping
from casework.vault.blob import Fmt, version_of
from casework.vault.keeping import epochs
from casework.vault.models import CaseLink, CaseWrap, DeskBox, DeskEpoch
from tests.vault.attacks import change
from tests.vault.world import ENTRY


def leave(world, name="leaver", by="first"):
    return keeping.new_epoch(world.open(by), world.people[name].user_id)


def sweep_all(world, name="worker", slice_=1):
    """Slices in transactions of their own, until it is done."""
    steps = []
    while not steps or not steps[-1].done:
        steps.append(keeping.finish_epoch(world.open(name), slice_))
        db.session.commit()
    return steps


def wrap_of(world, case_id):
    return db.session.execute(
        sa.select(CaseWrap.epoch, CaseWrap.generation, CaseWrap.blob).where(CaseWrap.case_id == case_id)
    ).one()


def put_back(case_id, old):
    values = {"epoch": old.epoch, "generation": old.generation, "blob": old.blob}
    change(sa.update(CaseWrap).where(CaseWrap.case_id == case_id).values(values))


def test_keys_that_change_between_the_chain_and_the_box_lock_nobody_out(world):
    worker = world.people["worker"]
    before = keeping.load(world.desk_id, worker)
    leave(world)
    assert keeping.open_desk(worker, world.desk_id, before).epoch == before.epoch + 1
    left = world.people["leaver"]
    with pytest.raises(Refused):
        keeping.open_desk(left, world.desk_id, before)


def test_who_leaves_opens_nothing_that_is_written_afterwards(world):
    before = world.open("leaver")
    known = {one.case_id: keeping.open_case(before, one.case_id) for one in world.written}
    desk = leave(world)
    one = world.write(desk, keeping.open_case(desk, world.written[0].case_id), "written afterwards")
    new = world.write(desk, world.new_case(desk), "in a new case")
    with pytest.raises(Refused):
        world.open("leaver")
    # Neither with the keys of the desk that they kept …
    for text in (one, new):
        with pytest.raises((Refused, Conflict)):
            world.read(before, text)
    # … nor with those of the case, nor by calling the new wrap one of the old epoch.
    with pytest.raises(Refused):
        known[one.case_id].open(ENTRY, one.row_id, one.section, one.blob)
    now = wrap_of(world, one.case_id)
    disguised = now.blob[:1] + (1).to_bytes(4, "big") + now.blob[5:]
    change(sa.update(CaseWrap).where(CaseWrap.case_id == one.case_id).values(epoch=1, blob=disguised))
    with pytest.raises(Refused):
        world.read(before, one)
    put_back(one.case_id, now)
    world.everything_opens("worker")


def test_no_box_of_an_older_epoch_is_left(world):
    leave(world)
    rows = db.session.execute(sa.select(DeskBox.member_id, DeskBox.epoch)).all()
    assert {row.epoch for row in rows} == {2}
    assert {row.member_id for row in rows} == {
        world.people[name].user_id for name in ("first", "second", "worker")
    }


def test_half_finished_everything_opens(world):
    leave(world)
    db.session.commit()
    keeping.finish_epoch(world.open("worker"), 1)
    db.session.commit()
    for name in ("first", "second", "worker"):
        world.everything_opens(name)


def test_a_sweep_in_slices_leaves_nothing_behind(world):
    leave(world)
    steps = sweep_all(world)
    assert [step.handled for step in steps] == [1, 1, 0]
    assert db.session.scalars(sa.select(CaseWrap.epoch).distinct()).all() == [2]
    assert world.open("first").state.done == 2
    world.everything_opens("second")
    assert keeping.finish_epoch(world.open("first")).done


def test_the_next_write_bumps_once(world):
    desk = leave(world)
    case = keeping.open_case(desk, world.written[0].case_id)
    assert (case.generation, case.born) == (1, 1)
    bumped = keeping.writable(desk, case)
    assert (bumped.generation, bumped.born) == (2, 2)
    assert keeping.writable(desk, case).generation == 2
    assert keeping.writable(desk, bumped) is bumped
    assert version_of(bumped.seal(ENTRY, world.desk_id, Section.LEGAL, "x"), Fmt.FIELD) == 2


def test_an_epoch_moves_under_a_writer(world):
    desk = world.open("worker")
    case = keeping.open_case(desk, world.written[0].case_id)
    leave(world)
    for write in (
        lambda: keeping.writable(desk, case),
        lambda: world.new_case(desk),
        lambda: keeping.bump(desk, case),
        lambda: keeping.finish_epoch(desk),
        lambda: keeping.admit(desk, desk.person.user_id, "volunteer", b"", b""),
    ):
        with pytest.raises(Conflict):
            write()
    assert db.session.scalar(sa.select(DeskEpoch.epoch).where(DeskEpoch.desk_id == world.desk_id)) == 2


def test_a_reader_whose_desk_moved_on_is_told_so(world):
    stale = world.open("worker")
    leave(world)
    sweep_all(world)
    with pytest.raises(Conflict):
        keeping.open_case(stale, world.written[0].case_id)


def test_a_wrap_of_a_finished_epoch_is_refused(world):
    case_id = world.written[0].case_id
    old = wrap_of(world, case_id)
    leave(world)
    sweep_all(world)
    put_back(case_id, old)
    with pytest.raises(Refused):
        keeping.open_case(world.open("worker"), case_id)


def test_a_wrap_older_than_the_chain_says_is_refused(world):
    desk = world.open("worker")
    case = keeping.open_case(desk, world.written[0].case_id)
    old = wrap_of(world, case.case_id)
    bumped = keeping.bump(desk, case)
    keeping.append(desk.person, desk.state, "bump", case.case_id, bumped.generation)
    world.everything_opens("worker")
    put_back(case.case_id, old)
    with pytest.raises(Refused):
        keeping.open_case(world.open("worker"), case.case_id)
    with pytest.raises(Refused):
        keeping.writable(world.open("worker"), case)


def test_rows_below_the_floor_are_refused_after_a_reseal(world):
    one = world.written[0]
    desk = world.open("worker")
    case = keeping.bump(desk, keeping.open_case(desk, one.case_id))
    fresh = case.seal(ENTRY, one.row_id, one.section, one.text)
    other = next(w for w in world.written if w.case_id == one.case_id and w.section != one.section)
    state = keeping.append(desk.person, desk.state, "bump", case.case_id, case.generation)
    keeping.append(desk.person, state, "done", case.case_id, case.tag(one.section), case.generation)
    now = keeping.open_case(world.open("second"), one.case_id)
    with pytest.raises(Refused):
        now.open(ENTRY, one.row_id, one.section, one.blob)
    assert now.open(ENTRY, one.row_id, one.section, fresh) == one.text
    assert now.open(ENTRY, other.row_id, other.section, other.blob) == other.text


def test_wraps_swapped_renumbered_cut_or_removed_are_refused(world):
    mine, other = sorted({one.case_id for one in world.written})
    good, theirs = wrap_of(world, mine), wrap_of(world, other)
    for values in (
        {"blob": theirs.blob},
        {"blob": good.blob[:-1]},
        {"blob": b""},
        {"blob": b"\x01" + good.blob[1:]},
        {"epoch": 2},
        {"generation": 2},
        {"blob": good.blob[:1] + (2).to_bytes(4, "big") + good.blob[5:], "epoch": 2},
        {"blob": good.blob[:1] + (0).to_bytes(4, "big") + good.blob[5:], "epoch": 0},
    ):
        change(sa.update(CaseWrap).where(CaseWrap.case_id == mine).values(values))
        desk = world.open("worker")
        with pytest.raises(Refused):
            keeping.open_case(desk, mine)
        assert set(keeping.open_cases(desk, [mine, other])) == {other}
        put_back(mine, good)
    change(sa.delete(CaseWrap).where(CaseWrap.case_id == mine))
    with pytest.raises(Refused):
        keeping.open_case(world.open("worker"), mine)


def test_case_links_swapped_or_removed_hide_what_is_older_and_nothing_else(world):
    leave(world)
    sweep_all(world)
    mine, other = sorted({one.case_id for one in world.written})
    desk = world.open("worker")
    new = world.write(desk, keeping.open_case(desk, mine), "new")
    theirs = db.session.scalar(sa.select(CaseLink.blob).where(CaseLink.case_id == other))
    change(sa.update(CaseLink).where(CaseLink.case_id == mine).values(blob=theirs))
    for _ in range(2):
        desk = world.open("worker")
        assert world.read(desk, new) == "new"
        for one in world.written:
            if one.case_id == mine and one is not new:
                with pytest.raises(Refused):
                    world.read(desk, one)
        db.session.execute(sa.delete(CaseLink).where(CaseLink.case_id == mine))


def test_many_cases_open_at_once_as_they_do_one_by_one(world):
    leave(world)
    keeping.finish_epoch(world.open("worker"), 1)
    desk = world.open("worker")
    opened = keeping.open_cases(desk, {one.case_id for one in world.written})
    for one in world.written:
        assert opened[one.case_id].open(ENTRY, one.row_id, one.section, one.blob) == one.text
    assert keeping.open_cases(desk, []) == {}


def test_a_case_that_does_not_open_holds_the_sweep_until_it_is_given_up(world):
    broken, whole = sorted({one.case_id for one in world.written})
    change(sa.update(CaseWrap).where(CaseWrap.case_id == broken).values(blob=b"\x03" + bytes(60)))
    leave(world)
    first = keeping.finish_epoch(world.open("worker"), 1)
    assert (first.handled, first.stuck, first.done) == (1, (broken,), False)
    again = keeping.finish_epoch(world.open("worker"))
    assert (again.handled, again.stuck, again.done) == (0, (broken,), False)
    assert world.open("worker").state.done == 0
    assert keeping.finish_epoch(world.open("worker"), give_up=[broken]).done
    assert world.open("worker").state.done == 2
    assert set(keeping.open_cases(world.open("worker"), [broken, whole])) == {whole}


def test_the_sweep_waits_for_the_other_rooms(world, monkeypatch):
    monkeypatch.setattr(epochs, "_sweeps", [])
    left = [3]

    def reseal(_desk, at_most):
        done = min(left[0], at_most)
        left[0] -= done
        return done

    keeping.sweep_with(reseal)
    keeping.sweep_with(reseal)
    leave(world)
    assert [(step.handled, step.done) for step in sweep_all(world, slice_=2)] == [
        (2, False),
        (2, False),
        (1, False),
        (0, True),
    ]
    assert left == [0]


def test_a_segment_of_a_finished_epoch_is_refused(world):
    segment = world.desk_id
    old = world.open("worker").seal_segment(segment, 1, b"cards")
    leave(world)
    assert world.open("worker").open_segment(segment, 1, old) == b"cards"
    sweep_all(world)
    desk = world.open("worker")
    with pytest.raises(Refused):
        desk.open_segment(segment, 1, old)
    new = desk.seal_segment(segment, 2, b"cards")
    assert desk.open_segment(segment, 2, new) == b"cards"
    for attack in ((segment, 1, new), (PersonKeys.create(segment).user_id, 1, new), (segment, 2, new[:-1])):
        with pytest.raises(Refused):
            desk.open_segment(*attack)


def test_an_audit_event_opens_at_later_epochs_in_its_place_only(world):
    from casework.vault import audit_seal  # noqa: PLC0415 — beside the one test of it

    event, scope = world.desk_id, world.written[0].case_id
    desk = world.open("worker")
    boxed = audit_seal.pack(desk.state, scope, event, {"what": "boxed"})
    sealed = desk.seal_audit(scope, event, {"what": "sealed"})
    in_case = keeping.open_case(desk, scope).seal_audit(event, {"what": "in the case"})
    leave(world)
    sweep_all(world)
    desk = world.open("first")
    assert desk.open_audit(scope, event, boxed) == {"what": "boxed"}
    assert desk.open_audit(scope, event, sealed) == {"what": "sealed"}
    assert keeping.open_case(desk, scope).open_audit(event, in_case) == {"what": "in the case"}
    for blob in (boxed, sealed, in_case, None, b"", b"\0", b"\0\0\0\1", boxed[:-1], b"\0\0\0\2" + boxed[4:]):
        with pytest.raises(Refused):
            desk.open_audit(desk.desk_id, scope, blob)
