"""Examples of this room are not timed: the first look into a calendar of holidays takes a while."""

from hypothesis import settings

from tests.cases.conftest import asha, bo, mei, ram, world  # noqa: F401 - the same people work here

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
