"""A story of somebody, and a campaign that may be given it."""

import pytest

from tests.public_stories.telling import Telling


@pytest.fixture
def telling(world):
    return Telling(world)
