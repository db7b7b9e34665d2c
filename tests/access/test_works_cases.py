"""Who works on cases is said once: lists of staff and assignments follow the rule."""

import pytest

from casework.access import desks, policy
from casework.access.policy import RULES, Action, Role
from casework.cases import assignment
from casework.errors import Invalid
from tests import factories


@pytest.mark.parametrize("role", [*Role, None])
def test_they_are_those_who_may_work_a_case(role):
    assert policy.works_cases(role) is (role in {Role.VOLUNTEER, Role.COORDINATOR})


def test_lists_and_assignments_follow_the_rule(database, monkeypatch):
    world = factories.world()
    mei = world.actor(world.mei)
    row = factories.case(world.actor(world.asha))
    assert {line.name for line in desks.staff(mei)} == {"Mei", "Asha", "Bo"}
    with pytest.raises(Invalid, match="works on the cases"):
        assignment.assign(mei, row.ref, world.luz.id, None, (row.primary_id, row.backup_id))
    monkeypatch.setitem(RULES, Action.CASE_WORK, RULES[Action.CASE_WORK] | {Role.ALLY})
    assert "Luz" in {line.name for line in desks.staff(mei)}
    assignment.assign(mei, row.ref, world.luz.id, None, (row.primary_id, row.backup_id))
