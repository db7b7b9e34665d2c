"""Recovery cards: any two of three give a secret back; one alone says nothing about it (construction §9).

s = x ⊕ y ⊕ z with x and y random; the cards carry (x, y), (y, z) and (x, z). The piece that two cards share
must agree. On paper: the set's id, the card's number, both pieces and a checksum, in base32.
"""

import base64
import binascii
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from casework.errors import Refused
from casework.vault.encoding import kdf
from casework.vault.person_keys import PersonKeys
from casework.vault.secret import Secret

PIECE = 32
CHECKSUM = 4
GROUP = 5
#: Which two of the pieces x, y, z each card carries.
PIECES = {1: ("x", "y"), 2: ("y", "z"), 3: ("x", "z")}
_SIZE = 16 + 1 + 2 * PIECE + CHECKSUM


@dataclass(frozen=True)
class Card:
    """One of three cards.

    Attributes:
        set_id: of the set, and of the chain member that the set is.
        number: 1, 2 or 3.
        first, second: the two pieces that it carries.
    """

    set_id: UUID
    number: int
    first: Secret = field(repr=False)
    second: Secret = field(repr=False)

    def text(self) -> str:
        """What is printed, and drawn as a QR code: groups of five signs, A-Z and 2-7."""
        raw = self.set_id.bytes + bytes([self.number]) + self.first.expose() + self.second.expose()
        signs = base64.b32encode(raw + sha256(raw).digest()[:CHECKSUM]).decode().rstrip("=")
        return " ".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def split(secret: Secret, set_id: UUID) -> tuple[Card, Card, Card]:
    """Three cards for a secret of 32 bytes."""
    x, y = Secret.random(PIECE), Secret.random(PIECE)
    pieces = {"x": x, "y": y, "z": secret ^ x ^ y}
    one, two, three = (Card(set_id, n, pieces[a], pieces[b]) for n, (a, b) in PIECES.items())
    return one, two, three


def read(text: str) -> Card:
    """A card as typed or scanned.

    Raises:
        Refused: a sign is wrong or missing.
    """
    signs = "".join(text.upper().replace("-", " ").split())
    try:
        raw = base64.b32decode(signs + "=" * (-len(signs) % 8))
    except (binascii.Error, ValueError):
        raise Refused from None
    body, check = raw[:-CHECKSUM], raw[-CHECKSUM:]
    if len(raw) != _SIZE or sha256(body).digest()[:CHECKSUM] != check or body[16] not in PIECES:
        raise Refused
    return Card(UUID(bytes=body[:16]), body[16], Secret(body[17 : 17 + PIECE]), Secret(body[17 + PIECE :]))


def join(one: Card, other: Card) -> Secret:
    """The secret of two different cards of one set.

    Raises:
        Refused: one card twice, two sets, or cards that disagree about the piece they share.
    """
    if one.set_id != other.set_id or one.number == other.number:
        raise Refused
    mine = dict(zip(PIECES[one.number], (one.first, one.second), strict=True))
    theirs = dict(zip(PIECES[other.number], (other.first, other.second), strict=True))
    if any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys()):
        raise Refused
    pieces = mine | theirs
    return pieces["x"] ^ pieces["y"] ^ pieces["z"]


def recovery_keys(seed: Secret, set_id: UUID) -> PersonKeys:
    """The chain member that a set of cards is: two coordinators' signature on paper.

    Args:
        seed: what two cards gave, or fresh bytes for a new set.
        set_id: printed on the cards; the member's id in the chain.
    """
    return PersonKeys(set_id, seed, kdf(seed, "recovery x25519"), kdf(seed, "recovery ed25519"))
