"""What the vault's tests share."""

import pytest

from casework.db import db
from tests.vault.world import found_world


@pytest.fixture
def world(database):
    """A desk with two cases, on each database, committed."""
    made = found_world()
    db.session.commit()
    return made
