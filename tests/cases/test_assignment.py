from uuid import uuid4

import pytest

from casework.cases import assignment, life
from casework.cases.changing import Differing
from casework.errors import Denied, Invalid, NotFound
from tests import factories

NOBODY = (None, None)


@pytest.fixture
def ref(asha):
    return factories.case(asha, take=False).ref


def test_two_people_of_the_desk(world, asha, ref, events):
    pair = (world.asha.id, world.mei.id)
    case = assignment.assign(asha, ref, *pair, NOBODY)
    assert (case.row.primary_id, case.row.backup_id) == pair
    assert events(ref)[-1] == ("case.assigned", {"primary": str(pair[0]), "backup": str(pair[1])})


def test_one_person_is_not_two(world, asha, ref):
    with pytest.raises(Invalid) as refused:
        assignment.assign(asha, ref, world.asha.id, world.asha.id, NOBODY)
    assert refused.value.field == "backup"


def test_only_who_works_on_cases_here(world, asha, ref):
    for stranger in (world.luz.id, world.ram.id, world.cara.id, uuid4()):
        with pytest.raises(Invalid):
            assignment.assign(asha, ref, stranger, None, NOBODY)
        with pytest.raises(Invalid):
            assignment.assign(asha, ref, world.asha.id, stranger, NOBODY)


def test_somebody_who_was_faster(world, asha, mei, ref):
    assignment.assign(mei, ref, world.bo.id, world.mei.id, NOBODY)
    with pytest.raises(Differing) as shown:
        assignment.assign(asha, ref, world.asha.id, world.mei.id, NOBODY)
    assert shown.value.theirs == (world.bo.id, world.mei.id)
    assert shown.value.mine == (world.asha.id, world.mei.id)
    # The very same wish sent twice is no quarrel.
    assignment.assign(asha, ref, world.bo.id, world.mei.id, NOBODY)


def test_an_accepted_case_keeps_both(world, asha, ref):
    pair = (world.asha.id, world.mei.id)
    assignment.assign(asha, ref, *pair, NOBODY)
    life.move(asha, ref, "assessment", "contact")
    for less in ((None, world.mei.id), (world.asha.id, None), NOBODY):
        with pytest.raises(Invalid):
            assignment.assign(asha, ref, *less, pair)
    assignment.assign(asha, ref, world.bo.id, world.mei.id, pair)


def test_others_do_not_assign(world, ram, ref):
    with pytest.raises(NotFound):
        assignment.assign(ram, ref, world.ram.id, None, NOBODY)
    with pytest.raises(Denied):
        assignment.assign(world.actor(world.luz), ref, world.luz.id, None, NOBODY)
