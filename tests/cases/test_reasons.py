"""Opening a case that is somebody else's: a reason first, recorded, and seen by the coordinator that week."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework import clock
from casework.audit.events import Event
from casework.cases import arriving, assignment, opening, oversight, readers, sections
from casework.errors import Denied, Invalid, NeedsReason
from casework.vault import Section
from tests import factories


def reader(world, who):
    """Somebody at a page, who has said nothing yet."""
    return replace(world.actor(who), said_why=lambda _case_id: False)


def test_somebody_elses_case_asks_for_a_reason_on_every_way_in(world):
    row = factories.case(world.actor(world.asha), called="Sita Test")
    bo = reader(world, world.bo)
    for way in (opening.load, arriving.arrive, arriving.record_of, readers.look):
        actor = reader(world, world.mei) if way is arriving.record_of else bo
        with pytest.raises(NeedsReason):
            way(actor, row.ref)
    with pytest.raises(NeedsReason):
        sections.view(bo, row.ref, Section.IDENTITY)
    with pytest.raises(NeedsReason):
        assignment.assign(bo, row.ref, world.bo.id, None, (world.asha.id, None))


def test_ones_own_and_nobodys_need_none(world):
    own = factories.case(world.actor(world.asha))
    assert opening.load(reader(world, world.asha), own.ref)
    assignment.assign(world.actor(world.mei), own.ref, world.asha.id, world.bo.id, (world.asha.id, None))
    assert opening.load(reader(world, world.bo), own.ref)
    untaken = factories.case(world.actor(world.asha), take=False)
    assert opening.load(reader(world, world.mei), untaken.ref)


def test_the_reason_is_of_the_list_and_stands_in_both_records(world):
    row = factories.case(world.actor(world.asha))
    bo, mei = reader(world, world.bo), world.actor(world.mei)
    with pytest.raises(Invalid):
        arriving.say_why(bo, row.ref, "curious")
    assert arriving.say_why(bo, row.ref, "covering") == row.id
    _, seen = arriving.record_of(mei, row.ref)
    assert (Event.CASE_OPENED, {"reason": "covering"}, world.bo.id) in [
        (one.event, one.details, one.actor_id) for one in seen
    ]
    (told,) = oversight.opened_with_reason(mei)
    assert (told.ref, told.who, told.reason) == (row.ref, world.bo.id, "covering")
    with pytest.raises(Denied):
        oversight.opened_with_reason(world.actor(world.asha))
    with clock.at(clock.now() + timedelta(days=9)):
        assert oversight.opened_with_reason(mei) == []


def test_what_was_opened_before_a_case_was_closed_to_the_coordinator_is_not_told(world):
    row = factories.case(world.actor(world.asha))
    arriving.say_why(world.actor(world.bo), row.ref, "covering")
    readers.choose(world.actor(world.asha), row.ref, frozenset({world.asha.id, world.bo.id}), None)
    assert oversight.opened_with_reason(world.actor(world.mei)) == []
