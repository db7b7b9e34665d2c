"""Making much fit into one size: what is kept of a case's dates is pressed together and filled up.

Many dates say nearly the same, so eight of them take hardly more than two. What is filled up to a common size
does not tell how many there are.
"""

import json
import zlib
from base64 import b85decode, b85encode
from typing import Any

from casework.errors import Refused
from casework.vault.plain import Value

_LEVEL = 6


def packed(value: Any, least: int) -> str:
    """A value as text that says nothing of its length up to a size.

    Args:
        value: JSON-able.
        least: characters to fill up to.
    """
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return b85encode(zlib.compress(plain, _LEVEL)).decode("ascii").ljust(least)


def unpacked(text: Value) -> Any:
    """What `packed` wrote.

    Raises:
        Refused: it is nothing that it wrote.
    """
    if not isinstance(text, str):
        raise Refused
    try:
        return json.loads(zlib.decompress(b85decode(text.rstrip(" "))))
    except (ValueError, zlib.error):
        raise Refused from None
