"""A release as files: rows with HXL tags, a workbook, JSON with its ledger. Codes and numbers only, no words."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from casework.trends.domains import COLUMNS, RESPONDENT
from casework.trends.frozen import Cell, Table
from casework.trends.indicators import Found, of_numbers
from casework.trends.plans import CLOSING
from casework.trends.releases import Release

#: Columns of a row, each with its tag of the Humanitarian Exchange Language.
TAGS: dict[str, str] = {
    "from": "#date+start",
    "until": "#date+end",
    "part": "#meta+part",
    "table": "#meta+table",
    "kind": "#cause+kind",
    "home": "#country+origin+code+v_iso2",
    "host": "#country+dest+code+v_iso2",
    "sector": "#sector+code+v_isic4",
    "gender": "#population+gender",
    "age": "#population+age",
    "outcome": "#status+outcome",
    "owed": "#meta+owed+band",
    "paid": "#meta+paid+band",
    "days": "#meta+days+band",
    "months": "#meta+months+band",
    "signs": "#meta+signs+band",
    "dates": "#status+dates",
    "respondent": "#org+respondent+id",
    "count": "#affected+cases",
    "low": "#affected+cases+min",
    "high": "#affected+cases+max",
    "within": "#meta+interval",
    "shown_from": "#meta+threshold",
    "release": "#meta+id",
}
NOT_KNOWN = "unknown"
#: What the published JSON is, whatever version of the programme made it.
VERSION = "2"
SEEN = "Cases seen by desks, not a sample. Each number has noise; low and high are its 95 percent interval."


def rows(release: Release) -> Iterator[list[str | int]]:
    """One row a shown cell, in the order of `TAGS`.

    Args:
        release: with any number of parts.
    """
    window = release.window
    for part in sorted(release.parts, reverse=True):
        for table in release.parts[part].tables:
            for cell in table.cells:
                yield [
                    window.first_on.isoformat(), window.last_on.isoformat(), part, table.name, *_codes(table, cell),
                    cell.count, cell.low, cell.high, table.within, table.threshold, release.digest[:16],
                ]  # fmt: skip


def _codes(table: Table, cell: Cell) -> list[str]:
    """The code of each column; empty where the table is not counted by it."""
    told = dict(zip(table.columns, (code or NOT_KNOWN for code in cell.codes), strict=True))
    return [told.get(column, "") for column in (*COLUMNS, RESPONDENT)]


def as_csv(release: Release) -> str:
    """Comma-separated, with a row of HXL tags under the names."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(TAGS.keys())
    writer.writerow(TAGS.values())
    writer.writerows(rows(release))
    return text.getvalue()


def as_xlsx(release: Release) -> bytes:
    """A workbook: the numbers, and what they cost."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(
        raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    numbers = book.add_worksheet("numbers")
    for number, line in enumerate([list(TAGS), list(TAGS.values()), *rows(release)]):
        numbers.write_row(number, 0, line)
    ledger = book.add_worksheet("ledger")
    for number, line in enumerate(_ledger(release)):
        ledger.write_row(number, 0, line)
    book.close()
    return raw.getvalue()


def _ledger(release: Release) -> Iterator[list[str | float]]:
    yield [
        "part",
        "plan",
        "plan_sha256",
        "person_bound",
        "epsilon",
        "delta",
        "opendp",
        "output_sha256",
        "note",
    ]
    for one in release.cost:
        yield [
            one.part,
            one.plan,
            one.digest,
            one.bound,
            one.epsilon,
            one.delta,
            one.opendp,
            one.output,
            SEEN,
        ]


def as_value(release: Release) -> dict[str, Any]:
    """The release as the JSON interface gives it (`schema`)."""
    window = release.window
    return {
        "version": VERSION,
        "id": str(window.id),
        "from": window.first_on.isoformat(),
        "until": window.last_on.isoformat(),
        "released": release.released_on.isoformat() if release.released_on else None,
        "note": SEEN,
        "sha256": release.digest,
        "ledger": [
            {
                "part": one.part, "plan": one.plan, "plan_sha256": one.digest, "person_bound": one.bound,
                "scales": dict(one.scales), "epsilon": one.epsilon, "delta": one.delta, "opendp": one.opendp,
            }
            for one in release.cost
        ],
        "indicators": [_indicator(one) for one in of_numbers(release.parts[CLOSING])] if CLOSING in release.parts else [],
        "tables": [
            _table(part, table) for part in sorted(release.parts, reverse=True) for table in release.parts[part].tables
        ],
    }  # fmt: skip


def _indicator(found: Found) -> dict[str, Any]:
    """Bands by their codes, shares in percent; nothing where too few are shown."""
    about = found.indicator
    return {
        "key": about.key, "table": about.table, "is": about.is_, "count": found.count, "value": found.value,
        "low": found.low, "high": found.high, "source": about.source,
    }  # fmt: skip


def _table(part: str, table: Table) -> dict[str, Any]:
    return {
        "part": part,
        "name": table.name,
        "columns": list(table.columns),
        "within": table.within,
        "shown_from": table.threshold,
        "cells": [
            {"codes": [code or NOT_KNOWN for code in cell.codes], "count": cell.count, "low": cell.low, "high": cell.high}
            for cell in table.cells
        ],
    }  # fmt: skip


def as_json(release: Release) -> str:
    """`as_value`, written."""
    return json.dumps(as_value(release), indent=1)
