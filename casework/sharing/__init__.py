"""Sharing without handing over: what an outside lawyer is given of a case, until when, and how it ends."""
