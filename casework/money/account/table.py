"""Quick entry: a table of weeks or months, pasted or typed, read cell by cell and shown back before it is kept.

Nothing is guessed silently: the cells are shown as they were understood, each can be corrected, and what
cannot be read has its word beside the cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from babel import Locale

from casework.cases import kinds, values
from casework.cases.fields import Field
from casework.cases.questions import given
from casework.cases.values.dates import GREGORIAN
from casework.errors import Invalid
from casework.money.account import first_days, sorts
from casework.money.account.lines import New
from casework.money.account.pasted import COLUMNS, Cells
from casework.money.months import add_days, add_months

MOST_ROWS: Final = 60

_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}


@dataclass(frozen=True)
class Layout:
    """What holds for the whole table.

    Attributes:
        each: how long a row is: code of `loan_periods`.
        currency: of every amount.
        paid_by: `hours`, or `periods` where each row is one whole period of pay by itself.
        source: code of `hour_sources`.
        confidence: code of `confidence`.
        start: first day of the first row, for tables without days.
        calendar: in which the days are written, a code of `calendars`.
    """

    each: str
    currency: str
    paid_by: str = "hours"
    source: str = "memory"
    confidence: str = "unknown"
    start: date | None = None
    calendar: str = GREGORIAN


@dataclass(frozen=True)
class Read:
    """A table as it was understood.

    Attributes:
        new: lines to enter; empty while anything is wrong.
        wrong: by row and column, what cannot be read.
        days: by row, the day on which it begins.
    """

    new: tuple[New, ...]
    wrong: Mapping[tuple[int, str], Invalid]
    days: Mapping[int, date] = field(default_factory=dict)


def read(rows: Cells, layout: Layout, locale: Locale | None = None) -> Read:
    """Read a table.

    Args:
        rows: cells in the order of `COLUMNS`; empty rows are left out.
        layout: what holds for all of them.
        locale: of the page: it settles which mark parts decimals.
    """
    wrong: dict[tuple[int, str], Invalid] = {}
    new: list[New] = []
    days: dict[int, date] = {}
    day = layout.start
    for place, row in _filled(rows, layout, locale):
        said, problems = _cells(row, layout, locale)
        wrong |= {(place, column): problem for column, problem in problems.items()}
        start = _start(said, day)
        if start is None:
            wrong.setdefault((place, "from"), _no_day(row[0]))
            continue
        days[place], day = start, _next(start, layout, row[0])
        made, problems = _lines(said, start, add_days(day, -1), layout, len(new))
        wrong |= {(place, column): problem for column, problem in problems.items()}
        new += made
    return Read(() if wrong else tuple(new), wrong, days)


def _filled(rows: Cells, layout: Layout, locale: Locale | None) -> list[tuple[int, list[str]]]:
    """Rows in which something stands, each with its place; their first days as the whole column settles them."""
    filled = [(place, row) for place, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if layout.calendar != GREGORIAN:
        return filled
    column = first_days.settled([row[0] for _, row in filled], lambda day: _next(day, layout, ""), locale)
    return [(place, [day, *row[1:]]) for (place, row), day in zip(filled, column, strict=True)]


def _two_days(cell: str) -> Invalid:
    return Invalid("“%(text)s” can be two different days. Write the month in letters.", "from", text=cell)


def _no_day(cell: str) -> Invalid:
    if not cell.strip():
        return Invalid("Which day does this row begin on?")
    return Invalid("Which day is this? If it is one of another calendar, choose the calendar above.")


def _cells(
    row: Sequence[str], layout: Layout, locale: Locale | None
) -> tuple[dict[str, Any], dict[str, Invalid]]:
    """The answers of one row, by column, and what cannot be read."""
    fields = {field.key: field for field in kinds.page("ledger/table")}
    said: dict[str, Any] = {}
    wrong: dict[str, Invalid] = {}
    for column, cell in zip(COLUMNS, row, strict=False):
        try:
            value = values.parse(fields[column], _typed(column, cell, layout), "", locale)
        except Invalid as problem:
            two = column == "from" and first_days.can_be_two(cell)
            wrong[column] = _two_days(cell) if two else Invalid(problem.message, column, **problem.params)
            continue
        if given(value):
            said[column] = value
    return said, wrong


def _typed(column: str, cell: str, layout: Layout) -> dict[str, str | list[str]]:
    """A cell as the form of its question would bring it."""
    if column == "from":
        return {"from-written": values.digits(cell), "from-calendar": layout.calendar}
    if column in ("hours", "overtime"):
        return {column: cell}
    return {f"{column}-amount": cell, f"{column}-currency": layout.currency}


def _start(said: Mapping[str, Any], otherwise: date | None) -> date | None:
    """The day on which a row begins; of a month that begins with the moon, the day of the tables."""
    told = said.get("from")
    if told and told.get("date") and (told["precision"] == "day" or told["calendar"] != GREGORIAN):
        return date.fromisoformat(told["date"])
    return None if told else otherwise


def _next(start: date, layout: Layout, written: str) -> date:
    """The first day of what follows a row; months are those of the calendar in which its day is written."""
    if layout.each != "month":
        return start + timedelta(days=_DAYS[layout.each])
    return first_days.next_month(written, layout.calendar) or add_months(start, 1)


def _lines(
    said: Mapping[str, Any], start: date, end: date, layout: Layout, first: int
) -> tuple[list[New], dict[str, Invalid]]:
    """The lines of one row: its pay period first, then what belongs to it."""
    made: list[New] = []
    wrong: dict[str, Invalid] = {}
    for column, key, answers in _parts(said, _days(start, end), layout):
        sort = sorts.get(key)
        try:
            sort.value(answers, "period")
        except Invalid as problem:
            wrong[column] = problem
            continue
        inside = None if key == "period" else first
        made.append(New(sort, answers, first + len(made), inside))
    return made, wrong


def _days(start: date, end: date) -> dict[str, Any]:
    return {"from": _day(start), "to": _day(end)}


def _day(day: date) -> dict[str, Any]:
    iso = day.isoformat()
    return {"written": iso, "calendar": "gregorian", "date": iso, "precision": "day"}


def _parts(
    said: Mapping[str, Any], days: dict[str, Any], layout: Layout
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Column, sort and answers of each line that a row makes."""
    shown = {"shown": said["shown"]} if "shown" in said else {}
    yield "from", "period", days | shown
    known = {"source": layout.source, "confidence": layout.confidence}
    if layout.paid_by == "periods":
        work = {"quantity": "1", "unit": layout.each, "band": "ordinary"}
        took = {"hours_taken": said["hours"]} if "hours" in said else {}
        yield "hours", "hours", days | known | work | took
    elif "hours" in said:
        yield "hours", "hours", days | known | {"quantity": said["hours"], "unit": "hour"}
    if "overtime" in said:
        more = {"quantity": said["overtime"], "unit": "hour", "band": "overtime"}
        yield "overtime", "hours", days | known | more
    if "received" in said and said["received"]["minor"]:
        yield "received", "received", {"amount": said["received"]}
    for column, lawful in (("lawful", "yes"), ("unlawful", "no")):
        if column in said and said[column]["minor"]:
            yield column, "deduction", {"amount": said[column], "lawful": lawful}


def fields() -> tuple[Field, ...]:
    """The questions of the columns, for their headings."""
    by_key = {field.key: field for field in kinds.page("ledger/table")}
    return tuple(by_key[column] for column in COLUMNS)


def total_hours(rows: Read) -> Decimal:
    """All hours of a table, to be compared with what somebody added up on paper."""
    said = [new.said for new in rows.new if new.sort.key == "hours" and new.said.get("unit") == "hour"]
    return sum((Decimal(one["quantity"]) for one in said), Decimal(0))
