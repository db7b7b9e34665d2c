"""Attackers meet the two desks of the packets' own tests."""

from tests.cast import asha, store, world
from tests.packets.scene import accept, case, hand_in, known, send

__all__ = ["accept", "asha", "case", "hand_in", "known", "send", "store", "world"]
