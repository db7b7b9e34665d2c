"""A network for every test of this room, and volunteers of two desks with open keys."""

import pytest

from tests import factories


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def asha(world):
    """A volunteer of the host desk."""
    return world.actor(world.asha)


@pytest.fixture
def ram(world):
    """A volunteer of the home desk."""
    return world.actor(world.ram)
