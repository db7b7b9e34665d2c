"""Wages owed: what was due for the work, what came, and the two ways of counting that must agree."""

from casework.money.wages.claim import WageClaim, Way
from casework.money.wages.dated import dated_amounts
from casework.money.wages.owed import NAME, VERSION, wages

__all__ = ("NAME", "VERSION", "WageClaim", "Way", "dated_amounts", "wages")
