"""Pasted tables: read as they were meant, and never silently otherwise."""

import itertools
from datetime import date, timedelta

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from casework.money.account import pasted, table
from casework.money.account.table import COLUMNS, Layout
from casework.money.months import add_months

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
@example("1/²/2026\t3")
def test_any_text_gives_cells_in_their_columns(text):
    rows = pasted.cells(text)
    assert all(len(row) == len(COLUMNS) for row in rows)
    table.read(rows, WEEK, ENGLISH)


@given(st.lists(st.lists(st.from_regex(r"[0-9]{0,4}", fullmatch=True), min_size=7, max_size=7), max_size=5))
def test_tabs_bring_every_cell_back(rows):
    filled = [row for row in rows if any(row)]
    assert pasted.cells("\n".join("\t".join(row) for row in filled)) == filled


def begins(found):
    return [new.said["from"]["date"] for new in found.new if new.sort.key == "period"]


@pytest.mark.parametrize(
    "text",
    [
        # One day above twelve settles the order of all.
        "05/01/2026\t52\n12/01/2026\t60\n19/01/2026\t48",
        "01/05/2026\t52\n01/12/2026\t60\n01/19/2026\t48",
        # Only one order lets week follow week.
        "5.1.2026;52\n12.1.2026;60",
        "Mon 5 Jan 2026\t52\nMon. 12 Jan 2026\t60",
        "\u200f2026-01-05\u200f\t52\n\u200f2026-01-12\u200f\t60",
    ],
)
def test_the_column_says_in_which_order_its_days_are_written(text):
    found = read(text)
    assert not found.wrong
    assert begins(found)[:2] == ["2026-01-05", "2026-01-12"]
    assert found.days[0] == date(2026, 1, 5)


@pytest.mark.parametrize(
    "text",
    ["05/01/2026\t52", "05/01/2026\t52\n06/01/2026\t50", "13/01/2026\t5\n01/20/2026\t5\n05/01/2026\t5"],
)
def test_a_column_that_settles_nothing_is_asked_about(text):
    found = read(text)
    assert found.new == ()
    assert any(problem.message.startswith("“%(text)s” can be two") for problem in found.wrong.values())


@pytest.mark.parametrize(
    ("calendar", "cell"),
    [
        ("bikram_sambat", "2082-09-21"),
        ("bikram_sambat", "२१ पुस २०८२"),
        ("hijri", "١٦ رجب ١٤٤٧"),
        ("solar_hijri", "15 Dey 1404"),
        ("ethiopian", "27 Tahsas 2018"),
        ("buddhist", "5/1/2569"),
        ("roc", "115/1/5"),
    ],
)
def test_days_of_other_calendars_are_days_once_the_calendar_is_chosen(calendar, cell):
    found = read(f"{cell}\t52\t\t400", Layout("week", "USD", calendar=calendar))
    assert not found.wrong
    assert begins(found) == ["2026-01-05"]
    asked = read(f"{cell}\t52\t\t400")
    assert (0, "from") in asked.wrong


def test_months_of_another_calendar_follow_each_other_without_a_gap():
    # Poush 2082 has 30 days, Magh 29: each month of pay ends on the day before the next begins.
    found = read(
        "2082-09-01\t200\n2082-10-01\t200\n2082-11-01\t200", Layout("month", "NPR", calendar="bikram_sambat")
    )
    periods = [new.said for new in found.new if new.sort.key == "period"]
    for before, after in itertools.pairwise(periods):
        ends, starts = (date.fromisoformat(one["date"]) for one in (before["to"], after["from"]))
        assert (starts - ends).days == 1


@given(
    st.dates(date(2000, 1, 1), date(2026, 1, 1)),
    st.integers(2, 12),
    st.sampled_from([("{d}/{m}/{y}", False), ("{m}/{d}/{y}", True)]),
    st.sampled_from(["day", "week", "fortnight", "month"]),
)
def test_a_column_is_never_read_in_the_other_order(start, rows, how, each):
    form, _month_first = how
    days, day = [], start
    for _ in range(rows):
        days.append(day)
        day = (
            add_months(day, 1)
            if each == "month"
            else day + timedelta(days={"day": 1, "week": 7, "fortnight": 14}[each])
        )
    text = "\n".join(form.format(d=one.day, m=one.month, y=one.year) + "\t8" for one in days)
    found = read(text, Layout(each, "USD"))
    assert all(found.days[place] == days[place] for place in found.days)
