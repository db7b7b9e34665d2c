"""A network for every test of this room."""

import pytest

from tests import factories


@pytest.fixture
def world(database):
    return factories.world()
