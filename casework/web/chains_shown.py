"""What hangs together with somebody of the register, as a drawing: boxes and numbered lines, no style, no script.

Whoever does something stands above whom it is done to. The numbers lead to the list beside the drawing, which says
the same in words. Nothing of a case is in it.
"""

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from flask import url_for

from casework.papers.plain_text import apart
from casework.respondents import chains
from casework.respondents.chains import Step
from casework.respondents.register import Register
from casework.web.cases_shown import word

#: The drawing is as wide as a phone, so that its words are not made smaller there.
_WIDE: Final = 360
_BOX_WIDE, _BOX_TALL, _BETWEEN, _GAP = 166, 46, 40, 12
#: Between two rows of one level: a number has room there.
_ROWS_APART: Final = 24
_IN_A_ROW: Final = 2
_MOST: Final = 14
_LONGEST: Final = 21
Place = tuple[float, float]


def drawn(everybody: Register, respondent_id: UUID) -> dict[str, Any] | None:
    """The drawing, and the list that says the same; None where nothing hangs together.

    Args:
        everybody: the register.
        respondent_id: whose chain; it stands in the middle.
    """
    levels, steps = chains.around(everybody, respondent_id)
    if not steps:
        return None
    shown = sorted(levels, key=lambda one: (abs(levels[one]), everybody.by_id[one].name.casefold()))[:_MOST]
    places, tall = _places({one: levels[one] for one in shown}, everybody)
    lines = [_line(everybody, step, places, number) for number, step in enumerate(steps, 1)]
    return {
        "width": _WIDE,
        "height": tall,
        "boxes": [_box(everybody, one, places[one], everybody.leading(respondent_id)) for one in shown],
        "lines": lines,
        "left_out": len(levels) - len(shown),
    }


def _places(levels: dict[UUID, int], everybody: Register) -> tuple[dict[UUID, Place], float]:
    """The upper left corner of each box, and how tall the drawing is."""
    rows: dict[int, list[UUID]] = defaultdict(list)
    for one in sorted(levels, key=lambda each: everybody.by_id[each].name.casefold()):
        rows[levels[one]].append(one)
    places: dict[UUID, Place] = {}
    top: float = 4
    for level in sorted(rows):
        for row in _rows(rows[level], above=level < 0):
            # On the middle's own level lines go both ways: one that is left over stands aside, and the gap stays open.
            places |= _row(row, top, aside=level == 0 and len(rows[level]) > _IN_A_ROW)
            top += _BOX_TALL + _ROWS_APART
        top += _BETWEEN - _ROWS_APART
    return places, top - _BETWEEN + 4


def _rows(members: list[UUID], *, above: bool) -> list[list[UUID]]:
    """The rows of a level. One that is left over stands farthest from the middle, so that the gap stays open for lines."""
    odd = len(members) % _IN_A_ROW
    if not above or not odd:
        return [members[at : at + _IN_A_ROW] for at in range(0, len(members), _IN_A_ROW)]
    rest = [members[at : at + _IN_A_ROW] for at in range(odd, len(members), _IN_A_ROW)]
    return [members[:odd], *rest]


def _row(some: list[UUID], top: float, *, aside: bool) -> dict[UUID, Place]:
    room = _IN_A_ROW if aside else len(some)
    wide = room * _BOX_WIDE + (room - 1) * _GAP
    first = (_WIDE - wide) / 2
    return {one: (first + at * (_BOX_WIDE + _GAP), top) for at, one in enumerate(some)}


def _box(everybody: Register, one: UUID, place: Place, middle: UUID) -> dict[str, Any]:
    entry = everybody.by_id[one]
    kind = word("respondent_kinds", entry.kind)
    return {
        "x": place[0],
        "y": place[1],
        "width": _BOX_WIDE,
        "height": _BOX_TALL,
        "middle": place[0] + _BOX_WIDE / 2,
        "name": _short(entry.name),
        "kind": _short(kind[1] if kind else ""),
        "own": one == middle,
    }


def _line(everybody: Register, step: Step, places: dict[UUID, Place], number: int) -> dict[str, Any]:
    sort = word("respondent_links", step.sort)
    told = {
        "number": number,
        "sort": sort[1] if sort else step.sort,
        "code": step.sort,
        "above": _named(everybody, step.above),
        "below": _named(everybody, step.below),
        "said": _said(everybody, step),
    }
    if step.above in places and step.below in places:
        told["way"] = _way(places[step.above], places[step.below])
    return told


def _named(everybody: Register, one: UUID) -> dict[str, Any]:
    return {
        "id": one,
        "name": everybody.by_id[one].name,
        "href": url_for("respondents.one", respondent_id=one),
    }


def _said(everybody: Register, step: Step) -> tuple[UUID, UUID]:
    """Between which entries it was said: a double may be the one that carries it."""
    for one in everybody.same(step.above):
        for chain in one.chains:
            if chain.sort == step.sort and everybody.leading(chain.to) == step.below:
                return one.id, chain.to
    return step.above, step.below


def _way(above: Place, below: Place) -> dict[str, Any]:
    """From the edge of one box to that of the other, through the gap in the middle where boxes lie between.

    Returns:
        points: of the line. x, y: where its number stands, beside the box that is farther from the middle.
    """
    down = above[1] <= below[1]
    start = (above[0] + _BOX_WIDE / 2, above[1] + (_BOX_TALL if down else 0))
    end = (below[0] + _BOX_WIDE / 2, below[1] + (0 if down else _BOX_TALL))
    if above[1] == below[1]:
        right = above[0] < below[0]
        start = (above[0] + (_BOX_WIDE if right else 0), above[1] + _BOX_TALL / 2)
        end = (below[0] + (0 if right else _BOX_WIDE), start[1])
    points = [start, *_through(start, end, 1 if down else -1), end]
    inward = abs(start[0] - _WIDE / 2) >= abs(end[0] - _WIDE / 2)
    one, other = (points[0], points[1]) if inward else (points[-1], points[-2])
    return {
        "points": " ".join(f"{x:g},{y:g}" for x, y in points),
        "x": (one[0] + other[0]) / 2,
        "y": (one[1] + other[1]) / 2,
    }


def _through(start: Place, end: Place, way: int) -> list[Place]:
    """The corners of a line that passes rows of boxes: into the gap, and along it."""
    if abs(end[1] - start[1]) <= _BETWEEN:
        return []
    middle = _WIDE / 2
    return [(middle, start[1] + way * _ROWS_APART), (middle, end[1] - way * _ROWS_APART)]


def _short(text: str) -> str:
    """What has room in a box; set apart, so that what was cut ends where the text itself ends, however the page is read."""
    told = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
    return apart(told)
