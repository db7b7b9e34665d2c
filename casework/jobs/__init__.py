"""What runs later, without keys. Each job calls one service function, with opaque ids only."""
