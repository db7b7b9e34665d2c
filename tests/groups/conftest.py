"""A network for every test of this room, and three people of the host desk with open keys."""

import pytest

from tests import factories


@pytest.fixture
def world(database):
    return factories.world()


@pytest.fixture
def asha(world):
    """A volunteer."""
    return world.actor(world.asha)


@pytest.fixture
def bo(world):
    """Another volunteer of the same desk."""
    return world.actor(world.bo)


@pytest.fixture
def mei(world):
    """Their coordinator."""
    return world.actor(world.mei)


@pytest.fixture
def ram(world):
    """A volunteer of another desk."""
    return world.actor(world.ram)


@pytest.fixture
def events(mei):
    """`events(ref)`: what was recorded of a case, oldest first, as names with their details."""
    from casework.audit import service as audit  # noqa: PLC0415 - only where events are read

    def _events(ref):
        case = factories.reload(mei, ref)
        return [(seen.event.value, seen.details) for seen in reversed(audit.of_case(mei.desk, case.keys))]

    return _events
