"""A table that was pasted, as rows of cells; what parts its columns is found out from the text."""

import csv
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from casework.cases import values

#: The columns, in order; `file` questions are in config/ledger/table.toml.
COLUMNS: Final = ("from", "hours", "overtime", "received", "lawful", "unlawful", "shown")

_SPACES = re.compile(r"\t| {2,}|[;|؛]")
_COMMA = re.compile(r"[,،]\s+|[,،]")
#: Stands for the first cell of rows that carry no day; no text has it, because texts are cleaned.
_EMPTY: Final = "\0"
#: What stands for nothing in a cell, and a row of it under a heading.
_NOTHING = re.compile(r"[-–—:=\s]*")
_CLOCK = re.compile(r"(\d+):([0-5]\d)")
_HOURS = re.compile(r"(?<=\d)\s*(?:h|hrs?|hours?)\.?$", re.IGNORECASE)
_IN_HOURS: Final = ("hours", "overtime")

Cells = list[list[str]]


def cells(text: str, *, dated: bool = True) -> Cells:
    """A pasted text as rows of cells.

    Columns are parted by tabs, semicolons, bars or several spaces; where a text has none of them, by
    commas, and where it has no commas either, by spaces. A comma inside a number is never a border where
    anything else parts the columns.

    Args:
        text: as pasted; anything.
        dated: whether its first column is a day; else its rows follow each other.
    """
    # Between two signs, because an empty cell at the very beginning or end is a cell.
    lines = _unframed([line for line in values.clean(f"|{text}|")[1:-1].split("\n") if line.strip()])
    border = _border(lines)
    rows = [_row(border, line if dated else f"{_EMPTY}{line}") for line in lines]
    return list(_with_figures(rows))


def _unframed(lines: Sequence[str]) -> Sequence[str]:
    """Lines without the bars around them, as tables stand in notes: only where all have them."""
    bare = [line.strip(" \t") for line in lines]
    framed = all(len(line) > 1 and line[0] == line[-1] == "|" for line in bare)
    return [line[1:-1] for line in bare] if framed else lines


def _with_figures(rows: Cells) -> Iterator[list[str]]:
    """Rows without a heading, and without the rule below it; a table without any figure stays to be asked about."""
    known = any(_figure(row) for row in rows)
    for place, row in enumerate(rows):
        heading = place == 0 and known and not _figure(row)
        if not heading and any(row):
            yield row


def _figure(row: Sequence[str]) -> bool:
    return any(sign.isdigit() for cell in row for sign in cell)


def _border(lines: Sequence[str]) -> re.Pattern[str]:
    for pattern in (_SPACES, _COMMA):
        if any(pattern.search(line.strip(" ")) for line in lines):
            return pattern
    return re.compile(r"\s+")


def _row(border: re.Pattern[str], line: str) -> list[str]:
    before = [""] if line.startswith(_EMPTY) else []
    found = [*before, *_parted(border, line.strip(f" {_EMPTY}"))]
    found = (found + [""] * len(COLUMNS))[: len(COLUMNS)]
    return [_plain(column, cell) for column, cell in zip(COLUMNS, found, strict=True)]


def _parted(border: re.Pattern[str], line: str) -> list[str]:
    """The cells of a line; a programme of tables puts quotes around those with a comma."""
    if '"' not in line:
        return border.split(line)
    if border is _COMMA:
        return next(csv.reader([line], skipinitialspace=True))
    return [cell.strip().removeprefix('"').removesuffix('"') for cell in border.split(line)]


def _plain(column: str, cell: str) -> str:
    """A cell as its question takes it: hours by the clock or with their unit as a number, a stroke as nothing."""
    cell = cell.strip()
    if _NOTHING.fullmatch(cell):
        return ""
    if column not in _IN_HOURS:
        return cell
    if clock := _CLOCK.fullmatch(values.digits(cell)):
        return f"{(Decimal(clock[1]) + Decimal(clock[2]) / 60).quantize(Decimal('0.01')).normalize():f}"
    return _HOURS.sub("", cell)
