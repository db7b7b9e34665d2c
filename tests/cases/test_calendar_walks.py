"""Every day of every calendar that is converted, one after another, to both ends of its tables and one step beyond."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

import nepali_datetime
import pytest
from convertdate import persian
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.values import calendars
from casework.cases.values.months import Parts

ONE = timedelta(days=1)


def converted(calendar: str, year: int, month: int, day: int) -> date | None:
    return calendars.gregorian(Parts(day, month, year), calendar)


def follow_each_other(calendar: str, days: Iterator[tuple[int, int, int]]) -> tuple[date, date]:
    """Each day is the one after the day before; gives the first and the last of them."""
    first = before = converted(calendar, *next(days))
    for each in days:
        now = converted(calendar, *each)
        assert now == before + ONE, each
        before = now
    return first, before


def walk(years: range, months: int, length) -> Iterator[tuple[int, int, int]]:
    for year in years:
        for month in range(1, months + 1):
            for day in range(1, length(year, month) + 1):
                yield year, month, day


def ethiopian_length(year: int, month: int) -> int:
    return 30 if month < 13 else 6 if year % 4 == 3 else 5


def nepali_length(year: int, month: int) -> int:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    if following[0] > nepali_datetime.MAXYEAR:
        return 30
    begin, end = (nepali_datetime.date(*pair, 1).to_datetime_date() for pair in ((year, month), following))
    return (end - begin).days


def test_two_ethiopian_centuries_without_a_gap():
    ends = follow_each_other("ethiopian", walk(range(1892, 2093), 13, ethiopian_length))
    # Neither 1900 nor 2100 has a leap day of ours: each moves their new year one day on in September.
    assert ends == (date(1899, 9, 11), date(2100, 9, 11))


def test_the_whole_table_of_bikram_sambat_without_a_gap():
    years = range(nepali_datetime.MINYEAR, nepali_datetime.MAXYEAR + 1)
    assert follow_each_other("bikram_sambat", walk(years, 12, nepali_length)) == (
        date(1918, 4, 13),
        date(2044, 4, 12),
    )


def solar_length(year: int, month: int) -> int:
    if month < 12:
        return 31 if month <= 6 else 30
    return 29 + leap(year)


def leap(year: int) -> bool:
    """Told by what the calendar takes: a thirtieth day of the last month."""
    try:
        return converted("solar_hijri", year, 12, 30) is not None
    except ValueError:
        return False


def test_the_whole_solar_calendar_without_a_gap():
    years = range(1200, 1500)
    assert follow_each_other("solar_hijri", walk(years, 12, solar_length)) == (
        date(1821, 3, 21),
        date(2121, 3, 20),
    )


def solar_new_year(year: int) -> date:
    """By the equinox over Tehran, which an astronomical library looks up: some 20 ms a year."""
    found: date = date(*persian.to_gregorian(year, 1, 1))
    return found


@pytest.mark.parametrize("year", [1277, 1304, 1342, 1375, 1403, 1407, 1408, 1409, 1428, 1461, 1499])
def test_a_solar_year_begins_with_the_equinox(year):
    assert converted("solar_hijri", year, 1, 1) == solar_new_year(year)


@pytest.mark.slow
def test_every_solar_year_that_a_form_takes_begins_with_the_equinox():
    """Before 1277 (1898) the cycle and the equinox part in six years; no form takes days before 1900."""
    assert [y for y in range(1277, 1500) if converted("solar_hijri", y, 1, 1) != solar_new_year(y)] == []


def test_both_ends_of_what_is_taken_of_the_solar_calendar():
    assert converted("solar_hijri", 1200, 1, 1) == date(1821, 3, 21)
    assert converted("solar_hijri", 1499, 12, 29) == date(2121, 3, 20)


@pytest.mark.parametrize(
    ("year", "new_year"),
    [
        (1399, "2020-03-20"),
        (1400, "2021-03-21"),
        (1403, "2024-03-20"),
        (1404, "2025-03-21"),
        (1407, "2028-03-20"),
        (1408, "2029-03-20"),
        (1409, "2030-03-21"),
    ],
)
def test_solar_years_begin_when_the_official_calendar_says(year, new_year):
    assert converted("solar_hijri", year, 1, 1) == date.fromisoformat(new_year)


def test_every_month_of_the_hijri_tables_follows_the_one_before():
    firsts = [converted("hijri", year, month, 1) for year in range(1343, 1501) for month in range(1, 13)]
    lengths = {(later - earlier).days for earlier, later in itertools.pairwise(firsts)}
    # The tables are those that were printed; early ones have a month of 28 days, and one of 31 beside it.
    assert lengths == {28, 29, 30, 31}
    assert firsts[0] == date(1924, 8, 1)
    last = Hijri(1500, 12, Hijri(1500, 12, 1).month_length()).to_gregorian()
    assert converted("hijri", 1500, 12, Hijri(1500, 12, 1).month_length()) == date(
        last.year, last.month, last.day
    )


@pytest.mark.parametrize(
    ("calendar", "beyond"),
    [
        ("hijri", (1342, 12, 1)),
        ("hijri", (1501, 1, 1)),
        ("solar_hijri", (1199, 12, 29)),
        ("solar_hijri", (1500, 1, 1)),
        ("bikram_sambat", (1974, 12, 1)),
        ("bikram_sambat", (2101, 1, 1)),
    ],
)
def test_one_step_beyond_a_table_no_day_is_made_up(calendar, beyond):
    assert converted(calendar, *beyond) is None


@given(
    calendar=st.sampled_from(sorted(calendars._CONVERTED)),
    year=st.integers(-10, 12_000),
    month=st.integers(-1, 15),
    day=st.integers(-1, 40),
)
def test_whatever_is_typed_is_a_day_no_day_or_not_known(calendar, year, month, day):
    """Never another error, and never a day outside of the years that our calendar has."""
    try:
        found = converted(calendar, year, month, day)
    except ValueError:
        return
    assert found is None or isinstance(found, date)


@given(st.integers(1, 9999 - 543), st.integers(1, 12), st.integers(1, 31))
def test_the_buddhist_year_has_our_months_and_our_leap_days(year, month, day):
    try:
        ours = date(year, month, day)
    except ValueError:
        with pytest.raises(ValueError, match=r".*"):
            converted("buddhist", year + 543, month, day)
    else:
        assert converted("buddhist", year + 543, month, day) == ours
