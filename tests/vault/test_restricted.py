"""Restricted cases: they open for who is named, and for nobody else however much of the desk they hold."""

import uuid

import pytest
import sqlalchemy as sa

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault import Secret, cards, keeping
from casework.vault.blob import Fmt
from casework.vault.keeping import wraps
from casework.vault.models import CaseWrap, RestrictedWrap
from tests.vault.attacks import change
from tests.vault.test_epochs import leave, sweep_all
from tests.vault.world import ENTRY


def ids(world, *names):
    return {world.people[name].user_id for name in names}


@pytest.fixture
def hidden(world):
    """A text in a case of the first coordinator and the one who will leave."""
    desk = world.open("first")
    case = world.new_case(desk, ids(world, "first", "leaver"))
    text = world.write(desk, case, "for two")
    world.written.remove(text)
    db.session.commit()
    return text


def rows_of(case_id):
    return db.session.scalars(
        sa.select(RestrictedWrap).where(RestrictedWrap.case_id == case_id),
        execution_options={"populate_existing": True},
    ).all()


def test_it_opens_for_the_named_and_for_nobody_else(world, hidden):
    for name in ("first", "leaver"):
        desk = world.open(name)
        assert world.read(desk, hidden) == "for two"
        assert keeping.open_case(desk, hidden.case_id).named == ids(world, "first", "leaver")
    for name in ("second", "worker"):
        desk = world.open(name)
        with pytest.raises(Refused):
            keeping.open_case(desk, hidden.case_id)
        assert keeping.open_cases(desk, [hidden.case_id]) == {}


def test_the_desks_secret_opens_the_layer_but_not_the_box(world, hidden):
    desk, other = world.open("worker"), world.people["leaver"].user_id
    row = next(row for row in rows_of(hidden.case_id) if row.member_id == other)
    place = wraps._place(desk, hidden.case_id, 1, other)
    assert wraps._uncover(desk, place, row.blob)[0] == Fmt.BOX
    with pytest.raises(Refused):
        wraps.unwrap_restricted(desk, hidden.case_id, 1, row.blob)
    # Not even when the row is given to somebody else.
    change(
        sa.update(RestrictedWrap)
        .where(RestrictedWrap.case_id == hidden.case_id, RestrictedWrap.member_id == other)
        .values(member_id=desk.person.user_id)
    )
    with pytest.raises(Refused):
        keeping.open_case(desk, hidden.case_id)


@pytest.mark.parametrize("names", [(), ("first",), ("first", "ally"), ("first", "stranger")])
def test_fewer_than_two_holders_are_not_enough(world, names):
    world.people["stranger"] = cards.recovery_keys(Secret.random(), uuid.uuid4())
    desk = world.open("first")
    with pytest.raises(Refused):
        keeping.new_restricted(desk, uuid.uuid4(), ids(world, *names))


def test_one_and_the_recovery_cards_are_enough(world):
    seed, set_id = Secret.random(), uuid.uuid4()
    recovery = world.people["cards"] = cards.recovery_keys(seed, set_id)
    keeping.admit(world.open("first"), set_id, "recovery", recovery.x_public, recovery.ed_public)
    desk = world.open("first")
    text = world.write(desk, world.new_case(desk, ids(world, "first", "cards")), "on paper too")
    world.written.remove(text)
    keeping.meet(recovery, world.desk_id)
    assert world.read(world.open("cards"), text) == "on paper too"


def test_somebody_slipped_into_the_table_is_not_named_by_the_next_generation(world, hidden):
    row = rows_of(hidden.case_id)[0]
    slipped = {
        "case_id": row.case_id,
        "member_id": world.people["worker"].user_id,
        "desk_id": row.desk_id,
        "epoch": row.epoch,
        "generation": row.generation,
        "blob": row.blob,
    }
    db.session.execute(sa.insert(RestrictedWrap), [slipped])
    desk = world.open("first")
    keeping.bump(desk, keeping.open_case(desk, hidden.case_id))
    assert {row.member_id for row in rows_of(hidden.case_id)} == ids(world, "first", "leaver")
    with pytest.raises(Refused):
        keeping.open_case(world.open("worker"), hidden.case_id)


