"""Verifying: each entry in its order, by a signer who may, with a signature that holds."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from casework.errors import Refused
from casework.vault import signature
from casework.vault.chain.entry import PURPOSE, Entry
from casework.vault.chain.rules import RULES
from casework.vault.chain.state import ChainState, Role


def extend(state: ChainState, entries: Iterable[Entry]) -> ChainState:
    """The state after more entries, each of them verified.

    Args:
        state: verified before, or empty.
        entries: those that follow, in order.

    Raises:
        Refused: one is out of order, of an unknown kind, misshapen, or not signed by one who may.
    """
    for entry in entries:
        state = _follow(state, entry)
    return state


def _follow(state: ChainState, entry: Entry) -> ChainState:
    prev = state.head
    if entry.desk_id != state.desk_id or entry.seq != state.seq + 1 or entry.kind not in RULES:
        raise Refused
    if state.locked and entry.kind != "unlock":
        raise Refused
    may, effect = RULES[entry.kind]
    role, key = _signer(state, entry)
    if role not in may:
        raise Refused
    signature.verify(key, entry.signature, PURPOSE, *entry.parts(prev))
    try:
        after = effect(state, entry)
    except ValueError:
        # Too many or too few fields.
        raise Refused from None
    return replace(after, heads=(*state.heads, entry.head(prev)))


def _signer(state: ChainState, entry: Entry) -> tuple[Role, bytes]:
    """Role and public key of the signer; a genesis vouches for itself and nothing else does."""
    if (entry.kind == "genesis") != (entry.seq == 0):
        raise Refused
    if entry.kind == "genesis":
        return Role.COORDINATOR, _founding_key(entry.fields)
    return _known(state, entry.signer_id)


def _founding_key(fields: tuple[bytes, ...]) -> bytes:
    return fields[-1] if fields else b""


def _known(state: ChainState, signer_id: UUID) -> tuple[Role, bytes]:
    member = state.member(signer_id)
    return member.role, member.ed
