"""Somebody leaves: refused until their work is handed over, then out at once, and the keys follow in slices."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.access import admitting, entrance, invitations, joining, leaving, renewing, sessions
from casework.access.models import Membership
from casework.cases import assignment, entries, opening, readers
from casework.db import db
from casework.errors import Denied, Invalid, NotFound, Refused
from casework.vault import Role, keeping
from casework.vault.models import CaseWrap
from tests import factories
from tests.factories.worlds import code, join


@pytest.fixture
def door(app):
    return app.extensions["casework.doorway"]


def handed_over(world, who, other, called="Sita Test"):
    """A case of somebody's that is ready to be handed over."""
    actor = world.actor(who)
    row = factories.case(actor, called=called)
    assignment.assign(actor, row.ref, who.id, other.id, (who.id, None))
    entries.add(actor, row.ref, "handover", clock.now(), "What the next one needs to know.", uuid4())
    return row


def test_it_is_refused_until_a_note_and_somebody_else_are_there(world, door):
    asha, mei = world.actor(world.asha), world.actor(world.mei)
    row = factories.case(asha)
    (found,) = leaving.hindrances(mei, world.asha.id)
    assert (found.ref, found.note, found.other) == (row.ref, True, True)
    with pytest.raises(Invalid, match="hand-over"):
        leaving.remove(door, mei, world.asha.id)
    assignment.assign(asha, row.ref, world.asha.id, world.bo.id, (world.asha.id, None))
    entries.add(asha, row.ref, "handover", clock.now(), "All that matters.", uuid4())
    assert leaving.hindrances(mei, world.asha.id) == []
    leaving.remove(door, mei, world.asha.id)


def test_whoever_left_is_out_everywhere(world, door):
    row = handed_over(world, world.asha, world.bo)
    session = sessions.begin(door, world.asha.keys)
    leaving.remove(door, world.actor(world.mei), world.asha.id)
    assert sessions.resume(door, session.secret) is None
    for desk_id in (world.host_id, world.network_id):
        with pytest.raises(NotFound):
            entrance.enter(world.asha.keys, code(desk_id))
        with pytest.raises(Refused):
            keeping.open_desk(world.asha.keys, desk_id)
    bo = world.actor(world.bo)
    case = opening.load(bo, row.ref)
    assert (case.row.primary_id, case.row.backup_id, case.called) == (world.bo.id, None, "Sita Test")
    assert bo.desk.epoch == 2


def test_the_renewal_goes_on_in_slices_until_it_is_signed(world, door, monkeypatch):
    monkeypatch.setattr(renewing, "SLICE", 2)
    monkeypatch.setattr(renewing, "AT_ONCE", 0)
    rows = [handed_over(world, world.asha, world.bo, f"Nr {n}") for n in range(5)]
    leaving.remove(door, world.actor(world.mei), world.asha.id)
    seen = [renewing.progress(world.actor(world.bo)).done]
    for _ in range(40):
        seen.append(renewing.renew(world.actor(world.bo)).done)
        if renewing.progress(world.actor(world.bo)).finished:
            break
    assert seen == sorted(seen)
    assert max(seen) == 5
    state = world.actor(world.bo).desk.state
    assert state.done == state.epoch == 2
    assert renewing.renew(world.actor(world.bo)).finished
    assert {opening.load(world.actor(world.bo), row.ref).called for row in rows} == {
        f"Nr {n}" for n in range(5)
    }


def test_with_whoever_leaves_the_keys_of_all_cases_change(world, door):
    rows = [handed_over(world, world.asha, world.bo, f"Nr {n}") for n in range(3)]
    rows.append(factories.case(world.actor(world.bo), called="Bo's own"))
    leaving.remove(door, world.actor(world.mei), world.asha.id)
    bo = world.actor(world.bo)
    assert renewing.progress(bo).finished
    assert bo.desk.state.done == bo.desk.state.epoch == 2
    stored = db.session.execute(select(CaseWrap.epoch, CaseWrap.generation)).all()
    assert all(epoch == 2 and generation > 1 for epoch, generation in stored)
    assert [opening.load(bo, row.ref).called for row in rows] == ["Nr 0", "Nr 1", "Nr 2", "Bo's own"]


