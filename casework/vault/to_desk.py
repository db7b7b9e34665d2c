"""A field boxed to a desk by somebody who holds no key of it: an ally says something that the desk reads.

A box has no version in its head, so it is led by the epoch whose public key it is for: u32 epoch ‖ box.
"""

from uuid import UUID

from casework.errors import Refused
from casework.vault import box, plain, signature
from casework.vault.catalogue import SealedField
from casework.vault.chain.state import ChainState
from casework.vault.desk import DeskKeys
from casework.vault.encoding import Part, u32
from casework.vault.person_keys import PersonKeys
from casework.vault.plain import Value
from casework.vault.secret import Secret

_EPOCH = 4
_PURPOSE = "to desk"


def pack(state: ChainState, field: SealedField, row_id: UUID, value: Value) -> bytes:
    """Box a value to a desk.

    Args:
        state: the desk's verified chain, whose newest public key is used.
        field: the column it is for.
        row_id: the row it is for.
        value: padded before it is boxed.

    Raises:
        Refused: the desk has no epoch yet.
    """
    if state.epoch < 1:
        raise Refused
    place = (state.desk_id, state.epoch, field.number, row_id)
    return u32(state.epoch) + box.pack(
        state.publics[state.epoch], Secret(plain.encode(value)), _PURPOSE, *place
    )


def unpack(desk: DeskKeys, field: SealedField, row_id: UUID, packed: bytes | None) -> Value:
    """Open what `pack` made for this desk.

    Raises:
        Refused: it does not open.
    """
    if packed is None or len(packed) <= _EPOCH:
        raise Refused
    epoch = int.from_bytes(packed[:_EPOCH], "big")
    private = box.private_key(desk.key("desk x25519", epoch))
    return plain.decode(
        box.unpack(private, packed[_EPOCH:], _PURPOSE, desk.desk_id, epoch, field.number, row_id)
    )


def sign(person: PersonKeys, purpose: str, *parts: Part) -> bytes:
    """Sign plain parts that others rely on without holding a key of the desk."""
    return signature.sign(person.ed_private, purpose, *parts)


def signed_by(state: ChainState, user_id: UUID, signed: bytes, purpose: str, *parts: Part) -> bool:
    """Whether a present member of a desk signed these parts; the chain says with which key."""
    member = state.members.get(user_id)
    return member is not None and signed_with(member.ed, signed, purpose, *parts)


def signed_with(public: bytes, signed: bytes, purpose: str, *parts: Part) -> bool:
    """Whether these parts were signed with the private half of an Ed25519 key."""
    try:
        signature.verify(public, signed, purpose, *parts)
    except Refused:
        return False
    return True
