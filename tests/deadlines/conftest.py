"""Examples of this room are not timed: the first look into a calendar of holidays takes a while."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
