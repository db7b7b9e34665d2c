"""Lists for spreadsheets: a line a case, a date, a piece of proof, a consent; kept while the file is made, some hundred bytes a line."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

#: The columns of each list, in order. Never renamed; new ones come at the end.
COLUMNS: dict[str, tuple[str, ...]] = {
    "cases": (
        "reference", "called", "kinds", "status", "opened_on", "changed_on", "restricted", "works_on_it",
        "stands_in", "does_not_open",
    ),
    "dates": ("reference", "sort", "what", "day", "state"),
    "evidence": ("reference", "number", "what", "called", "grade", "holder", "place", "handed_in", "sha256", "file"),
    "consents": ("reference", "purpose", "recipient", "data", "given", "how", "at", "ends_on", "withdrawn_at"),
    "left": ("reference", "purpose", "recipient", "what", "at"),
    "respondents": ("reference", "id", "role", "name", "kind", "country"),
    "lines": ("reference", "type", "said"),
}  # fmt: skip


class Lists:
    """The lists of a desk, as its cases come by."""

    def __init__(self) -> None:
        self._texts = {name: io.StringIO(newline="") for name in COLUMNS}
        self._writers = {name: csv.writer(text, lineterminator="\r\n") for name, text in self._texts.items()}
        for name, columns in COLUMNS.items():
            self._writers[name].writerow(columns)

    def add(self, value: Mapping[str, Any]) -> None:
        """Put the lines of a case into every list.

        Args:
            value: of the case, as JSON takes it.
        """
        self._put("cases", value["reference"], [value])
        for name in ("dates", "evidence", "consents", "left", "respondents"):
            self._put(name, value["reference"], value.get(name, ()))
        self._put("lines", value["reference"], map(_line, value["lines"]))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every list by its name in the file. UTF-8 with a mark, which spreadsheets look for."""
        for name, text in self._texts.items():
            yield f"lists/{name}.csv", text.getvalue().encode("utf-8-sig")

    def _put(self, name: str, ref: str, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            told = {**row, "reference": ref}
            self._writers[name].writerow([cell(told.get(column)) for column in COLUMNS[name]])


def table(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """A list that does not come from cases."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cell(value: Any) -> str:
    """A value as a cell: nothing in it is a formula to anybody."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(one: Mapping[str, Any]) -> dict[str, str]:
    said = {key: value for key, value in one.items() if key != "type"}
    return {"type": str(one.get("type", "")), "said": json.dumps(said, ensure_ascii=False)}
