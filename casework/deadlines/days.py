"""The days of a case's running dates as one short text, which is read for every case of a desk at once."""

from collections.abc import Iterable, Sequence
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


Array = NDArray[Any]
_NONE = np.empty(0, np.int64)
#: What fills up a text.
_FILLED = ord(" ")
#: What each of eight digits is worth.
_DIGITS = 10 ** np.arange(7, -1, -1)


def readable(table: Array) -> bool:
    """Whether letters of some texts are long enough to be days of a case."""
    return bool(table.shape[1] >= _HEAD)


def counted_with(table: Array, stamps: Sequence[bytes]) -> Array:
    """Which texts say that their dates were counted with this state of rules and marks.

    Args:
        table: the letters of the texts.
        stamps: of each the state.
    """
    heads = np.ascontiguousarray(table[:, :_PART]).view(f"S{_PART}")[:, 0]
    # There are few states and many cases, so each is put into letters once. Room for two of them more, so that a
    # stamp that is too long is not the beginning of itself.
    states = {stamp: place for place, stamp in enumerate(dict.fromkeys(stamps))}
    said = np.array([stamp.hex() for stamp in states], f"S{_PART + 2}")
    told: Array = heads == said[[states[stamp] for stamp in stamps]]
    return told


def letters(days: str) -> Array:
    """Days and their signs as the letters of one case that was counted with nothing."""
    text = "".ljust(_HEAD) + days
    return np.frombuffer(text.encode("ascii"), np.uint8)[np.newaxis]


def columns(tables: Iterable[Array]) -> Columns:
    """The dates of many cases, read together: one by one takes twenty times as long.

    Args:
        tables: letters of their texts, those of one length in a table; the cases are counted on from one to the next.
    """
    parts, owners, places, before = [np.empty((0, _ONE), np.uint8)], [_NONE], [_NONE], 0
    for table in tables:
        used = _used(table[:, _HEAD:])
        dates = _dates(used)
        owner, place = np.nonzero(_there(used, dates.shape[1]))
        parts.append(dates[owner, place])
        owners.append(owner + before)
        places.append(place)
        before += len(table)
    whole = np.concatenate(parts)
    return Columns(
        on=(whole[:, :-1].astype(np.int64) - ord("0")) @ _DIGITS,
        signs=whole[:, -1],
        owners=np.concatenate(owners),
        places=np.concatenate(places),
    )


def _used(table: Array) -> Array:
    """Letters of dates up to where the last text ends: most of what texts are filled up with is looked at once."""
    columns = np.flatnonzero((table != _FILLED).any(axis=0))
    return table[:, : columns[-1] + 1 if len(columns) else 0]


def _dates(table: Array) -> Array:
    """Nine letters for each date for which there is room."""
    most = table.shape[1] // _ONE
    found: Array = table[:, : most * _ONE].reshape(len(table), most, _ONE)
    return found


def _there(table: Array, most: int) -> Array:
    """Which of these dates are there: what is filled up with spaces ends with the last letter that is none."""
    filled = table != _FILLED
    # Counted from the end; a column of its own stands before all others, so that there is one where no letter is.
    backwards = np.column_stack([filled[:, ::-1], np.ones(len(table), bool)])
    ends = filled.shape[1] - np.argmax(backwards, axis=1)
    there: Array = np.arange(most) < (ends // _ONE)[:, np.newaxis]
    return there


def recounted(text: Value, counted: Counted) -> str:
    """The same days, counted with something else.

    Raises:
        Refused: it is no such text.
    """
    if not isinstance(text, str):
        raise Refused
    return "".join(part.ljust(_PART) for part in counted) + text[_HEAD:]
