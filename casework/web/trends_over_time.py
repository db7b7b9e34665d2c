"""Kinds of case in all windows that were released: a small chart each, and one table of them."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import gettext

from casework.trends.frozen import Cell
from casework.trends.releases import Release
from casework.trends.windows import Window
from casework.web.sums_shown import length
from casework.web.trends_shown import code_word, days_of

#: How tall a column of the small charts is.
_TALL: Final = 40
#: Fewer windows than this are no series.
_FEWEST: Final = 2

Series = list[tuple[Window, dict[str, Cell]]]


def over_time(releases: Sequence[Release]) -> dict[str, Any] | None:
    """Kinds over time, the oldest window first and the commonest kind first; all charts have one measure.

    Args:
        releases: the newest first.

    Returns:
        charts: title, columns of (place, height), spans of (place, top, height) for the intervals, last: the number
            of the newest window. heads, lines: the table. None where there is nothing to compare.
    """
    series = [(one.window, _kinds(one)) for one in reversed(releases)]
    kinds = sorted({kind for _w, found in series for kind in found}, key=lambda kind: -_sum(series, kind))
    if len(series) < _FEWEST or not kinds:
        return None
    most = max(cell.high for _w, found in series for cell in found.values())
    return {
        "charts": [_chart(kind, series, most) for kind in kinds],
        "heads": [gettext("Window"), *((code_word("kind", kind), "number") for kind in kinds)],
        "lines": [
            [days_of(window), *(_number(found.get(kind)) for kind in kinds)] for window, found in series
        ],
    }


def _chart(kind: str, series: Series, most: int) -> dict[str, Any]:
    shown = [(place, found[kind]) for place, (_w, found) in enumerate(series) if kind in found]
    tops = [(place, _TALL - length(cell.high, most, _TALL), cell) for place, cell in shown]
    return {
        "title": code_word("kind", kind),
        "last": _number(series[-1][1].get(kind)),
        "columns": [(place, length(cell.count, most, _TALL)) for place, cell in shown],
        "spans": [(place, top, _TALL - length(cell.low, most, _TALL) - top) for place, top, cell in tops],
    }


def _number(cell: Cell | None) -> str:
    """A number with its interval."""
    return f"{cell.count} ({cell.low}–{cell.high})" if cell else str(gettext("too few"))


def _sum(series: Series, kind: str) -> int:
    return sum(found[kind].count for _window, found in series if kind in found)


def _kinds(release: Release) -> dict[str, Cell]:
    tables = release.parts["opening"].tables if "opening" in release.parts else ()
    return {cell.codes[0]: cell for table in tables if table.name == "kind" for cell in table.cells}
