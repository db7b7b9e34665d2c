"""Files under a passphrase in the age format, version 1: what leaves the house for good opens with other software too.

    age-encryption.org/v1
    -> scrypt SALT LOG_N
    BOX
    --- MAC
    nonce 16 ‖ chunk ‖ chunk ‖ … ‖ last chunk

A file key of 16 bytes is drawn; BOX is that key under scrypt of the passphrase. A chunk is up to 64 KiB under
ChaCha20-Poly1305 with HKDF-SHA256 of the file key and the nonce; its own nonce is its number as eleven bytes, then a
byte that says whether it is the last: what is cut off, moved or doubled does not open.

Source:
    C2SP, "The age file encryption format", age-encryption.org/v1. scrypt: RFC 7914, with r = 8 and p = 1.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from casework.errors import Refused
from casework.vault.secret import Secret
from casework.vault.slot import GATE, Gate

#: scrypt's N as a power of two: 16 takes 64 MiB, as a passphrase does at signing in.
STRONG = 16
#: The most that is done for a file that somebody brings: 256 MiB, what other software takes by itself.
MOST = 18
CHUNK = 64 * 1024
_TAG = 16
_SEALED = CHUNK + _TAG
_KEY, _SALT, _NONCE = 16, 16, 16
_FIRST = b"age-encryption.org/v1"
_LABEL = b"age-encryption.org/v1/scrypt"
#: Nobody's header of one passphrase is longer.
_HEADER = 400
_WORDS = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"--- ([A-Za-z0-9+/]{43})\n"
)


@dataclass(frozen=True)
class Drawn:
    """What is drawn for one file; never the same twice.

    Attributes:
        key: of the file.
        salt: of the passphrase.
        nonce: of the payload.
    """

    key: Secret = field(default_factory=lambda: Secret.random(_KEY))
    salt: bytes = field(default_factory=lambda: Secret.random(_SALT).expose())
    nonce: bytes = field(default_factory=lambda: Secret.random(_NONCE).expose())


def sealed(
    passphrase: str,
    parts: Iterable[bytes],
    log_n: int = STRONG,
    gate: Gate = GATE,
    drawn: Drawn | None = None,
) -> Iterator[bytes]:
    """Seal a file while it is made; at most one chunk of it is held back.

    Args:
        passphrase: as it is typed into other software: drawn words, one space between them.
        parts: the file, cut anywhere; asked for one after the other.
        log_n: what a try of the passphrase costs.
        gate: bounds how many passphrases are worked on at once.
        drawn: only handed in by tests of known answers.
    """
    drawn = drawn or Drawn()
    yield _header(passphrase, log_n, gate, drawn) + drawn.nonce
    cipher, number, rest = _payload(drawn.key, drawn.nonce), 0, bytearray()
    for part in parts:
        rest += part
        while len(rest) > CHUNK:
            yield cipher.encrypt(_place(number, last=False), bytes(rest[:CHUNK]), None)
            del rest[:CHUNK]
            number += 1
    yield cipher.encrypt(_place(number, last=True), bytes(rest), None)


def opened(passphrase: str, parts: Iterable[bytes], gate: Gate = GATE) -> Iterator[bytes]:
    """A sealed file as plain bytes, chunk after chunk; each is checked before it is given.

    Args:
        passphrase: as it was shown.
        parts: what was sealed, cut anywhere.
        gate: as above.

    Raises:
        Refused: another passphrase or no such file; or it was cut or changed, and then what was given before is right.
    """
    coming = iter(parts)
    key, rest = _key_of(passphrase, coming, gate)
    cipher, number = _payload(key, _take(rest, _NONCE, coming)), 0
    for part in coming:
        rest += part
        while len(rest) > _SEALED:
            yield _open(cipher, _place(number, last=False), bytes(rest[:_SEALED]))
            del rest[:_SEALED]
            number += 1
    while len(rest) > _SEALED:
        yield _open(cipher, _place(number, last=False), bytes(rest[:_SEALED]))
        del rest[:_SEALED]
        number += 1
    last = _open(cipher, _place(number, last=True), bytes(rest))
    if number and not last:
        # Only a file of no bytes ends with a chunk of none.
        raise Refused
    yield last


def _header(passphrase: str, log_n: int, gate: Gate, drawn: Drawn) -> bytes:
    key = _scrypt(passphrase, drawn.salt, log_n, gate)
    box = ChaCha20Poly1305(key.expose()).encrypt(bytes(12), drawn.key.expose(), None)
    lines = (_FIRST, b"-> scrypt %s %d" % (_coded(drawn.salt), log_n), _coded(box), b"---")
    said = b"\n".join(lines)
    return said + b" " + _coded(_mac(drawn.key, said)) + b"\n"


def _key_of(passphrase: str, coming: Iterator[bytes], gate: Gate) -> tuple[Secret, bytearray]:
    """The file key, and what came after the header."""
    rest = bytearray()
    while (found := _WORDS.match(rest)) is None:
        if len(rest) > _HEADER:
            raise Refused
        rest += _more(coming)
    salt, box, mac = (_decoded(found[number]) for number in (1, 3, 4))
    log_n, said = int(found[2]), bytes(rest[: found.start(4) - 1])
    if log_n > MOST:
        raise Refused
    wrapped = ChaCha20Poly1305(_scrypt(passphrase, salt, log_n, gate).expose())
    key = Secret(_open(wrapped, bytes(12), box))
    if Secret(_mac(key, said)) != Secret(mac):
        raise Refused
    return key, rest[found.end() :]


def _scrypt(passphrase: str, salt: bytes, log_n: int, gate: Gate) -> Secret:
    with gate.place:
        return Secret(Scrypt(_LABEL + salt, 32, 2**log_n, 8, 1).derive(passphrase.encode()))


def _payload(key: Secret, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, nonce, b"payload").derive(key.expose()))


def _mac(key: Secret, said: bytes) -> bytes:
    mac = HMAC(HKDF(SHA256(), 32, None, b"header").derive(key.expose()), SHA256())
    mac.update(said)
    return mac.finalize()


def _place(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _open(cipher: ChaCha20Poly1305, nonce: bytes, data: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, data, None)
    except InvalidTag:
        raise Refused from None


def _take(rest: bytearray, size: int, coming: Iterator[bytes]) -> bytes:
    while len(rest) < size:
        rest += _more(coming)
    found = bytes(rest[:size])
    del rest[:size]
    return found


def _more(coming: Iterator[bytes]) -> bytes:
    part = next(coming, None)
    if part is None:
        raise Refused
    return part


def _coded(raw: bytes) -> bytes:
    return b64encode(raw).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    """What was coded, if this is the one way to write it."""
    raw = b64decode(text + b"=" * (-len(text) % 4))
    if _coded(raw) != text:
        raise Refused
    return raw
