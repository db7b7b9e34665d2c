"""A network of two desks with one agency that people at both name, and the clock on a Wednesday."""

from datetime import UTC, datetime

import pytest

from tests.signals.people import Patterns

WEDNESDAY = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture
def there(world, freeze):
    """Both desks, with an agency in the register."""
    freeze(WEDNESDAY)
    return Patterns(world)
