"""A desk with three coordinators, two of whom want to take its files along."""

import datetime as dt

import pytest

from casework import clock
from casework.db import db
from casework.vault import Role
from tests import factories
from tests.factories.people import human
from tests.factories.worlds import join

WHY = "The host closes our server"
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def cleo(world):
    return _coordinator(world, "cleo")


@pytest.fixture
def dan(world):
    return _coordinator(world, "dan")


def _coordinator(world, name):
    who = human(name, name.capitalize())
    join(world.mei, world.host_id, who, Role.COORDINATOR)
    join(world.mei, world.network_id, who, Role.COORDINATOR)
    who.keep()
    db.session.flush()
    return who


@pytest.fixture
def later(freeze):
    """`later(span)`: the clock stands so much later."""

    def _later(span):
        return freeze(clock.now() + span)

    return _later
