"""Files: sealed in chunks under a key of their own, as they come in (construction §10).

    fmt u8 ‖ ver u32 ‖ salt 16 ‖ chunk ‖ chunk ‖ … ‖ last chunk

A chunk is up to 64 KiB of plain bytes under AES-256-GCM with KDF(file key, "file", salt). Its nonce is its
number as u88, then a byte that says whether it is the last: a chunk taken out, moved, doubled or cut off at
the end does not open. The key seals one file once; a retry takes a new one.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import Refused
from casework.vault.blob import HEAD, TAG, Fmt, head
from casework.vault.case import CaseKeys
from casework.vault.catalogue import SealedField
from casework.vault.encoding import bound, kdf, lp
from casework.vault.secret import Secret
from casework.vault.sections import Section

CHUNK = 64 * 1024
SALT = 16
LEAD = HEAD + SALT
SEALED_CHUNK = CHUNK + TAG
_VERSION = 1
_KEY = 32


def padded(size: int) -> int:
    """How long a file of `size` bytes is under its seal.

    One chunk at least; above that the Padmé rule, which rounds up by at most 12 % and less the larger a
    file is, so that a known document is not recognised by its length.

    Source:
        Nikitin, Barman, Lueks, Underwood, Hubaux, Ford: Reducing Metadata Leakage from Encrypted Files
        and Communication with PURBs (2019), section 3.3.
    """
    if size <= CHUNK:
        return CHUNK
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


class _Chunks:
    """The cipher of one file, and the nonces of its chunks."""

    def __init__(self, key: Secret, file_id: UUID, salt: bytes) -> None:
        lead = head(Fmt.FILE, _VERSION)
        self.lead = lead + salt
        self._aead = AESGCM(kdf(key, "file", salt).expose())
        self._place = bound(lead, lp("file", file_id))

    def seal(self, number: int, data: bytes | memoryview, *, last: bool) -> bytes:
        return self._aead.encrypt(_nonce(number, last=last), data, self._place)

    def open(self, number: int, sealed: bytes | memoryview, *, last: bool) -> bytes:
        try:
            return self._aead.decrypt(_nonce(number, last=last), sealed, self._place)
        except (InvalidTag, ValueError):
            raise Refused from None


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


class FileSealer:
    """Seals one file while it comes in; nothing of it is held back but the end of the last chunk.

    Args:
        file_id: what the file will be called in the store; it opens under no other name.
    """

    def __init__(self, file_id: UUID, key: Secret | None = None, salt: bytes | None = None) -> None:
        """A key and a salt are only handed in by tests of known answers."""
        self.file_id = file_id
        self.key = key or Secret.random()
        self._chunks = _Chunks(self.key, file_id, salt or Secret.random(SALT).expose())
        self._rest = bytearray()
        self._number = 0
        self.size = 0

    @property
    def lead(self) -> bytes:
        """What comes before the chunks."""
        return self._chunks.lead

    def add(self, data: bytes | memoryview) -> list[bytes]:
        """Seal what came; gives the chunks that are full now."""
        self.size += len(data)
        return self._take(data)

    def end(self) -> list[bytes]:
        """The last chunks, filled up with zeros. After this nothing can be added."""
        left = padded(self.size) - self.size
        sealed: list[bytes] = []
        while left:
            zeros = min(left, CHUNK)
            sealed += self._take(bytes(zeros))
            left -= zeros
        sealed.append(self._chunks.seal(self._number, bytes(self._rest), last=True))
        self._rest.clear()
        return sealed

    def _take(self, data: bytes | memoryview) -> list[bytes]:
        """A full chunk is only sealed when something follows it: the last one is sealed as the last."""
        self._rest += data
        sealed: list[bytes] = []
        with memoryview(self._rest) as rest:
            at = 0
            while len(rest) - at > CHUNK:
                sealed.append(self._chunks.seal(self._number, rest[at : at + CHUNK], last=False))
                self._number += 1
                at += CHUNK
        del self._rest[:at]
        return sealed


class FileOpener:
    """Opens the chunks of one file, in any order.

    Args:
        key: of the file.
        file_id: as it was sealed.
        size: in bytes, as the sealed row of the file tells it.
        lead: the first bytes of what lies in the store.

    Raises:
        Refused: these are no first bytes of a file.
    """

    def __init__(self, key: Secret, file_id: UUID, size: int, lead: bytes) -> None:
        if len(lead) != LEAD or lead[:HEAD] != head(Fmt.FILE, _VERSION):
            raise Refused
        self.size = size
        self.count = -(-padded(size) // CHUNK)
        self._chunks = _Chunks(key, file_id, lead[HEAD:])

    def chunk(self, number: int, sealed: bytes | memoryview) -> bytes:
        """The plain bytes of a chunk, without what fills up the end.

        Raises:
            Refused: it is not this chunk of this file.
        """
        plain = self._chunks.open(number, sealed, last=number == self.count - 1)
        return plain[: max(self.size - number * CHUNK, 0)]


def opened(key: Secret, file_id: UUID, size: int, parts: Iterable[bytes]) -> Iterator[bytes]:
    """A file as plain bytes, chunk after chunk; each is checked before it is given.

    Args:
        key, file_id, size: as `FileOpener` takes them.
        parts: what lies in the store, cut anywhere.

    Raises:
        Refused: it is not that file, or it was cut, filled up or changed. What was given before is right.
    """
    pieces = _cut(parts)
    opener = FileOpener(key, file_id, size, next(pieces, b""))
    number = 0
    for number, sealed in enumerate(pieces, 1):
        yield opener.chunk(number - 1, sealed)
    if number != opener.count:
        raise Refused


def _cut(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The lead, then whole chunks, then the rest."""
    rest, wanted = bytearray(), LEAD
    for part in parts:
        rest += part
        while len(rest) >= wanted:
            yield bytes(rest[:wanted])
            del rest[:wanted]
            wanted = SEALED_CHUNK
    if rest:
        yield bytes(rest)


def seal_keys(
    case: CaseKeys, field: SealedField, row_id: UUID, section: Section, keys: list[Secret]
) -> bytes:
    """Seal the keys of the files of one row, so that a section's reseal rewraps them and leaves files alone."""
    return case.seal(field, row_id, section, {"keys": [key.expose().hex() for key in keys]})


def open_keys(
    case: CaseKeys, field: SealedField, row_id: UUID, section: Section, sealed: bytes
) -> list[Secret]:
    """The keys of the files of one row.

    Raises:
        Refused: they do not open, or are none.
    """
    value = case.open(field, row_id, section, sealed)
    if not isinstance(value, dict) or not isinstance(value.get("keys"), list):
        raise Refused
    keys = [Secret(bytes.fromhex(one)) for one in value["keys"]]
    if any(len(key) != _KEY for key in keys):
        raise Refused
    return keys
