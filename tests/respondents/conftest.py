"""A network for every test of this room, and volunteers of two desks with open keys."""
