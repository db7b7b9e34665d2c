"""Many short texts of one field, opened together as tables of letters: a desk's day reads thousands of them.

What decides whether a text opens is the same as for one alone (`field`, `plain`): its head picks the key, its row is
bound to it, its padding is zeros. Only it is looked at for all texts of one length at once, and no text is made of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from casework.vault.blob import HEAD, Fmt
from casework.vault.plain import LEAD, TEXT, bucket

Array = NDArray[Any]
_SIZE = LEAD - 1
#: No letter of ASCII has this bit; texts are looked through eight letters at a time, all sizes being multiples of 32.
_BEYOND_ASCII = b"\x80"


class Letters(NamedTuple):
    """Texts of one length.

    Attributes:
        rows: which of those that were to be opened.
        table: a line of letters each, as ASCII.
    """

    rows: Array
    table: Array


def by_version(sealed: Sequence[bytes | None]) -> dict[int, list[int]]:
    """Which of some sealed texts ask for the key of which version; what is no sealed field asks for none."""
    by_head: defaultdict[bytes, list[int]] = defaultdict(list)
    for row, one in enumerate(sealed):
        if one is not None:
            by_head[one[:HEAD]].append(row)
    return {
        int.from_bytes(head[1:], "big"): rows
        for head, rows in by_head.items()
        if len(head) == HEAD and head[0] == Fmt.FIELD
    }


def decoded(plains: Sequence[bytes | None]) -> list[Letters]:
    """The texts in padded bytes; what is no text of ASCII letters, or is padded otherwise, is left out.

    Args:
        plains: what lay under the seals; None where one did not open.
    """
    by_size: defaultdict[int, list[int]] = defaultdict(list)
    for row, plain in enumerate(plains):
        if plain is not None:
            by_size[len(plain)].append(row)
    return [
        found
        for size, rows in by_size.items()
        if size > LEAD
        for found in _of_size(size, np.array(rows), b"".join([plains[row] or b"" for row in rows]))
    ]


def _of_size(size: int, rows: Array, joined: bytes) -> Iterator[Letters]:
    table = np.frombuffer(joined, np.uint8).reshape(-1, size)
    lengths = np.ascontiguousarray(table[:, :_SIZE]).view(">u4")[:, 0]
    texts = table[:, _SIZE] == TEXT
    for length in np.unique(lengths[texts]).tolist():
        end = _SIZE + length
        if length and bucket(end) == size:
            some, places = _chosen(texts & (lengths == length), table, rows)
            right = ~some[:, end:].any(axis=1) & _of_ascii(some)
            some, places = _chosen(right, some, places)
            yield Letters(places, some[:, LEAD:end])


def _of_ascii(table: Array) -> Array:
    """Which lines have letters of ASCII alone behind what leads them."""
    beyond = np.frombuffer(bytes(LEAD) + _BEYOND_ASCII * (table.shape[1] - LEAD), "u8")
    found: Array = ~(table.view("u8") & beyond).any(axis=1)
    return found


def _chosen(truths: Array, table: Array, rows: Array) -> tuple[Array, Array]:
    """Some lines and their rows: as a rule all of them, and then nothing is copied."""
    return (table, rows) if truths.all() else (table[truths], rows[truths])
