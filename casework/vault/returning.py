"""A desk's return for published figures: a key of its own, which two stewards together hold and no one alone.

For each pair of stewards the key is one half of each, r ⊕ t; every steward gets their halves in one box
(construction §9, where three cards do the same). Any two of them open a return, none of them alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from uuid import UUID

from casework.errors import Refused
from casework.vault import blob, signature
from casework.vault.blob import Fmt
from casework.vault.box import pack as box
from casework.vault.box import unpack_secret
from casework.vault.chain.state import ChainState
from casework.vault.encoding import Part, lp, split_lp
from casework.vault.person_keys import PersonKeys
from casework.vault.secret import Secret

_KEY, _ID, _VERSION = 32, 16, 1
_PURPOSE, _HALVES = "return", "return halves"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a return belongs.

    Attributes:
        network_id, window_id, from_id: the network, its window, and the desk that sends.
    """

    network_id: UUID
    window_id: UUID
    from_id: UUID

    def parts(self) -> tuple[Part, ...]:
        """As they are bound."""
        return (self.network_id, self.window_id, self.from_id)


def pack(stewards: Mapping[UUID, bytes], place: Place, data: bytes) -> tuple[bytes, bytes]:
    """Seal a return.

    Args:
        stewards: their public keys out of the network's chain; two at least.
        place: where it belongs.
        data: padded facts.

    Returns:
        The boxes of the stewards, and the sealed facts.

    Raises:
        Refused: fewer than two stewards.
    """
    who = sorted(stewards)
    if len(who) < 2:  # noqa: PLR2004 - nobody opens a return alone
        raise Refused
    key = Secret.random()
    halves: dict[UUID, list[tuple[UUID, Secret]]] = {one: [] for one in who}
    for a, b in combinations(who, 2):
        half = Secret.random()
        halves[a].append((b, half))
        halves[b].append((a, key ^ half))
    boxes = [box(stewards[one], _joined(halves[one]), _PURPOSE, *place.parts(), one) for one in who]
    parts = [part for one, boxed in zip(who, boxes, strict=True) for part in (one.bytes, boxed)]
    return lp(*parts), blob.seal(key, Fmt.RETURN, _VERSION, data, "return", *place.parts())


def _joined(halves: Sequence[tuple[UUID, Secret]]) -> Secret:
    whole = Secret(b"")
    for other, half in halves:
        whole = whole + Secret(other.bytes) + half
    return whole


def half(person: PersonKeys, place: Place, boxes: bytes, other: UUID) -> Secret:
    """A steward's half of the key of a return, for opening it together with another one.

    Raises:
        Refused: this person is no steward of it, or the other is not.
    """
    try:
        parts = split_lp(boxes)
    except ValueError:
        raise Refused from None
    mine = dict(zip(parts[::2], parts[1::2], strict=False)).get(person.user_id.bytes)
    held = unpack_secret(person.x_private, mine, _PURPOSE, *place.parts(), person.user_id)
    for at in range(0, len(held), _ID + _KEY):
        if held.part(at, at + _ID) == Secret(other.bytes):
            return held.part(at + _ID, at + _ID + _KEY)
    raise Refused


def open_return(one: Secret, other: Secret, place: Place, body: bytes) -> bytes:
    """The facts of a return, with the halves of two stewards.

    Raises:
        Refused: they are not its halves, or it is not what was sealed.
    """
    if len(one) != _KEY or len(other) != _KEY:
        raise Refused
    return blob.open_sealed(one ^ other, Fmt.RETURN, body, "return", *place.parts())


def hand_halves(
    person: PersonKeys, state: ChainState, window_id: UUID, to: UUID, halves: Mapping[UUID, Secret]
) -> tuple[bytes, bytes]:
    """Box one's halves of all returns of a window to another steward, and sign it.

    Args:
        person: the steward who gives.
        state: the network's chain.
        window_id: the window.
        to: the steward who will run it.
        halves: by desk that sent; none, where nobody did.

    Returns:
        The box, and the signature.
    """
    whole = _joined(sorted(halves.items()))
    place = (state.desk_id, window_id, person.user_id, to)
    boxed = box(state.member(to).x, whole, _HALVES, *place)
    return boxed, signature.sign(person.ed_private, _HALVES, *place, sha256(boxed).digest())


def handed_halves(
    person: PersonKeys, state: ChainState, window_id: UUID, giver: UUID, boxed: bytes, signed: bytes
) -> dict[UUID, Secret]:
    """What another steward handed over.

    Raises:
        Refused: it is not theirs, or not for this person and window.
    """
    place = (state.desk_id, window_id, giver, person.user_id)
    signature.verify(state.member(giver).ed, signed, _HALVES, *place, sha256(boxed).digest())
    whole = unpack_secret(person.x_private, boxed, _HALVES, *place)
    starts = range(0, len(whole), _ID + _KEY)
    return {
        UUID(bytes=whole.part(at, at + _ID).expose()): whole.part(at + _ID, at + _ID + _KEY) for at in starts
    }
