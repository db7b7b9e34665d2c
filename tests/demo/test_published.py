"""The demo's released windows: three, large enough to show something, and none of them of people who exist."""

import pytest
from sqlalchemy import select

from casework.db import db
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.demo.published import WINDOWS, publish
from casework.trends import releases
from casework.trends.models import TrendReturn
from tests import factories
from tests.factories.worlds import code


@pytest.fixture
def network(database):
    world = factories.world()
    made = Network(None)
    made.keys = {"mei": world.mei.keys, "nina": world.nina.keys}
    made.codes = {NETWORK: code(world.network_id), "host": code(world.host_id), "home": code(world.home_id)}
    made.hosts = {NETWORK: "mei", "host": "mei", "home": "nina"}
    return made


def test_three_windows_are_released_and_show_something(network):
    publish(network)
    found = releases.every(network.actor("mei", NETWORK))
    assert len(found) == WINDOWS
    for release in found:
        shown = {table.name: len(table.cells) for one in release.parts.values() for table in one.tables}
        assert shown["kind"] >= 5
        assert shown["corridor"] >= 3
        assert shown["outcome"] >= 3
    assert db.session.scalars(select(TrendReturn)).all() == []


def test_a_network_with_one_coordinator_releases_nothing(network):
    network.hosts = {NETWORK: "mei", "host": "mei"}
    publish(network)
    assert releases.every(network.actor("mei", NETWORK)) == []
