"""Signals: one name in the cases of several people. Seen by coordinators; other desks learn a band and no case."""
