"""The card of a desk: what another desk has to know to seal something to it, and a code to compare by voice.

    LP("casework/1", "desk card", 1, desk, epoch, x25519, ed25519, seq, head, name), as base32 after a word

Nothing on it is secret, and nothing on it is to be believed before the code was compared: then the desk that
compared it signs its hash into its own chain.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from casework.access import desks
from casework.access.actor import Actor
from casework.errors import Invalid
from casework.vault import packet, spoken
from casework.vault.chain.state import ChainState
from casework.vault.encoding import DOMAIN, lp, split_lp

VERSION = 1
_WORD, _LABEL = "CASEWORK-DESK:", "desk card"
#: Longer than any card: a name of eighty letters takes 320 bytes at most.
MOST_LETTERS = 1200
_KEY, _NUMBER, _ID, _PARTS = 32, 4, 16, 10


@dataclass(frozen=True)
class Card:
    """What a desk says of itself.

    Attributes:
        desk_id: which desk.
        name: as its members call it.
        epoch: that its keys are of; a desk that somebody left has new ones, and a new card.
        x: its X25519 public key.
        ed: its Ed25519 public key, for what goes to another installation.
        seq, head: the entry of its chain that drew these keys, so that who has the chain can follow it from there.
    """

    desk_id: UUID
    name: str
    epoch: int
    x: bytes
    ed: bytes
    seq: int
    head: bytes

    def packed(self) -> bytes:
        """As bytes: what the code and the chain's entry are about."""
        keys = (self.desk_id, self.epoch, self.x, self.ed, self.seq, self.head)
        return lp(DOMAIN, _LABEL, VERSION, *keys, self.name)

    @property
    def text(self) -> str:
        """As it is printed, shown as a QR code, and sent as a file."""
        return _WORD + base64.b32encode(self.packed()).decode("ascii").rstrip("=")

    @property
    def digest(self) -> bytes:
        """What the chain of a desk says that has compared it: SHA-256 of the card."""
        return sha256(self.packed()).digest()

    @property
    def code(self) -> str:
        """Thirty digits to be read to each other: six groups of five."""
        return spoken.code(self.digest)

    def follows(self, state: ChainState) -> bool:
        """Whether a chain is the one of this card, grown since or not."""
        return state.desk_id == self.desk_id and state.extends(self.seq, self.head)


def own(actor: Actor) -> Card:
    """The card of the desk that somebody works at; it stays as it is until the desk's keys change, or its name."""
    desk = actor.desk
    state, seq = desk.state, desk.state.drawn[desk.epoch]
    name = str(desks.body(desk)[0].get("name", ""))
    public = state.publics[state.epoch]
    return Card(desk.desk_id, name, state.epoch, public, packet.signer(desk), seq, state.heads[seq])


def read(text: str) -> Card:
    """A card as somebody typed, scanned or sent it; spaces and line ends do not matter.

    Raises:
        Invalid: it is none, or of a version that is not known here.
    """
    letters = "".join(text.split()).upper()
    if len(letters) > MOST_LETTERS or not letters.startswith(_WORD):
        raise _none()
    body = letters.removeprefix(_WORD)
    try:
        parts = split_lp(base64.b32decode(body + "=" * (-len(body) % 8)))
    except (ValueError, binascii.Error):
        raise _none() from None
    return _card(parts)


def _card(parts: tuple[bytes, ...]) -> Card:
    if len(parts) < _PARTS - 7 or parts[:2] != (DOMAIN.encode(), _LABEL.encode()):
        raise _none()
    if parts[2] != VERSION.to_bytes(_NUMBER, "big"):
        raise Invalid(
            "This card is of a version that is not known here. One of the two has to be updated.", "card"
        )
    lengths = tuple(map(len, parts[3:-1]))
    if len(parts) != _PARTS or lengths != (_ID, _NUMBER, _KEY, _KEY, _NUMBER, _KEY):
        raise _none()
    desk, epoch, x, ed, seq, head = parts[3:-1]
    try:
        name = parts[-1].decode()
    except UnicodeDecodeError:
        raise _none() from None
    if not name.strip() or len(name) > desks.LONGEST_NAME or not name.isprintable():
        raise _none()
    number = int.from_bytes
    return Card(UUID(bytes=desk), name, number(epoch, "big"), x, ed, number(seq, "big"), head)


def _none() -> Invalid:
    return Invalid("This is no card of a desk, or it was cut or mistyped.", "card")
