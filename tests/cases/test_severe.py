"""After what is the calm page shown: after what was hard, and not after every line."""

import pytest

from casework.cases import severe
from tests import factories


@pytest.fixture
def calm(asha):
    return factories.reload(asha, factories.case(asha, risk="medium").ref)


@pytest.fixture
def urgent(asha):
    return factories.reload(asha, factories.case(asha, risk="emergency").ref)


@pytest.mark.parametrize(
    ("type_", "after_calm", "after_urgent"),
    [("call", False, True), ("visit", False, True), ("note", False, False), ("no_answer", False, False)],
)
def test_who_spoke_with_somebody_in_an_emergency_is_asked(calm, urgent, type_, after_calm, after_urgent):
    assert severe.entry(calm, type_, heavy=False) is after_calm
    assert severe.entry(urgent, type_, heavy=False) is after_urgent
    assert severe.entry(calm, type_, heavy=True)


@pytest.mark.parametrize(
    ("reason", "hard"),
    [("died", True), ("deported", True), ("lost_contact", True), ("goal_met", False), ("x", False)],
)
def test_an_end_that_stays_with_people_is_asked_about(calm, urgent, reason, hard):
    assert severe.ending(calm, reason) is hard
    assert severe.ending(urgent, reason)
