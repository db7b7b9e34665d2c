"""One entry of a chain: what it says, who signed it, and the hash that the next one names."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from casework.vault import signature
from casework.vault.chain.state import ChainState
from casework.vault.encoding import Part, bound, lp, split_lp
from casework.vault.person_keys import PersonKeys

#: The first part of every body: the purpose of the signature.
PURPOSE = "chain"


@dataclass(frozen=True)
class Entry:
    """A signed entry as it is stored.

    Attributes:
        desk_id, seq: where it stands.
        kind: what it does.
        fields: what it says; the meaning of each follows from the kind.
        signer_id: the member who signed.
        signature: Ed25519 over the body, 64 bytes.
    """

    desk_id: UUID
    seq: int
    kind: str
    fields: tuple[bytes, ...]
    signer_id: UUID
    signature: bytes

    def parts(self, prev: bytes) -> tuple[Part, ...]:
        """What is signed after the purpose: LP("casework/1", "chain", desk, seq, prev, kind, fields…)."""
        return (self.desk_id, self.seq, prev, self.kind, *self.fields)

    def head(self, prev: bytes) -> bytes:
        """SHA-256 of body and signature."""
        return sha256(bound(PURPOSE, *self.parts(prev)) + self.signature).digest()


def next_entry(state: ChainState, person: PersonKeys, kind: str, *fields: Part) -> Entry:
    """Sign the entry that follows a state. Whether the signer may do so is judged by `extend`."""
    raw = split_lp(lp(*fields))
    unsigned = Entry(state.desk_id, state.seq + 1, kind, raw, person.user_id, b"")
    made = signature.sign(person.ed_private, PURPOSE, *unsigned.parts(state.head))
    return Entry(state.desk_id, state.seq + 1, kind, raw, person.user_id, made)


def first(desk_id: UUID, network_id: UUID, founder: PersonKeys) -> Entry:
    """The genesis of a chain, signed by the key that it brings along.

    Args:
        desk_id: the new desk.
        network_id: the network it belongs to; the network names itself.
        founder: becomes its first coordinator.
    """
    state = ChainState(desk_id)
    return next_entry(state, founder, "genesis", network_id, founder.x_public, founder.ed_public)
