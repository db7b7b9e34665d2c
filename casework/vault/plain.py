"""What lies under a seal: a value as bytes, padded so that its length says little (construction §0).

Plain = u32 n ‖ n bytes ‖ zeros, in all 32·2^k bytes. The first of the n bytes says what follows:
0 nothing, 1 text, 2 JSON.
"""

import json
import struct
from typing import Any

from casework.errors import Refused

#: The smallest size under a seal, in bytes; the others double it.
FLOOR = 32

Value = str | dict[str, Any] | list[Any] | None

_EMPTY = b"\x00\x00\x00\x01\x00".ljust(FLOOR, b"\0")
_length = struct.Struct(">I").pack
_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_from_json = json.JSONDecoder().decode


def bucket(size: int) -> int:
    """The size in bytes that `size` bytes are padded to: the next of 32, 64, 128, 256 and so on."""
    return FLOOR if size <= FLOOR else 1 << (size - 1).bit_length()


def encode(value: Value) -> bytes:
    """A value as padded bytes.

    Args:
        value: None (sealed too, so that the store does not show what is filled), text, a dict or a list.

    Raises:
        TypeError: another kind of value, or one inside that JSON cannot carry.
        ValueError: text that is no Unicode (a lone surrogate), or a number that is none.
    """
    if value is None:
        return _EMPTY
    if isinstance(value, str):
        data = b"\x01" + value.encode()
    elif isinstance(value, dict | list):
        data = b"\x02" + _to_json(value).encode()
    else:
        raise TypeError("only None, text, a dict or a list is sealed")
    size = len(data)
    return (_length(size) + data).ljust(bucket(size + 4), b"\0")


def decode(plain: bytes) -> Value:
    """The value in padded bytes.

    Raises:
        Refused: the bytes are not what `encode` makes.
    """
    end = 4 + int.from_bytes(plain[:4], "big")
    if len(plain) != bucket(end) or plain.count(0, end) != len(plain) - end:
        raise Refused
    kind = plain[4]
    try:
        if kind == 1:
            return plain[5:end].decode()
        if kind == 2:  # noqa: PLR2004 — the three kinds stand in this file's first lines
            return _json(plain[5:end].decode())
    except ValueError:
        raise Refused from None
    if plain == _EMPTY:
        return None
    raise Refused


def _json(text: str) -> Value:
    value = _from_json(text)
    if isinstance(value, dict | list):
        return value
    raise ValueError("neither a dict nor a list")
