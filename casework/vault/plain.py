"""What lies under a seal: a value as bytes, padded so that its length says little (construction §0).

Plain = u32 n ‖ n bytes ‖ zeros, in all 32·2^k bytes. The first of the n bytes says what follows:
0 nothing, 1 text, 2 JSON. Every field takes this path, so it is laid out for speed.
"""

import json
from struct import Struct, error
from typing import Any

from casework.errors import Refused

Value = str | dict[str, Any] | list[Any] | None

_NOTHING, TEXT, _JSON = 0, 1, 2
#: Length and kind, and after them the data: five bytes lead.
LEAD = 5
#: The size for every bit length of the last used byte's index: 32 at least, then the next power of two.
_SIZES = tuple(1 << max(bits, 5) for bits in range(32))
#: `struct` fills up with zeros, so that one call lays out a whole bucket.
_packers = tuple(Struct(f">IB{size - LEAD}s").pack for size in _SIZES)
_lead = Struct(">IB").unpack_from
_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_from_json = json.JSONDecoder().decode


def bucket(size: int) -> int:
    """The size in bytes that `size` bytes are padded to: the next of 32, 64, 128, 256 and so on."""
    return _SIZES[(size - 1).bit_length()]


def encode(value: Value) -> bytes:
    """A value as padded bytes.

    Args:
        value: None (sealed too, so that the store does not show what is filled), text, a dict or a list.

    Raises:
        TypeError: another kind of value, or one inside that JSON cannot carry.
        ValueError: text that is no Unicode (a lone surrogate), or a number that is none.
    """
    if isinstance(value, str):
        kind, data = TEXT, value.encode()
    elif value is None:
        kind, data = _NOTHING, b""
    elif isinstance(value, dict | list):
        kind, data = _JSON, _to_json(value).encode()
    else:
        raise TypeError("only None, text, a dict or a list is sealed")
    size = len(data)
    return _packers[(size + 4).bit_length()](size + 1, kind, data)


def decode(plain: bytes) -> Value:
    """The value in padded bytes.

    Raises:
        Refused: the bytes are not what `encode` makes.
    """
    try:
        size, kind = _lead(plain)
        end = 4 + size
        if len(plain) != _SIZES[(end - 1).bit_length()] or plain.count(0, end) != len(plain) - end:
            raise Refused
        return plain[LEAD:end].decode() if kind == TEXT else _other(kind, size, plain[LEAD:end])
    except (ValueError, LookupError, RecursionError, error):
        raise Refused from None


def _other(kind: int, size: int, data: bytes) -> Value:
    if kind == _NOTHING and size == 1:
        return None
    if kind == _JSON:
        value = _from_json(data.decode())
        if isinstance(value, dict | list):
            return value
    raise Refused
