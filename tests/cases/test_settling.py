"""Workers and status are one decision: all of it is kept, or nothing."""

import pytest

from casework.cases import assignment, life, settling
from casework.cases.changing import Differing
from casework.cases.settling import Standing
from casework.errors import Invalid
from tests import factories

NEW = Standing((None, None), "contact")


@pytest.fixture
def ref(asha):
    return factories.case(asha, take=False).ref


@pytest.fixture
def pair(world):
    return world.asha.id, world.mei.id


def test_both_are_kept_and_recorded(asha, ref, pair, events):
    case = settling.settle(asha, ref, Standing(pair, "assessment"), NEW)
    assert Standing.of(case) == Standing(pair, "assessment")
    assert [name for name, _details in events(ref)[-2:]] == ["case.assigned", "status.moved"]


def test_nothing_is_kept_when_one_is_refused(asha, mei, ref, pair, events):
    before = events(ref)
    for wish in (Standing(pair, "won"), Standing(pair, "closed"), Standing((pair[0], None), "assessment")):
        with pytest.raises(Invalid):
            settling.settle(asha, ref, wish, NEW)
        assert Standing.of(factories.reload(mei, ref)) == NEW
    assert events(ref) == before


def test_what_was_left_alone_stays_as_another_put_it(asha, mei, ref, pair, world):
    assignment.assign(mei, ref, *pair, NEW.pair)
    moved = settling.settle(asha, ref, Standing(NEW.pair, "assessment"), NEW)
    assert Standing.of(moved) == Standing(pair, "assessment")
    other = (world.bo.id, world.mei.id)
    life.move(mei, ref, "plan", "assessment")
    handed = settling.settle(asha, ref, Standing(other, "assessment"), Standing(pair, "assessment"))
    assert Standing.of(handed) == Standing(other, "plan")


def test_two_wishes_for_the_same_are_shown(asha, mei, ref, pair, world):
    assignment.assign(mei, ref, *pair, NEW.pair)
    other = (world.bo.id, world.mei.id)
    with pytest.raises(Differing) as shown:
        settling.settle(asha, ref, Standing(other, "contact"), NEW)
    assert shown.value.theirs == Standing(pair, "contact")
    assert shown.value.mine == Standing(other, "contact")


def test_a_closed_case_is_handed_over_but_not_moved(asha, ref, pair, world):
    settling.settle(asha, ref, Standing(pair, "action"), NEW)
    ending = factories.ending()
    life.close(asha, ref, ending, "action")
    closed, other = Standing(pair, "closed"), (world.bo.id, world.mei.id)
    with pytest.raises(Invalid):
        settling.settle(asha, ref, Standing(pair, "action"), closed)
    handed = settling.settle(asha, ref, Standing(other, "closed"), closed)
    assert Standing.of(handed) == Standing(other, "closed")
