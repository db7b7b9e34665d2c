"""Pasted tables: read as they were meant, and never silently otherwise."""

from datetime import date

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from casework.money.account import pasted, table
from casework.money.account.table import COLUMNS, Layout

ENGLISH = Locale("en")
WEEK = Layout("week", "USD")


def read(text, layout=WEEK):
    return table.read(pasted.cells(text, dated=layout.start is None), layout, ENGLISH)


def said(found):
    return [(new.sort.key, new.said.get("quantity") or new.said.get("amount")) for new in found.new]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05\t52\t\t400",
        "2026-01-05;52;;400",
        "2026-01-05, 52, , 400",
        "2026-01-05|52||400",
        "٢٠٢٦-٠١-٠٥\t٥٢\t\t٤٠٠",
        "२०२६-०१-०५\t५२\t\t४००",
        "\n 2026-01-05\t52\t\t400 \r\n\n",
        "5 January 2026\t52\t\t400.00",
        "| 2026-01-05 | 52 | | 400 |",
        "| From | Hours | Overtime | Received |\n|---|:--:|---|---|\n| 2026-01-05 | 52 | – | 400 |",
        "Week\tHours\tOvertime\tReceived\n2026-01-05\t52:00\t-\t400",
        '"2026-01-05","52","","400.00"',
        '"5 Jan 2026"\t"52 hrs"\t\t"400"',
        "2026-01-05\t52h\t\t$400",
    ],
)
def test_one_week_however_it_was_written(text):
    found = read(text)
    assert not found.wrong
    assert said(found) == [
        ("period", None),
        ("hours", "52"),
        ("received", {"minor": 40_000, "currency": "USD"}),
    ]
    assert found.new[0].said["from"]["date"] == "2026-01-05"
    assert found.new[0].said["to"]["date"] == "2026-01-11"


def test_a_comma_inside_a_number_is_no_border_where_tabs_part_the_columns():
    found = table.read(pasted.cells("2026-01-05\t52,5\t\t1.200,50"), WEEK, Locale("es"))
    assert not found.wrong
    assert said(found)[1:] == [("hours", "52.5"), ("received", {"minor": 120_050, "currency": "USD"})]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("some day\t52", (0, "from")),
        ("3/4/2026\t52", (0, "from")),
        ("2026-01-05\t-1", (0, "hours")),
        ("2026-01-05\t169", (0, "hours")),
        ("2026-01-05\tmany", (0, "hours")),
        ("2026-01-05\t40\t\t-5", (0, "received")),
        ("2026-01-05\t40\t\t1.234", (0, "received")),
        ("2026-01-05\t40\n2026-02-30\t40", (1, "from")),
    ],
)
def test_a_word_beside_the_cell_and_nothing_entered(text, where):
    found = read(text)
    assert where in found.wrong
    assert found.new == ()


def test_a_comma_inside_quotes_is_no_border():
    assert said(read('"Jan 5, 2026","52","","1,234.50"'))[2] == (
        "received",
        {"minor": 123_450, "currency": "USD"},
    )


@pytest.mark.parametrize(
    ("cell", "hours"), [("52:30", "52.5"), ("0:45", "0.75"), ("7:20", "7.33"), ("٥٢:٣٠", "52.5")]
)
def test_hours_by_the_clock_are_hours(cell, hours):
    assert pasted.cells(f"2026-01-05\t{cell}")[0][1] == hours
    assert said(read(f"2026-01-05\t{cell}"))[1] == ("hours", hours)


def test_a_sum_at_the_foot_is_asked_about_and_never_entered():
    found = read("2026-01-05\t52\t\t400\nTotal\t52\t\t400")
    assert list(found.wrong) == [(1, "from")]
    assert found.new == ()


def test_months_end_with_their_month():
    found = read("\t160\n\t150\n", Layout("month", "USD", start=date(2026, 1, 31)))
    ends = [new.said["to"]["date"] for new in found.new if new.sort.key == "period"]
    assert ends == ["2026-02-27", "2026-03-27"]


@given(st.text(max_size=300))
def test_any_text_gives_cells_in_their_columns(text):
    rows = pasted.cells(text)
    assert all(len(row) == len(COLUMNS) for row in rows)
    table.read(rows, WEEK, ENGLISH)


@given(st.lists(st.lists(st.from_regex(r"[0-9]{0,4}", fullmatch=True), min_size=7, max_size=7), max_size=5))
def test_tabs_bring_every_cell_back(rows):
    filled = [row for row in rows if any(row)]
    assert pasted.cells("\n".join("\t".join(row) for row in filled)) == filled
