"""Times in detention and transfers on one line, as places for a drawing: the list beside it says the same in words."""

from dataclasses import dataclass
from datetime import date

from babel import Locale
from flask_babel import get_locale

from casework.cases.values import spoken
from casework.deadlines.glance import Move
from casework.deadlines.spent import Spent
from casework.web.questions import voice

#: The drawing is so wide in its own units; the page scales it.
WIDTH = 600
_EDGE = 8


@dataclass(frozen=True)
class Line:
    """A drawing.

    Attributes:
        bars: start and length of each time in detention.
        marks: places of the transfers.
        first, last: its two ends in words.
        width: of the drawing.
    """

    bars: tuple[tuple[int, int], ...]
    marks: tuple[int, ...]
    first: str
    last: str
    width: int = WIDTH


def drawn(times: Spent | None, moved: tuple[Move, ...], today: date) -> Line | None:
    """The line; None without a time in detention, since a transfer alone has no length.

    Args:
        times: in detention.
        moved: transfers; those whose day is not known stand in the list only.
        today: where the line ends.
    """
    if times is None:
        return None
    days = [one.on for one in moved if one.on and one.on <= today]
    first = min([times.times[0].start, *days])
    span = max((today - first).days + 1, 1)
    mirrored = Locale.parse(str(get_locale())).text_direction == "rtl"

    def place(day: date) -> int:
        return _EDGE + (day - first).days * (WIDTH - 2 * _EDGE) // span

    bars = [(place(one.start), max(place(one.end) - place(one.start), 6)) for one in times.times]
    marks = [place(day) for day in days]
    if mirrored:
        bars = [(WIDTH - start - length, length) for start, length in bars]
        marks = [WIDTH - mark for mark in marks]
    ends = (spoken(first, "day", voice()), spoken(today, "day", voice()))
    return Line(tuple(bars), tuple(marks), *ends)
