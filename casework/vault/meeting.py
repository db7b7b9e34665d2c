"""The meeting code: what two people read to each other before one admits the other (construction §3)."""

from hashlib import sha256
from uuid import UUID

from casework.errors import Refused
from casework.vault.chain.state import ChainState
from casework.vault.encoding import bound

DIGITS = 30
GROUP = 5


def meeting_code(state: ChainState, user_id: UUID, x: bytes, ed: bytes, seq: int | None = None) -> str:
    """Thirty digits that are equal on both sides only when both see one desk and one pair of keys.

    Args:
        state: the desk as its chain tells it.
        user_id: who wants to join.
        x, ed: the public keys that they bring.
        seq: the entry of the chain that the joiner saw; the newest, if left out.

    Returns:
        Six groups of five digits.

    Raises:
        Refused: there is no such entry.

    Source:
        construction §3: SHA256(LP("casework/1", "meet", genesis, head, user, x, ed)) mod 10^30.
    """
    at = state.seq if seq is None else seq
    if not 0 <= at <= state.seq:
        raise Refused
    digest = sha256(bound("meet", state.heads[0], state.heads[at], user_id, x, ed)).digest()
    return _grouped(digest)


def joint_code(codes: list[str]) -> str:
    """One code for several: equal on both sides only when each of them is.

    Args:
        codes: as `meeting_code` gives them, in one order on both sides; a desk's, then its network's.

    Returns:
        Six groups of five digits; a single code as it is.
    """
    if len(codes) == 1:
        return codes[0]
    digest = sha256(bound("meet", "joint", *codes)).digest()
    return _grouped(digest)


def _grouped(digest: bytes) -> str:
    digits = f"{int.from_bytes(digest, 'big') % 10**DIGITS:0{DIGITS}d}"
    return " ".join(digits[start : start + GROUP] for start in range(0, DIGITS, GROUP))
