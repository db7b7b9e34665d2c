"""A desk with keys open, and cards of cases that are in the database."""

import pytest

from casework.db import db
from tests import factories
from tests.search import made


@pytest.fixture
def world(database):
    world = factories.world()
    db.session.commit()
    return world


@pytest.fixture
def desk(world):
    """The host desk, opened by a volunteer."""
    return world.actor(world.asha).desk


@pytest.fixture
def cases(desk):
    """`cases(n)`: n cases of the desk without a card yet, as cards to be put."""
    return lambda count, **told: made.cases(desk.desk_id, count, **told)
