"""A desk takes cases when nobody can lose them all with one passphrase."""

from datetime import timedelta

import pytest

from casework import clock
from casework.access import desks, entrance, leaving, recovery
from casework.cases import first_contact
from casework.errors import Invalid
from casework.vault import Role
from tests import factories
from tests.factories.people import human
from tests.factories.worlds import code, join


@pytest.fixture
def alone(database):
    """A coordinator whose desk has nobody else, and how to enter it."""
    eve = human("eve", "Eve")
    network = desks.found(eve.keys, "Network", "Eve").desk_id
    desk = desks.found(eve.keys, "Small desk", "Eve", network).desk_id
    eve.keep()
    return eve, network, lambda who=eve: entrance.enter(who.keys, code(desk), network=True)


def test_a_coordinator_alone_logs_nothing(alone):
    _eve, _network, enter = alone
    assert not first_contact.takes_cases(enter())
    with pytest.raises(Invalid, match="takes no cases yet"):
        factories.case(enter())


def test_cards_that_were_tried_make_it_live_and_untried_ones_do_not(alone):
    _eve, _network, enter = alone
    cards = recovery.make(enter())
    assert not first_contact.takes_cases(enter())
    recovery.rehearse(enter(), cards[:2])
    assert factories.case(enter()).ref
    recovery.make(enter())
    assert not first_contact.takes_cases(enter())


def test_a_second_person_makes_it_live_until_their_last_day(alone):
    eve, network, enter = alone
    ally, dao = human("ally", "Ally"), human("dao", "Dao")
    join(eve, enter().desk.desk_id, ally, Role.ALLY)
    assert not first_contact.takes_cases(enter())
    for desk_id in (enter().desk.desk_id, network):
        join(eve, desk_id, dao, Role.VOLUNTEER)
    dao.keep()
    assert factories.case(enter()).ref
    leaving.set_last_day(enter(), dao.id, clock.today())
    assert not first_contact.takes_cases(enter())
    leaving.set_last_day(enter(), dao.id, clock.today() + timedelta(days=1))
    assert first_contact.takes_cases(enter())
