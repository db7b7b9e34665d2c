"""Two desks that know each other, for whatever is sent between them."""

from tests.packets.scene import accept, case, hand_in, known, send

__all__ = ["accept", "case", "hand_in", "known", "send"]
