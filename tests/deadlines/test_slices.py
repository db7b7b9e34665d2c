"""Many cases again, with progress; and the table that the page shows."""

from datetime import date, timedelta

from casework.deadlines import rules, table
from casework.deadlines.evaluate import clocks_of
from casework.deadlines.facts import Facts, Happened
from casework.deadlines.slices import Case, in_slices
from tests.deadlines.making import book, rule

ON = date(2026, 6, 1)


def _cases(count: int) -> list[Case]:
    return [
        Case(
            number,
            ("deportation",),
            Facts(frozenset(), "UTC", (Happened("decision", ON - timedelta(days=number)),)),
        )
        for number in range(count)
    ]


def test_slices_say_how_far_they_are_and_lose_no_case():
    parts = list(in_slices(_cases(23), book(rule()), ON, size=10))
    assert [(part.done, part.total) for part in parts] == [(10, 23), (20, 23), (23, 23)]
    assert [key for part in parts for key in part.clocks] == list(range(23))


def test_a_slice_is_what_each_case_gives_alone():
    cases, rulebook = _cases(7), book(rule(), rule(version="two", count=12))
    (part,) = in_slices(cases, rulebook, ON)
    for case in cases:
        assert part.clocks[case.key] == clocks_of(case.kinds, case.facts, rulebook, ON)


def test_work_can_stop_between_slices():
    parts = in_slices(_cases(30), book(rule()), ON, size=10)
    assert next(parts).done == 10


def test_nothing_to_do():
    assert list(in_slices([], book(rule()), ON)) == []


def test_only_the_rules_that_changed():
    rulebook = book(rule(id="us.a"), rule(id="us.b"))
    (part,) = in_slices(_cases(1), rulebook, ON, only={"us.b"})
    assert [clock.rule for clock in part.clocks[0]] == ["us.b"]


def test_the_table_of_the_page_is_up_to_date():
    """If this fails: flask --app wsgi casework rules table."""
    assert table.page(rules.load()) == table.PAGE.read_text("utf-8")


def test_the_table_has_a_row_for_every_rule():
    text = table.table(rules.load())
    assert text.count("\n| ") == len(rules.load()) + len({r.jurisdiction for r in rules.load()})
    for each in rules.load():
        assert f"**{each.version}**<br>`{each.id}`" in text
        assert each.source in text
