"""Months: never early, by any day of any year, and the plain day says nothing but its month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.cases import kinds
from casework.cases.fields import Retention
from casework.retention import periods

DAYS = some.dates(date(2000, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 11, 22), 24, date(2026, 12, 1)),
        (date(2024, 11, 1), 24, date(2026, 12, 1)),
        (date(2024, 12, 31), 12, date(2026, 1, 1)),
        (date(2024, 2, 29), 0, date(2024, 3, 1)),
        (date(2024, 11, 30), 1, date(2025, 1, 1)),
    ],
)
def test_worked_examples(day, months, expected):
    assert periods.month_after(day, months) == expected


@given(DAYS, some.integers(0, 600))
def test_a_month_is_never_early_and_at_most_a_month_late(day, months):
    found = periods.month_after(day, months)
    passed = (found.year - day.year) * 12 + found.month - day.month
    assert found.day == 1
    assert passed == months + 1
    assert found > day


@given(DAYS, some.lists(DAYS, max_size=2), some.lists(DAYS, max_size=2))
def test_nothing_ends_before_its_months_or_before_what_keeps_it(closed, stays, sooner):
    found = periods.ends(closed, (12, 24), stays, sooner)
    assert found.ends_on >= periods.month_after(closed, 24)
    assert all(found.ends_on > day for day in stays)
    assert found.review_on <= found.ends_on
    assert all(found.review_on <= day for day in sooner)
    assert (found.review_on.day, found.ends_on.day) == (1, 1)


def test_a_hold_is_looked_at_before_it_frees_the_case():
    found = periods.ends(date(2024, 1, 5), (12, 24), [date(2027, 3, 9)])
    assert (found.review_on, found.ends_on) == (date(2027, 4, 1), date(2027, 5, 1))


def test_all_kinds_have_the_same_months_so_that_the_plain_month_tells_none():
    assert {periods.of_kinds([kind.key]) for kind in kinds.all()} == {(12, 24)}
    assert periods.of_kinds(["no_such_kind"]) == (12, 24)
    assert {kind.retention for kind in kinds.all()} == {Retention(12, 24)}


def test_what_a_kind_says_counts_shorter_or_longer_and_of_several_the_longest():
    short, long = Retention(6, 12), Retention(9, 48)
    assert periods.longest([short]) == (6, 12)
    assert periods.longest([short, long]) == (9, 48)
    assert periods.longest([]) == (12, 24)
