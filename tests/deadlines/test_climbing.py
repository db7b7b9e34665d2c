"""An emergency that nobody takes goes to who stands in, then to the coordinators; each step is recorded, once."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.access import desks
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import entries, opening
from casework.deadlines import climbing, sealing, service, today
from casework.deadlines.climbing import Whom
from casework.deadlines.held import Held, Sort, State
from casework.errors import Invalid
from tests import factories
from tests.deadlines.cases import shared

NOW = datetime(2026, 3, 22, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(NOW)


@pytest.fixture
def ref(asha) -> str:
    return shared(asha, factories.case(asha, kind="detention", danger_now="yes")).ref


def emergency(actor, ref: str) -> Held:
    (one,) = [each for each in service.listing(actor, ref).running if each.sort is Sort.EMERGENCY]
    return service.one(actor, ref, one.id)[1]


def rungs(one: Held) -> list[tuple[str, datetime]]:
    return [(turn.reason, turn.at) for turn in one.turns if turn.what == climbing.CLIMBED]


def waiting(actor):
    (one,) = today.coming(actor).urgent
    return one


def test_it_climbs_by_the_hour_and_says_so_on_its_page(asha, ref, freeze):
    assert rungs(emergency(asha, ref)) == []
    freeze(NOW + HOUR)
    assert rungs(emergency(asha, ref)) == [("backup", NOW + HOUR)]
    freeze(NOW + 5 * HOUR)
    assert rungs(emergency(asha, ref)) == [("backup", NOW + HOUR), ("coordinators", NOW + 2 * HOUR)]


def test_the_next_save_keeps_what_it_climbed_and_the_record_of_the_case_too(asha, mei, ref, freeze):
    freeze(NOW + 3 * HOUR)
    for _ in range(2):
        entries.add(asha, ref, "note", NOW, "Called.", uuid4())
    case = opening.load(asha, ref)
    (kept,) = [one for one in sealing.read(case) if one.sort is Sort.EMERGENCY]
    assert [reason for reason, _at in rungs(kept)] == ["backup", "coordinators"]
    seen = audit.of_case(mei.desk, opening.for_upkeep(mei, ref).keys)
    climbed = [
        one for one in seen if one.event is Event.DEADLINE_CHANGED and one.details["what"] == "escalated"
    ]
    assert len(climbed) == 2


def test_who_takes_it_is_named_after_what_it_climbed(asha, bo, ref, freeze):
    freeze(NOW + 90 * timedelta(minutes=1))
    service.acknowledge(bo, ref, emergency(asha, ref).id)
    one = emergency(asha, ref)
    assert [turn.what for turn in one.turns] == ["made", climbing.CLIMBED, "acknowledged"]
    assert one.acknowledged.by == bo.user_id
    assert today.coming(asha).urgent == ()


def test_taken_and_not_done_a_day_later_it_climbs_again(asha, bo, ref, freeze):
    service.acknowledge(bo, ref, emergency(asha, ref).id)
    freeze(NOW + timedelta(days=1) + HOUR)
    assert rungs(emergency(asha, ref)) == [("backup", NOW + timedelta(days=1) + HOUR)]
    assert not waiting(asha).waiting


def test_given_to_somebody_else_it_is_to_be_taken_again(asha, bo, ref, freeze, world):
    one = emergency(asha, ref)
    service.acknowledge(asha, ref, one.id)
    freeze(NOW + 6 * HOUR)
    service.hand_to(asha, ref, one.id, world.bo.id, None)
    assert emergency(asha, ref).acknowledged is None
    assert (waiting(asha).waiting, waiting(asha).owner_id) == (True, world.bo.id)
    assert rungs(emergency(asha, ref)) == []
    freeze(NOW + 7 * HOUR)
    assert rungs(emergency(asha, ref)) == [("backup", NOW + 7 * HOUR)]
    service.acknowledge(bo, ref, one.id)
    assert emergency(asha, ref).acknowledged.by == bo.user_id


def test_nobody_takes_it_twice_and_it_is_no_ordinary_date(asha, bo, ref):
    one = emergency(asha, ref)
    service.acknowledge(asha, ref, one.id)
    service.acknowledge(asha, ref, one.id)
    assert sum(turn.what == "acknowledged" for turn in emergency(asha, ref).turns) == 1
    with pytest.raises(Invalid):
        service.acknowledge(bo, ref, one.id)
    with pytest.raises(Invalid):
        service.take(bo, ref, one.id)


def test_however_old_it_is_today_shows_it(asha, ref, freeze):
    freeze(NOW + timedelta(days=90))
    one = waiting(asha)
    assert (one.waiting, one.ref) == (True, ref)
    assert climbing.reached(one.begins, NOW + timedelta(days=90))[0] is Whom.COORDINATORS


def test_the_hours_to_answer_are_those_of_the_desk(asha, mei, freeze):
    hours = desks.response_hours(asha.desk)["emergency"]
    ref = shared(asha, factories.case(asha, kind="detention", danger_now="yes")).ref
    assert emergency(asha, ref).strikes == NOW + hours * HOUR
    assert climbing.begins(emergency(asha, ref)) == NOW + (hours - 1) * HOUR


@given(st.integers(-10_000, 10_000), st.booleans())
def test_it_climbs_one_way_and_each_rung_once(minutes, twice):
    one = Held(uuid4(), Sort.EMERGENCY, State.OPEN, NOW.date(), NOW + HOUR, "UTC")
    then = NOW + timedelta(minutes=minutes)
    found = climbing.climbed(one, then)
    if twice:
        found = climbing.climbed(found, then)
    assert [turn.reason for turn in found.turns] == ["backup", "coordinators"][: len(found.turns)]
    assert all(turn.at <= then for turn in found.turns)
    assert climbing.climbed(found, then) == found
    expected = 0 if then < NOW + HOUR else 1 if then < NOW + 2 * HOUR else 2
    assert len(found.turns) == expected
