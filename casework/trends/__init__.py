"""Anonymised trends: returns of desks, releases of the network, the ledger of what they cost."""
