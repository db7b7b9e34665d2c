"""The people of the cases' tests work here as well, at the network."""

import pytest

from casework.access import entrance
from tests.cases.conftest import world  # noqa: F401 - the same people work here
from tests.factories.worlds import code


@pytest.fixture
def at_network(world):  # noqa: F811 - pytest hands it in
    """`at_network(human)`: somebody at the network, as a request makes them."""

    def _at(human):
        return entrance.enter(human.keys, code(world.network_id), network=True)

    return _at