@pytest.mark.parametrize("most", [1, 3, 4, 5])
def test_a_desk_that_is_too_large_for_once_goes_on_where_it_stood(world, door, monkeypatch, most):
    monkeypatch.setattr(renewing, "SLICE", 1)
    monkeypatch.setattr(renewing, "AT_ONCE", most)
    for n in range(4):
        factories.case(world.actor(world.bo), called=f"Nr {n}")
    leaving.remove(door, world.actor(world.mei), world.asha.id)
    assert renewing.progress(world.actor(world.bo)).done == min(most, 4)
    for _ in range(8):
        if renewing.renew(world.actor(world.bo)).finished:
            break
    assert renewing.progress(world.actor(world.bo)).finished


def test_a_case_that_does_not_open_holds_up_no_leaving(world, door):
    broken = factories.case(world.actor(world.bo), called="Broken")
    whole = factories.case(world.actor(world.bo), called="Whole")
    db.session.execute(update(CaseWrap).where(CaseWrap.case_id == broken.id).values(blob=bytes(130)))
    leaving.remove(door, world.actor(world.mei), world.asha.id)
    bo = world.actor(world.bo)
    assert not renewing.progress(bo).finished, "somebody looks at it first"
    assert opening.load(bo, whole.ref).called == "Whole"


def test_the_last_day_is_without_access(world):
    mei = world.actor(world.mei)
    with pytest.raises(Invalid):
        leaving.set_last_day(mei, world.asha.id, clock.today() - timedelta(days=1))
    leaving.set_last_day(mei, world.asha.id, clock.today() + timedelta(days=2))
    assert world.actor(world.asha).role
    with clock.at(clock.now() + timedelta(days=2)):
        with pytest.raises(NotFound):
            world.actor(world.asha)
        assert leaving.overdue(mei) == [world.asha.id]


def test_nobody_goes_who_may_not_be_spared(world, door):
    asha, mei = world.actor(world.asha), world.actor(world.mei)
    with pytest.raises(Denied):
        leaving.remove(door, asha, world.bo.id)
    with pytest.raises(Invalid, match="Another coordinator"):
        leaving.remove(door, mei, world.mei.id)
    with pytest.raises(NotFound):
        leaving.remove(door, mei, world.nina.id)
    row = handed_over(world, world.asha, world.bo)
    readers.choose(asha, row.ref, frozenset({world.asha.id, world.bo.id}), None)
    with pytest.raises(Invalid, match="named people"):
        leaving.remove(door, mei, world.bo.id)


def test_whoever_works_at_another_desk_stays_in_the_network(world, door):
    join(world.nina, world.home_id, world.asha, Role.VOLUNTEER)
    leaving.remove(door, world.actor(world.mei), world.asha.id)
    assert world.actor(world.asha, world.home_id).network.state.members[world.asha.id]
    rows = select(Membership.desk_id).where(Membership.user_id == world.asha.id)
    assert set(db.session.scalars(rows)) == {world.network_id, world.home_id}


def test_lost_words_are_new_keys_and_the_same_work(world, door):
    row = handed_over(world, world.asha, world.bo)
    mei = world.actor(world.mei)
    token = invitations.invite_back(mei, world.asha.id, uuid4())
    again = factories.human("asha-again", "Asha")
    joining.answer(again.keys, token)
    halves = admitting.waiting_of(again.keys)
    (waiting,) = [one for one, _ in invitations.waiting(mei)]
    admitting.admit(door, world.actor(world.mei), waiting.id, halves.newcomer)
    keeping.load(world.host_id, again.keys)
    keeping.load(world.network_id, again.keys)
    actor = entrance.enter(again.keys, code(world.host_id), network=True)
    case = opening.load(actor, row.ref)
    assert (case.called, case.row.primary_id) == ("Sita Test", again.id)
    assert actor.network.state.members[again.id]
    with pytest.raises(NotFound):
        entrance.enter(world.asha.keys, code(world.host_id))
