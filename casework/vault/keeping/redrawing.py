"""New keys for many cases of the whole desk: byte for byte what `wraps` makes of one (construction §5).

After somebody left, thousands are drawn in one request. What is the same for all of them, the ciphers of the
desk's keys and the bytes around a case's id, is laid out once. No database here.
"""

from os import urandom
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import Refused
from casework.vault import blob
from casework.vault.blob import HEAD, NONCE, TAG, Fmt
from casework.vault.desk import DeskKeys
from casework.vault.encoding import bound, derived, u32
from casework.vault.secret import Secret

_BODY, _KEY = HEAD + NONCE, 32
_WRAP = _BODY + 2 * _KEY + TAG
#: An id and a number as `lp` packs them, without what they say.
_ID, _NUMBER = u32(16), u32(4)
_PLACE = len(_ID) + 16 + len(_NUMBER) + 4
_LINK_LABEL = "case link"
_LINK_INFO = bound(_LINK_LABEL)


class Drawn(NamedTuple):
    """A new key of a case, as it is stored.

    Attributes:
        case_id, generation: whose, and which.
        wrap: K_g ‖ T for the desk at its epoch (fmt 3).
        link: the key before, under this one (fmt 4).
    """

    case_id: UUID
    generation: int
    wrap: bytes
    link: bytes


class Redrawing:
    """Draws keys for cases of one desk, which is open at its newest epoch.

    Args:
        desk: opened.
    """

    def __init__(self, desk: DeskKeys) -> None:
        self._desk = desk
        self._newest = _Wraps(desk, desk.epoch)
        self._older: dict[int, _Wraps] = {}
        self._links: dict[int, bytes] = {}

    def draw(self, case_id: UUID, epoch: int, generation: int, sealed: bytes) -> Drawn:
        """The next key of a case, drawn at random, and the old one linked under it.

        Args:
            case_id: which case.
            epoch, generation: as its row says; who calls holds them against the chain.
            sealed: its wrap.

        Raises:
            Refused: the wrap does not open, or is of another epoch.
        """
        raw, g, key = case_id.int.to_bytes(16), generation + 1, Secret.random()
        older = self._of(epoch).open(raw, generation, sealed)
        wrap = self._newest.seal(raw, g, key + older.part(_KEY, 2 * _KEY))
        return Drawn(case_id, g, wrap, self._link(raw, g, key, older.part(0, _KEY)))

    def _of(self, epoch: int) -> "_Wraps":
        if epoch not in self._older:
            self._older[epoch] = _Wraps(self._desk, epoch)
        return self._older[epoch]

    def _link(self, raw: bytes, g: int, key: Secret, older: Secret) -> bytes:
        lead, nonce, place = blob.head(Fmt.CASE_LINK, g), urandom(NONCE), _ID + raw
        if g not in self._links:
            self._links[g] = blob.before(lead, len(place), _LINK_LABEL)
        outer = AESGCM(derived(key, _LINK_INFO + place).expose())
        return lead + nonce + outer.encrypt(nonce, older.expose(), self._links[g] + place)


class _Wraps:
    """The wraps of one epoch: sealed and opened by one cipher, and bound to the desk in the same way."""

    __slots__ = ("_before", "_cipher", "_lead")

    def __init__(self, desk: DeskKeys, epoch: int) -> None:
        self._cipher = AESGCM(desk.key("case wrap", epoch).expose())
        self._lead = blob.head(Fmt.CASE_WRAP, epoch)
        self._before = blob.before(self._lead, _PLACE, "case wrap", desk.desk_id) + _ID

    def seal(self, raw: bytes, generation: int, both: Secret) -> bytes:
        nonce = urandom(NONCE)
        return self._lead + nonce + self._cipher.encrypt(nonce, both.expose(), self._bound(raw, generation))

    def open(self, raw: bytes, generation: int, sealed: bytes) -> Secret:
        if len(sealed) != _WRAP or sealed[:HEAD] != self._lead:
            raise Refused
        try:
            return Secret(
                self._cipher.decrypt(sealed[HEAD:_BODY], sealed[_BODY:], self._bound(raw, generation))
            )
        except InvalidTag:
            raise Refused from None

    def _bound(self, raw: bytes, generation: int) -> bytes:
        return self._before + raw + _NUMBER + u32(generation)