def test_who_leaves_hands_over_first(world, hidden):
    with pytest.raises(Conflict):
        leave(world)
    db.session.rollback()
    desk = world.open("first")
    keeping.restrict(desk, keeping.open_case(desk, hidden.case_id), ids(world, "first", "leaver", "second"))
    assert leave(world).epoch == 2
    assert world.read(world.open("second"), hidden) == "for two"


def test_who_leaves_can_be_made_to_although_one_is_left_alone(world, hidden):
    desk = keeping.new_epoch(world.open("first"), world.people["leaver"].user_id, short_handed=True)
    assert {row.member_id for row in rows_of(hidden.case_id)} == ids(world, "first")
    again = world.write(desk, keeping.open_case(desk, hidden.case_id), "alone")
    assert world.read(world.open("first"), again) == "alone"


def test_a_leaver_who_was_named_opens_nothing_that_is_written_afterwards(world, hidden):
    before = world.open("leaver")
    known = keeping.open_case(before, hidden.case_id)
    first = world.people["first"].user_id
    old = next(row.blob for row in rows_of(hidden.case_id) if row.member_id == first)
    keeping.new_epoch(world.open("first"), before.person.user_id, short_handed=True)
    db.session.commit()
    # Somebody who is not named renews the layers: the key inside is still the one that the leaver knows.
    sweep_all(world)
    (row,) = rows_of(hidden.case_id)
    assert (row.epoch, row.generation) == (2, 1)
    desk = world.open("first")
    case = keeping.open_case(desk, hidden.case_id)
    assert case.born == 1
    new = world.write(desk, case, "afterwards")
    world.written.remove(new)
    with pytest.raises(Refused):
        known.open(ENTRY, new.row_id, new.section, new.blob)
    assert world.read(desk, hidden) == "for two"
    # The wrap that the leaver's key came from, put back, opens no more: its epoch is finished.
    here = sa.update(RestrictedWrap).where(RestrictedWrap.case_id == hidden.case_id)
    change(here.values(epoch=1, generation=1, blob=old))
    with pytest.raises(Refused):
        keeping.open_case(world.open("first"), hidden.case_id)


def test_a_case_is_closed_to_the_desk_and_opened_again(world):
    text = world.written[0]
    desk = world.open("worker")
    case = keeping.restrict(desk, keeping.open_case(desk, text.case_id), ids(world, "worker", "second"))
    private = world.write(desk, case, "between two")
    world.written.remove(private)
    with pytest.raises(Refused):
        keeping.open_case(world.open("first"), text.case_id)
    assert world.read(world.open("second"), text) == text.text
    assert not db.session.scalar(sa.select(CaseWrap.case_id).where(CaseWrap.case_id == text.case_id))
    desk = world.open("second")
    keeping.unrestrict(desk, keeping.open_case(desk, text.case_id))
    assert world.read(world.open("first"), private) == "between two"
    assert rows_of(text.case_id) == []


def test_naming_from_an_older_generation_is_a_conflict(world, hidden):
    desk = world.open("first")
    case = keeping.open_case(desk, hidden.case_id)
    keeping.bump(desk, case)
    with pytest.raises(Conflict):
        keeping.bump(desk, case)


def test_a_layer_that_does_not_open_holds_the_sweep(world, hidden):
    keeping.restrict(
        world.open("first"),
        keeping.open_case(world.open("first"), hidden.case_id),
        ids(world, "first", "second"),
    )
    change(
        sa.update(RestrictedWrap)
        .where(RestrictedWrap.case_id == hidden.case_id, RestrictedWrap.member_id.in_(ids(world, "second")))
        .values(blob=b"\x07" + bytes(99))
    )
    leave(world)
    keeping.finish_epoch(world.open("worker"))
    swept = keeping.finish_epoch(world.open("worker"))
    assert (swept.handled, swept.stuck, swept.done) == (0, (hidden.case_id,), False)
    assert keeping.finish_epoch(world.open("worker"), give_up=swept.stuck).done
