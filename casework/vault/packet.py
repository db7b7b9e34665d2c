"""Referral packets: boxed to the key of one desk, signed by whoever sends them (construction §8).

Inside an installation a member signs, whom the sending desk's chain names. Between installations no chain is
at hand, so the sending desk itself signs, with a key that follows from its secret and stands on its card.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from casework.errors import Refused
from casework.vault import box, plain, signature
from casework.vault.desk import DeskKeys
from casework.vault.encoding import Part
from casework.vault.plain import Value
from casework.vault.secret import Secret

_PURPOSE, _SIGNER = "packet", "desk ed25519"
_KEY = 32


@dataclass(frozen=True, slots=True)
class Place:
    """What a packet is bound to.

    Attributes:
        packet_id: of the packet.
        from_id, to_id: the desks.
        epoch: of the receiving desk, whose public key it is boxed to.
        ends_on: the last day on which it may be opened.
    """

    packet_id: UUID
    from_id: UUID
    to_id: UUID
    epoch: int
    ends_on: date

    def parts(self) -> tuple[Part, ...]:
        """As they are bound."""
        return (self.packet_id, self.from_id, self.to_id, self.epoch, self.ends_on.isoformat())


def seal(public: bytes, place: Place, value: Value) -> bytes:
    """Box what is referred.

    Args:
        public: the receiving desk's X25519 public key of that epoch, out of a chain or a card that was compared.
        place: what it is bound to.
        value: padded before it is boxed.

    Raises:
        Refused: the public key is none.
    """
    return box.pack(public, Secret(plain.encode(value)), _PURPOSE, *place.parts())


def opened(desk: DeskKeys, place: Place, packed: bytes | None) -> Value:
    """What was referred.

    Raises:
        Refused: it is not for this desk and this place, or does not open.
    """
    if place.to_id != desk.desk_id:
        raise Refused
    private = box.private_key(desk.key("desk x25519", place.epoch))
    return plain.decode(box.unpack(private, packed, _PURPOSE, *place.parts()))


def signer(desk: DeskKeys) -> bytes:
    """The Ed25519 public key that a desk signs with at its present epoch; its card shows it."""
    return signature.private_key(desk.key(_SIGNER)).public_key().public_bytes_raw()


def sign(desk: DeskKeys, place: Place, packed: bytes, *, as_desk: bool = False) -> bytes:
    """Sign a packet, as the member who sends it or as the desk.

    Args:
        desk: opened by who sends it.
        place, packed: the packet.
        as_desk: for another installation, which cannot read this desk's chain.
    """
    private = signature.private_key(desk.key(_SIGNER)) if as_desk else desk.person.ed_private
    return signature.sign(private, _PURPOSE, *_signed(place, packed))


def check(publics: Iterable[bytes], signed: bytes, place: Place, packed: bytes) -> None:
    """Go on only if one of these keys signed the packet.

    Raises:
        Refused: none did.
    """
    for public in publics:
        try:
            return signature.verify(public, signed, _PURPOSE, *_signed(place, packed))
        except Refused:
            continue
    raise Refused


def _signed(place: Place, packed: bytes) -> tuple[Part, ...]:
    return (*place.parts(), sha256(packed).digest())


def file_key(carried: str) -> Secret:
    """The key of a file, as a packet carries it in hexadecimal.

    Raises:
        Refused: it is none.
    """
    try:
        key = bytes.fromhex(carried)
    except ValueError:
        raise Refused from None
    if len(key) != _KEY:
        raise Refused
    return Secret(key)
