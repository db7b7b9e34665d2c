"""What the vault's tests share."""

import pytest
from hypothesis import settings

from casework.db import db
from tests.vault.world import found_world

# A slow moment of the machine is no failure: nothing here is about time.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def world(database):
    """A desk with two cases, on each database, committed."""
    made = found_world()
    db.session.commit()
    return made
