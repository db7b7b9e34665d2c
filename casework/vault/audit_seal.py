"""Details of audit events under a key of the case or the desk, or boxed to the desk (construction §10).

A box has no version in its head, so one for the desk is led by its epoch: u32 epoch ‖ box. That picks the
key, and a first byte of 0 tells it from fmt 10.
"""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import Refused
from casework.vault import blob, box, plain
from casework.vault.blob import Fmt
from casework.vault.chain.state import ChainState
from casework.vault.encoding import u32
from casework.vault.plain import Value
from casework.vault.secret import Secret

_EPOCH = 4
#: Epochs stay below this, so that the first byte of a boxed event is always 0.
_EPOCHS = 1 << 24


def seal(key: Secret, version: int, scope_id: UUID, event_id: UUID, value: Value) -> bytes:
    """Seal an event's details under an audit key of a generation or an epoch (fmt 10)."""
    return blob.seal(key, Fmt.AUDIT, version, plain.encode(value), "audit", scope_id, event_id)


def open_sealed(key: Secret, scope_id: UUID, event_id: UUID, sealed: bytes | None) -> Value:
    """Open what `seal` made.

    Raises:
        Refused: it does not open.
    """
    return plain.decode(blob.open_sealed(key, Fmt.AUDIT, sealed, "audit", scope_id, event_id))


def pack(state: ChainState, scope_id: UUID, event_id: UUID, value: Value) -> bytes:
    """Box an event's details to the desk, where nobody's keys are open: a failed sign-in, a job.

    Args:
        state: the desk's verified chain, whose newest public key is used.
        scope_id: the desk, or the case that the event is about.
        event_id: the event's row.
        value: its details.

    Raises:
        Refused: the desk has no epoch yet.
    """
    if not 0 < state.epoch < _EPOCHS:
        raise Refused
    place = (state.desk_id, state.epoch, scope_id, event_id)
    return u32(state.epoch) + box.pack(
        state.publics[state.epoch], Secret(plain.encode(value)), "audit", *place
    )


def is_packed(sealed: bytes | None) -> bool:
    """Whether `pack` made this, rather than `seal`."""
    return bool(sealed) and sealed[0] == 0  # type: ignore[index]  # bool(None) has already answered


def packed_epoch(sealed: bytes | None) -> int:
    """The epoch that a boxed event is for."""
    return int.from_bytes((sealed or b"")[:_EPOCH], "big")


def unpack(
    private: X25519PrivateKey, desk_id: UUID, scope_id: UUID, event_id: UUID, sealed: bytes | None
) -> Value:
    """Open what `pack` made.

    Raises:
        Refused: it does not open.
    """
    if sealed is None:
        raise Refused
    place = (desk_id, packed_epoch(sealed), scope_id, event_id)
    return plain.decode(box.unpack(private, sealed[_EPOCH:], "audit", *place))
