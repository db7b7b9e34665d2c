"""Attackers meet the two desks of the packets' own tests."""

from tests.packets.scene import accept, asha, case, hand_in, known, send, store, world

__all__ = ["accept", "asha", "case", "hand_in", "known", "send", "store", "world"]
