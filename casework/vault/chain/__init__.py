"""The chain of a desk: signed entries that say who is in, with which keys, at which epoch (construction §3).

It is why a writer of the database cannot slip in a key, an epoch or a member: public keys come from here
alone, and everyone pins its head.
"""

from casework.vault.chain.entry import Entry, first, next_entry
from casework.vault.chain.extend import extend
from casework.vault.chain.state import HOLDERS, ChainState, Member, Role

__all__ = ["HOLDERS", "ChainState", "Entry", "Member", "Role", "extend", "first", "next_entry"]
