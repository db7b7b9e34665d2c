"""The people whom most rooms are tested with: a network of two desks, and who comes in with open keys.

A folder whose people come in another way (pages sign in) says so in its own conftest.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask_sqlalchemy import SQLAlchemy

from casework.access import entrance
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.store import Store
from tests import factories
from tests.factories import World
from tests.factories.worlds import Human, code


@pytest.fixture
def world(database: SQLAlchemy) -> World:
    """A network of two desks."""
    return factories.world()


@pytest.fixture
def asha(world: World) -> Actor:
    """A volunteer of the host desk."""
    return world.actor(world.asha)


@pytest.fixture
def bo(world: World) -> Actor:
    """Another volunteer of the same desk."""
    return world.actor(world.bo)


@pytest.fixture
def mei(world: World) -> Actor:
    """Their coordinator."""
    return world.actor(world.mei)


@pytest.fixture
def ram(world: World) -> Actor:
    """A volunteer of another desk."""
    return world.actor(world.ram)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store in a folder of the test."""
    return Store((tmp_path / "files").as_uri())


@pytest.fixture
def at_network(world: World) -> Callable[[Human], Actor]:
    """`at_network(human)`: somebody at the network, as a request would have them."""

    def _at(human: Human) -> Actor:
        return entrance.enter(human.keys, code(world.network_id), network=True)

    return _at


@pytest.fixture
def events(mei: Actor) -> Callable[[str], list[tuple[str, Any]]]:
    """`events(ref)`: what was recorded of a case, oldest first, as names with their details."""

    def _events(ref: str) -> list[tuple[str, Any]]:
        case = factories.reload(mei, ref)
        return [(seen.event.value, seen.details) for seen in reversed(audit.of_case(mei.desk, case.keys))]

    return _events
