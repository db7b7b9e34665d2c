"""E-mail addresses as cards carry them: a mark by which the same address is found, never the address."""

import re
from base64 import b32encode
from hashlib import sha256

#: As long as the end of a document's number, among which the marks lie on a card.
_LENGTH = 6
_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]+")


def addresses(text: str) -> list[str]:
    """The e-mail addresses in a text, in the order in which they stand there."""
    return [found.strip(".") for found in _ADDRESS.findall(text)]


def without(text: str) -> str:
    """A text without the e-mail addresses in it."""
    return _ADDRESS.sub(" ", text)


def mark(address: str) -> str:
    """Six letters and digits for an address; small and capital letters do not matter.

    Two addresses share a mark once in a thousand million pairs; a person then looks at both cases.
    """
    digest = sha256(b"address\0" + address.casefold().encode()).digest()
    return b32encode(digest).decode("ascii")[:_LENGTH]
