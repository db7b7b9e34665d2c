"""A table that was pasted, as rows of cells; what parts its columns is found out from the text."""

import re
from collections.abc import Sequence
from typing import Final

from casework.cases import values

#: The columns, in order; `file` questions are in config/ledger/table.toml.
COLUMNS: Final = ("from", "hours", "overtime", "received", "lawful", "unlawful", "shown")

_SPACES = re.compile(r"\t| {2,}|[;|؛]")
_COMMA = re.compile(r"[,،]\s+|[,،]")
#: Stands for the first cell of rows that carry no day; no text has it, because texts are cleaned.
_EMPTY: Final = "\0"

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
    lines = [line for line in values.clean(f"|{text}|")[1:-1].split("\n") if line.strip()]
    border = _border(lines)
    return [_row(border, line if dated else f"{_EMPTY}{line}") for line in lines]


def _border(lines: Sequence[str]) -> re.Pattern[str]:
    for pattern in (_SPACES, _COMMA):
        if any(pattern.search(line.strip(" ")) for line in lines):
            return pattern
    return re.compile(r"\s+")


def _row(border: re.Pattern[str], line: str) -> list[str]:
    before = [""] if line.startswith(_EMPTY) else []
    found = [*before, *(cell.strip() for cell in border.split(line.strip(f" {_EMPTY}")))]
    return (found + [""] * len(COLUMNS))[: len(COLUMNS)]
