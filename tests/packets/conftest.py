"""Two desks that know each other, for whatever is sent between them."""

from tests.packets.scene import accept, asha, case, hand_in, known, send, store, world

__all__ = ["accept", "asha", "case", "hand_in", "known", "send", "store", "world"]
