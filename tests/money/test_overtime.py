from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Invalid
from casework.money.ledger import Work
from casework.money.rule_terms import Overtime, Tier
from casework.money.rules import RuleBook
from casework.money.wages import WageClaim
from casework.money.wages.overtime import divide, pour
from casework.money.working import Sheet

STEADY = settings(max_examples=80)

MONDAY = date(2026, 1, 5)
WEEKLY = Overtime((Tier("week", Decimal(40), "overtime"),), {"overtime": Decimal("1.5")}, ())
CALIFORNIAN = Overtime(
    (
        Tier("day", Decimal(8), "overtime"),
        Tier("day", Decimal(12), "overtime_more"),
        Tier("week", Decimal(40), "overtime"),
    ),
    {"overtime": Decimal("1.5"), "overtime_more": Decimal(2)},
    (),
)


def day(number, hours, **more):
    at = MONDAY + timedelta(days=number)
    return Work(Decimal(hours), at, at, **more)


def bands(terms, *work, sheet=None):
    claim = WageClaim("USD", work=work)
    found = {}
    for part in divide(claim, terms, sheet or Sheet(RuleBook())):
        found[part.band] = found.get(part.band, Decimal(0)) + part.quantity
    return found


def test_a_week_is_divided_at_its_threshold():
    assert bands(WEEKLY, Work(Decimal(52), MONDAY, MONDAY + timedelta(6))) == {"ordinary": 40, "overtime": 12}


def test_days_are_added_to_weeks_first():
    assert bands(WEEKLY, *(day(n, 10) for n in range(5))) == {"ordinary": 40, "overtime": 10}


def test_two_weeks_are_not_averaged():
    long, short = (day(n, 10) for n in range(5)), (day(7 + n, 6) for n in range(5))
    assert bands(WEEKLY, *long, *short) == {"ordinary": 70, "overtime": 10}


def test_exactly_the_threshold_is_no_overtime():
    assert bands(WEEKLY, *(day(n, 8) for n in range(5))) == {"ordinary": 40}


def test_days_and_weeks_together_count_no_hour_twice():
    # 14 on Monday: 8 + 4 + 2. Then 4 × 9: 8 + 1 each, 40 ordinary in all; Saturday's 5 lie above the week.
    work = [day(0, 14), *(day(n, 9) for n in range(1, 5)), day(5, 5)]
    assert bands(CALIFORNIAN, *work) == {"ordinary": 40, "overtime": 4 + 4 + 5, "overtime_more": 2}


def test_two_shifts_of_one_day_are_one_day():
    assert bands(CALIFORNIAN, day(0, 7), day(0, 6)) == {"ordinary": 8, "overtime": 4, "overtime_more": 1}


def test_hours_of_several_days_cannot_have_daily_overtime_and_it_is_said():
    sheet = Sheet(RuleBook())
    assert bands(CALIFORNIAN, Work(Decimal(45), MONDAY, MONDAY + timedelta(6)), sheet=sheet) == {
        "ordinary": 40,
        "overtime": 5,
    }
    assert "by the day" in sheet.warnings[0].text()


def test_a_week_may_start_on_any_day():
    wednesday = MONDAY + timedelta(2)
    whole = Work(Decimal(50), wednesday, wednesday + timedelta(6))
    assert bands(WEEKLY, whole, day(9, 5)) == {"ordinary": 45, "overtime": 10}


def test_hours_over_the_end_of_a_week_have_to_be_divided():
    with pytest.raises(Invalid) as refused:
        bands(WEEKLY, Work(Decimal(30), MONDAY + timedelta(5), MONDAY + timedelta(8)))
    assert refused.value.field == "hours"


def test_hours_that_are_already_divided_stay_so():
    assert bands(WEEKLY, day(0, 20, band="overtime"), day(1, 10, band="rest_day"), day(2, 9)) == {
        "overtime": 20,
        "rest_day": 10,
        "ordinary": 9,
    }


def test_without_a_rule_all_hours_are_ordinary():
    assert bands(None, *(day(n, 12) for n in range(6))) == {"ordinary": 72}


@STEADY
@given(st.lists(st.decimals(0, 24, places=2), min_size=1, max_size=21), st.randoms())
def test_the_order_of_days_changes_nothing_and_no_hour_is_lost(hours, random):
    work = [day(n, h) for n, h in enumerate(hours)]
    before = bands(CALIFORNIAN, *work)
    random.shuffle(work)
    assert bands(CALIFORNIAN, *work) == before
    assert sum(before.values()) == sum(hours)


@STEADY
@given(st.lists(st.decimals(0, 24, places=2), min_size=1, max_size=14), st.decimals("0.01", "0.99", places=2))
def test_dividing_a_line_changes_no_overtime(hours, share):
    whole = [day(n, h) for n, h in enumerate(hours)]
    halves = [part for n, h in enumerate(hours) for part in (day(n, h * share), day(n, h - h * share))]
    assert bands(CALIFORNIAN, *whole) == bands(CALIFORNIAN, *halves)


@STEADY
@given(st.lists(st.decimals(0, 100, places=2), max_size=8), st.decimals(0, 100, places=2))
def test_pouring_fills_the_first_band_first(quantities, level):
    parts = [
        part
        for q in quantities
        for part in divide(
            WageClaim("USD", work=(Work(q, MONDAY, MONDAY + timedelta(6)),)), None, Sheet(RuleBook())
        )
    ]
    poured = list(pour(parts, [(level, "overtime")]))
    ordinary = sum((p.quantity for p in poured if p.band == "ordinary"), Decimal(0))
    assert ordinary == min(level, sum(quantities))
