"""One field under one key: the path that every value takes, laid out so that it costs little.

A field is bound to its catalogue number, the case (or desk, network, user) that owns it, its row and
its section tag (construction §0, fmt 1). Only the row changes from call to call, so everything around
it is laid out once.
"""

from collections.abc import Iterable
from os import urandom
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import Refused
from casework.vault.blob import HEAD, NONCE, Fmt, before, head, version_of
from casework.vault.encoding import lp, u32
from casework.vault.plain import Value, decode, encode
from casework.vault.secret import Secret

_BODY = HEAD + NONCE
_ROW = u32(16)


class FieldKey:
    """A section key at one version, ready for one catalogue number.

    Args:
        key: the section key.
        version: its generation or epoch.
        number: the field's number in the catalogue.
        scope_id: the case, desk, network or user that owns the row.
        tag: eight bytes for the section.
    """

    __slots__ = ("_after", "_before", "_decrypt", "_encrypt", "_head")

    def __init__(self, key: Secret, version: int, number: int, scope_id: UUID, tag: bytes) -> None:
        aead = AESGCM(key.expose())
        self._encrypt, self._decrypt = aead.encrypt, aead.decrypt
        self._head = head(Fmt.FIELD, version)
        self._after = lp(tag)
        # LP("casework/1", head, LP("field", number, scope, row, tag)), up to the row.
        around = len(_ROW) + 16 + len(self._after)
        self._before = before(self._head, around, "field", number, scope_id) + _ROW

    def seal(self, row_id: UUID, value: Value) -> bytes:
        """Seal a value to its row."""
        nonce = urandom(NONCE)
        sealed = self._encrypt(nonce, encode(value), self._before + row_id.int.to_bytes(16) + self._after)
        return self._head + nonce + sealed

    def open(self, row_id: UUID, sealed: bytes) -> Value:
        """Open a value from its row.

        Args:
            row_id: the row.
            sealed: what lies there. Its whole head, format and version, has picked this key.

        Raises:
            Refused: it does not open here.
        """
        try:
            plain = self._decrypt(
                sealed[HEAD:_BODY], sealed[_BODY:], self._before + row_id.int.to_bytes(16) + self._after
            )
        except (InvalidTag, ValueError):
            raise Refused from None
        return decode(plain)

    def plains(self, row_ids: Iterable[bytes], sealed: Iterable[bytes]) -> list[bytes | None]:
        """What lies under many seals, before it is decoded; None where one does not open here.

        Args:
            row_ids: of the rows, 16 bytes each.
            sealed: what lies there, each with the head that picked this key.
        """
        decrypt, before, after = self._decrypt, self._before, self._after
        found: list[bytes | None] = []
        for row_id, one in zip(row_ids, sealed, strict=True):
            try:
                found.append(decrypt(one[HEAD:_BODY], one[_BODY:], before + row_id + after))
            except (InvalidTag, ValueError):
                found.append(None)
        return found


def picked(sealed: bytes | None) -> tuple[int, bytes]:
    """The version that a sealed field asks for, and the field: how a key is picked.

    Raises:
        Refused: nothing there, too short, or no field.
    """
    version = version_of(sealed, Fmt.FIELD)
    return version, sealed or b""
