"""Indicators, worked out from released numbers alone: whatever is done to them afterwards tells nothing more of anybody.

A number that is too few to show is not nothing: it lies somewhere between nothing and what would just have been
shown. So an indicator has an interval of its own, in which every number may lie anywhere within its own interval.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from typing import Any

from casework import codes
from casework.trends.domains import UNKNOWN, domain
from casework.trends.frozen import Numbers, Table

MIDDLE, SHARE = "middle", "share"
_FILE = codes.DIRECTORY.parent / "indicators.toml"


@dataclass(frozen=True)
class Indicator:
    """What is worked out, and where it comes from.

    Attributes:
        key: how it is known in exports.
        table: of the closing, with one column.
        is_: the middle band, or the share of one code.
        of: that code.
        source, address, checked_on: where the measure comes from.
        own: whether it is ours and nobody else's.
    """

    key: str
    table: str
    is_: str
    of: str
    source: str
    address: str
    checked_on: date
    own: bool


@dataclass(frozen=True)
class Found:
    """One indicator of a release.

    Attributes:
        indicator: what it is.
        count: about how many cases it rests on, with noise.
        value, low, high: codes of bands, or whole percentages as text; None where too few are shown.
    """

    indicator: Indicator
    count: int
    value: str | None
    low: str | None = None
    high: str | None = None


@cache
def every() -> tuple[Indicator, ...]:
    """The indicators of this installation, in order."""
    rows: list[Mapping[str, Any]] = tomllib.loads(_FILE.read_text("utf-8"))["indicator"]
    return tuple(
        Indicator(
            row["key"], row["table"], row["is"], row.get("of", ""), row["source"], row.get("address", ""), row["checked_on"],
            row.get("own", False),
        )
        for row in rows
    )  # fmt: skip


def of_numbers(numbers: Numbers) -> list[Found]:
    """The indicators of a part of a release; those whose table it does not have are left out.

    Args:
        numbers: as they were released.
    """
    tables = {table.name: table for table in numbers.tables}
    return [_found(one, tables[one.table]) for one in every() if one.table in tables]


def _found(one: Indicator, table: Table) -> Found:
    count = sum(cell.count for cell in table.cells if cell.codes != (UNKNOWN,))
    spans = _spans(table)
    if not any(cell.codes != (UNKNOWN,) for cell in table.cells):
        return Found(one, 0, None)
    return Found(one, count, *(_middle(spans) if one.is_ == MIDDLE else _share(spans, one.of)))


#: A code with its number, and between which numbers the truth lies.
Span = tuple[str, int, int, int]


def _spans(table: Table) -> list[Span]:
    """Every code that is known, in the order of its list."""
    shown = {cell.codes[0]: (cell.count, cell.low, cell.high) for cell in table.cells}
    hidden = (0, 0, table.threshold + table.within)
    return [(code, *shown.get(code, hidden)) for code in domain(table.columns[0]) if code != UNKNOWN]


def _middle(spans: Sequence[Span]) -> tuple[str, str, str]:
    """The band in which the middle one lies, with the first and the last in which it may."""
    low = _median([high for *_, high in spans], [low for _, _, low, _ in spans])
    high = _median([low for _, _, low, _ in spans], [high for *_, high in spans])
    exact = [count for _, count, _, _ in spans]
    return spans[_median(exact, exact)][0], spans[low][0], spans[high][0]


def _median(before: Sequence[int], after: Sequence[int]) -> int:
    """The first place up to which there are at least as many as behind it.

    Args:
        before: numbers to be taken up to the place, and with it.
        after: numbers to be taken behind it.
    """
    rest = [*[*accumulate(reversed(after))][::-1], 0]
    return next(n for n, many in enumerate(accumulate(before)) if many >= rest[n + 1])


def _share(spans: Sequence[Span], of: str) -> tuple[str, str, str]:
    """How many in a hundred are of one code, with the least and the most that they may be."""
    count, low, high = next((c, lo, hi) for code, c, lo, hi in spans if code == of)
    others = [(c, lo, hi) for code, c, lo, hi in spans if code != of]
    some, least, most = (sum(column) for column in zip(*others, strict=True))
    return _percent(count, some), _percent(low, most), _percent(high, least)


def _percent(part: int, rest: int) -> str:
    return str(round(100 * part / (part + rest))) if part + rest else "0"
