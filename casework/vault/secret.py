"""Bytes that must not show: keys, seeds and shares travel in this wrapper and nowhere else."""

import hmac
import os
from typing import NoReturn, Self


class Secret:
    """Key bytes that no `repr`, pickle, log line or traceback with local variables can show.

    Python cannot wipe memory; what this prevents is the accident, not the debugger.

    Args:
        raw: the bytes to carry.
    """

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        self._raw = bytes(raw)

    @classmethod
    def random(cls, size: int = 32) -> Self:
        """A fresh secret of `size` bytes from the operating system."""
        return cls(os.urandom(size))

    def expose(self) -> bytes:
        """The bytes themselves, to be handed straight to a primitive and never to a variable."""
        return self._raw

    def part(self, start: int, end: int) -> "Secret":
        """The bytes from `start` to before `end`, as a secret of its own."""
        return Secret(self._raw[start:end])

    def __add__(self, other: "Secret") -> "Secret":
        """Both, one after the other."""
        return Secret(self._raw + other._raw)

    def __xor__(self, other: "Secret") -> "Secret":
        """The bitwise sum of two secrets of one length, as the recovery cards and lock pairs need it."""
        return Secret(bytes(a ^ b for a, b in zip(self._raw, other._raw, strict=True)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._raw, other._raw)

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of a mapping: hashes end up in logs

    def __len__(self) -> int:
        return len(self._raw)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never serialised")
