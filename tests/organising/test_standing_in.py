"""An organiser is away, leaves, or reads nothing: the introduction is not lost, and nobody reads it to whom they did not agree."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.access.policy import Role
from casework.cases import consenting
from casework.db import db
from casework.deadlines import service as dates
from casework.errors import Invalid, NotFound
from casework.organising import boxes, introducing, kept, meeting, offers, standing_in
from casework.organising.kept import Standing
from casework.organising.models import Introduction
from casework.retention import purging, witness
from casework.retention.models import PurgeClock
from casework.vault import keeping
from tests import factories
from tests.factories.worlds import join


@pytest.fixture
def dora(there, world):
    """A second campaigner, who meets people for the same union."""
    made = factories.human("dora", "Dora")
    join(world.mei, world.network_id, made, Role.CAMPAIGN)
    made.keep()
    return made


@pytest.fixture
def doras(there, world, dora):
    """That Dora meets people."""
    assert there.cara
    from_network = world.actor(dora, world.network_id)
    # Whoever comes to the network later is let in by a colleague who looks.
    offers.listed(there.cara)
    return offers.make(from_network, there.union, "Dora", "Nepali, weekdays", uuid4())


def at(there, who):
    return there.world.actor(who, there.world.network_id)


def how(there, ref):
    """How it stands with the one introduction that stands, and whether somebody can step in."""
    case = factories.reload(there.asha, ref)
    (found,) = [one for one in standing_in.standings(case).values() if one[0] is not Standing.ENDED]
    return found


def entry(there, ref):
    return next(one.id for one in introducing.listing(there.asha, ref)[1] if not one.ended)


def step_in(there, ref, token=None):
    standing_in.step_in(there.asha, ref, entry(there, ref), token or uuid4(), "Ask whether they met")


def tasks(there, ref):
    return [one for one in dates.tasks(factories.reload(there.asha, ref)) if one.base.startswith("organiser")]


def later(freeze, days):
    freeze(clock.now() + timedelta(days=days))


def test_whoever_was_named_steps_in_when_nobody_reads_it(there, dora, doras, freeze):
    ref = there.person()
    there.introduce(ref, stand_in_id=doras)
    assert how(there, ref) == (Standing.WAITING, False)
    assert meeting.listing(at(there, dora)) == ([], 0)
    later(freeze, 15)
    assert how(there, ref) == (Standing.UNREAD, True)
    step_in(there, ref)
    (one,) = meeting.listing(at(there, dora))[0]
    assert (one.called, one.number, one.words) == ("Sunita", "+977 984 1", "Nepali, after six")
    # The first one has it no more.
    assert meeting.listing(there.cara) == ([], 0)
    assert [one.ended for one in introducing.listing(there.asha, ref)[1]] == ["", "stood_in"]


@pytest.mark.parametrize("go", ["stops", "leaves", "lapses", "gives back"])
def test_whoever_steps_in_when_the_organiser_goes(there, world, dora, doras, freeze, go):
    ref = there.person()
    there.introduce(ref, stand_in_id=doras)
    (one,) = meeting.listing(there.cara)[0]
    if go == "gives back":
        meeting.give_back(there.cara, one.id)
    elif go == "leaves":
        keeping.remove(at(there, world.mei).desk, world.cara.id)
    elif go == "stops":
        offers.step_back(there.cara, there.offer)
    else:
        later(freeze, 181)
        offers.make(at(there, dora), there.union, "Dora", "", uuid4())
    assert how(there, ref)[0] in kept.LOST
    if go == "lapses":
        # Her agreement stands, but the days of the way do not: they are asked how they are reached first.
        with pytest.raises(Invalid):
            step_in(there, ref)
        return
    step_in(there, ref)
    assert [one.called for one in meeting.listing(at(there, dora))[0]] == ["Sunita"]
    if go == "leaves":
        with pytest.raises(NotFound):
            _ = there.cara
    else:
        assert all(one.taken_back for one in meeting.listing(there.cara)[0])


def test_nobody_steps_in_whom_they_did_not_name(there, dora, doras, freeze):
    ref = there.person()
    there.introduce(ref)
    later(freeze, 15)
    assert how(there, ref) == (Standing.UNREAD, False)
    with pytest.raises(Invalid):
        step_in(there, ref)
    assert meeting.listing(at(there, dora)) == ([], 0)
    # What the box says, the case does not keep.
    case = factories.reload(there.asha, ref)
    assert all("stand_in" not in one.body for one in kept.rows(case))


def test_nobody_steps_in_while_the_organiser_is_there(there, dora, doras):
    ref = there.person()
    there.introduce(ref, stand_in_id=doras)
    with pytest.raises(Invalid):
        step_in(there, ref)
    meeting.listing(there.cara)
    assert how(there, ref) == (Standing.READ, False)
    with pytest.raises(Invalid):
        step_in(there, ref)


def test_a_stand_in_is_somebody_else_who_meets_people(there, doras):
    ref = there.person()
    for wrong in (there.offer, uuid4()):
        with pytest.raises(Invalid) as refused:
            there.introduce(ref, stand_in_id=wrong)
        assert refused.value.field == "stand_in"
    assert introducing.listing(there.asha, ref)[1] == []


def test_whoever_takes_the_second_yes_back_is_asked_again(there, doras, freeze):
    ref = there.person()
    there.introduce(ref, stand_in_id=doras)
    told = consenting.listing(there.asha, ref).told
    second = next(one for one in told if one.answer.recipient.startswith("Dora"))
    consenting.withdraw(there.asha, ref, second.id)
    later(freeze, 15)
    assert how(there, ref) == (Standing.UNREAD, False)
    assert all("stand_in" not in one.body for one in kept.rows(factories.reload(there.asha, ref)))


def test_taking_it_back_takes_both_back(there, dora, doras):
    ref = there.person()
    there.introduce(ref, stand_in_id=doras)
    introducing.take_back(there.asha, ref, entry(there, ref))
    told = consenting.listing(there.asha, ref)
    organisers = [one for one in told.told if one.answer.purpose == introducing.PURPOSE]
    assert len(organisers) == 2
    assert all(one.withdrawn_at for one in organisers)
    assert db.session.scalars(select(Introduction)).all() == []
    assert tasks(there, ref) == []


def test_a_double_click_passes_it_once(there, dora, doras, freeze):
    ref, token = there.person(), uuid4()
    there.introduce(ref, stand_in_id=doras)
    later(freeze, 15)
    first = entry(there, ref)
    for _twice in range(2):
        standing_in.step_in(there.asha, ref, first, token, "Ask")
    assert len(meeting.listing(at(there, dora))[0]) == 1
    with pytest.raises(Invalid):
        standing_in.step_in(there.asha, ref, first, uuid4(), "Ask")
    with pytest.raises(NotFound):
        standing_in.step_in(there.asha, ref, uuid4(), uuid4(), "Ask")


def test_the_desk_is_asked_to_look_until_it_ends(there, freeze):
    ref = there.person()
    there.introduce(ref)
    (task,) = tasks(there, ref)
    assert task.due_on == clock.today() + timedelta(days=14)
    introducing.take_back(there.asha, ref, entry(there, ref))
    assert tasks(there, ref) == []


def test_settled_it_says_read_and_given_back_it_says_lost(there):
    first, second = there.person(), there.person()
    for ref in (first, second):
        there.introduce(ref)
    rows = {body["row"]: ref for ref in (first, second) for body in bodies(there, ref)}
    settled, back = meeting.listing(there.cara)[0]
    meeting.settle(there.cara, settled.id)
    meeting.give_back(there.cara, back.id)
    assert how(there, rows[str(settled.id)]) == (Standing.READ, False)
    assert how(there, rows[str(back.id)]) == (Standing.BACK, False)
    assert meeting.listing(there.cara) == ([], 0)
    for act in (meeting.settle, meeting.give_back):
        with pytest.raises(NotFound):
            act(there.cara, settled.id)
    assert db.session.scalars(select(Introduction.body)).all() == [b""]


def bodies(there, ref):
    return [one.body for one in kept.rows(factories.reload(there.asha, ref))]


def test_unread_until_its_last_day_the_desk_sees_that_it_was_lost(there, freeze):
    ref = there.person()
    there.introduce(ref)
    later(freeze, 91)
    assert boxes.expire() == {there.world.network_id: 1}
    assert how(there, ref) == (Standing.BACK, False)


def expire():
    purging.run("introductions", boxes.expire)


def trust():
    """The clock is as it was when something was purged last."""
    db.session.add(PurgeClock(id=1, at=clock.now()))
    expire()
    assert not witness.doubted()


def test_a_clock_set_forward_destroys_nothing(there, freeze):
    ref, now = there.person(), clock.now()
    trust()
    there.introduce(ref)
    freeze(now + timedelta(days=400))
    expire()
    assert witness.doubted()
    assert len(db.session.scalars(select(Introduction)).all()) == 1
    freeze(now + timedelta(minutes=1))
    expire()
    assert not witness.doubted()
    assert [one.called for one in meeting.listing(there.cara)[0]] == ["Sunita"]


@pytest.mark.parametrize("answered", ["trends", introducing.PURPOSE, "casework"])
def test_an_answer_by_a_clock_set_forward_ends_only_what_was_taken_back(there, freeze, answered):
    ref, now = there.person(), clock.now()
    trust()
    there.introduce(ref)
    freeze(now + timedelta(days=400))
    if answered == "trends":
        consenting.record(there.asha, ref, factories.answer("trends"), uuid4())
    else:
        there.withdraw(ref, answered)
    left = 1 if answered == "trends" else 0
    assert len(db.session.scalars(select(Introduction)).all()) == left


def test_an_agreement_that_ran_out_ends_it_by_a_clock_that_holds(there, freeze):
    ref = there.person()
    there.introduce(ref)
    later(freeze, 400)
    consenting.record(there.asha, ref, factories.answer("trends"), uuid4())
    assert db.session.scalars(select(Introduction)).all() == []
