"""A network for every test of this room."""
