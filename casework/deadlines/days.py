"""The days of a case's running dates as one short text, which is read for every case of a desk at once."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from casework.deadlines.held import Held, Sort
from casework.errors import Refused
from casework.vault.plain import Value

#: Characters up to which all texts look alike: fifty dates.
_FILL = 500
#: Stamp, what bears on the case, what came out: sixteen characters each.
_PART = 16
_HEAD = 3 * _PART
#: A changed rule moved it and nobody has looked yet; an emergency, which is shown however old it is; any other.
MOVED, URGENT, PLAIN = "!", "*", "."
#: Eight digits of the day and a sign.
_ONE = 9


#: Of one running date: its day as YYYYMMDD, so that days are compared as they are; the how-manieth line of its case
#: it is, from 0; its sign. A plain tuple, because there are so many.
Day = tuple[str, int, str]


class Counted(NamedTuple):
    """What the dates of a case were counted with; sixteen characters each, or empty.

    Attributes:
        stamp: state of rules and marks.
        bearing: of those that bear on the case.
        came_to: what came out.
    """

    stamp: str = ""
    bearing: str = ""
    came_to: str = ""


def written(counted: Counted, dates: Iterable[Held]) -> str:
    """The text of a case.

    Args:
        counted: with what.
        dates: those that are running, in the order of their lines.
    """
    head = "".join(part.ljust(_PART) for part in counted)
    days = (f"{one.due_on:%Y%m%d}{sign(one.sort, moved=one.moved)}" for one in dates)
    return (head + "".join(days)).ljust(_FILL)


def sign(sort: Sort, *, moved: bool) -> str:
    """What stands behind the day of a date.

    Args:
        sort: of the date.
        moved: whether a rule moved it, and nobody has looked yet.
    """
    if moved:
        return MOVED
    return URGENT if sort is Sort.EMERGENCY else PLAIN


def hidden() -> str:
    """The text of a case that shows the desk nothing."""
    return "".ljust(_FILL)


def counted(text: Value) -> Counted:
    """What the dates were counted with.

    Raises:
        Refused: it is no such text.
    """
    if not isinstance(text, str) or len(text) < _HEAD:
        raise Refused
    return Counted(*(text[at : at + _PART].rstrip() for at in range(0, _HEAD, _PART)))


def read(text: Value) -> list[Day]:
    """The days.

    Raises:
        Refused: it is no such text.
    """
    if not isinstance(text, str):
        raise Refused
    days = text[_HEAD:].rstrip(" ")
    starts = range(0, len(days), _ONE)
    return [(days[at : at + 8], n, days[at + 8 : at + 9]) for n, at in enumerate(starts)]


class Columns(NamedTuple):
    """The running dates of many cases beside each other.

    Attributes:
        on: the day of each as YYYYMMDD.
        signs: the sign of each, as a number.
        owners: which of the cases it belongs to, from 0.
        places: which line of its case it is, from 0.
    """

    on: NDArray[Any]
    signs: NDArray[Any]
    owners: NDArray[Any]
    places: NDArray[Any]


#: What each of eight digits is worth.
_DIGITS = 10 ** np.arange(7, -1, -1)


def checked(text: Value) -> str:
    """The text of a case, as `columns` can read it.

    Raises:
        Refused: it is no such text.
    """
    if not isinstance(text, str) or len(text) < _HEAD or not text.isascii():
        raise Refused
    return text


def counted_with(text: str, stamp: bytes) -> bool:
    """Whether a text says that its dates were counted with this state of rules and marks."""
    return text[:_PART] == stamp.hex()


def headed(days: str) -> str:
    """Days and their signs as the text of a case that was counted with nothing."""
    return "".ljust(_HEAD) + days


def columns(texts: Iterable[str]) -> Columns:
    """The dates of many cases, read together: one by one takes twenty times as long.

    Args:
        texts: of the cases, each one `checked`.
    """
    parts = [text[_HEAD:].rstrip(" ") for text in texts]
    counts = np.array([len(part) // _ONE for part in parts], np.int64)
    whole = "".join(
        part if len(part) == _ONE * count else part[: _ONE * count]
        for part, count in zip(parts, counts.tolist(), strict=True)
    )
    table = np.frombuffer(whole.encode("ascii"), np.uint8).reshape(-1, _ONE)
    on = (table[:, :-1].astype(np.int64) - ord("0")) @ _DIGITS
    firsts = np.cumsum(counts) - counts
    return Columns(
        on=on,
        signs=table[:, -1],
        owners=np.repeat(np.arange(len(parts)), counts),
        places=np.arange(len(table)) - np.repeat(firsts, counts),
    )


def recounted(text: Value, counted: Counted) -> str:
    """The same days, counted with something else.

    Raises:
        Refused: it is no such text.
    """
    if not isinstance(text, str):
        raise Refused
    return "".join(part.ljust(_PART) for part in counted) + text[_HEAD:]
