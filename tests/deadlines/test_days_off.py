"""Days off: weekends by country, holidays from the library, make-up days, what is not known."""

from datetime import date

import pytest

from casework.deadlines.days_off import Calendar, check_region, year_of
from casework.errors import Invalid

WESTERN = frozenset({5, 6})


def test_names_are_english_everywhere():
    assert Calendar("HK+optional", WESTERN).holiday(date(2026, 4, 3)) == "Good Friday"
    assert Calendar("QA").holiday(date(2026, 12, 18)) == "Qatar National Day"
    assert Calendar("US").holiday(date(2026, 3, 20)) == ""


def test_offices_that_close_on_more_days_than_the_law_of_labour_says():
    assert not Calendar("HK", WESTERN).is_off(date(2026, 4, 3))
    assert Calendar("HK+optional", WESTERN).is_off(date(2026, 4, 3))
    assert not Calendar("CA", WESTERN).is_off(date(2026, 11, 11))
    assert Calendar("CA+government", WESTERN).is_off(date(2026, 11, 11))


def test_a_weekend_is_what_the_rule_says():
    friday, sunday = date(2026, 3, 20), date(2026, 3, 22)
    assert Calendar("", frozenset({4, 5})).is_off(friday)
    assert not Calendar("", frozenset({4, 5})).is_off(sunday)
    assert Calendar("", WESTERN).is_off(sunday)


def test_a_weekend_that_is_worked_to_make_up_for_a_holiday():
    assert not Calendar("CN", WESTERN).is_off(date(2026, 2, 14))
    assert Calendar("CN", WESTERN).is_off(date(2026, 2, 15))


def test_without_a_calendar_only_weekends_count():
    assert not Calendar("", WESTERN).is_off(date(2026, 12, 25))
    assert Calendar("", WESTERN).is_known(date(2500, 1, 1))


def test_years_beyond_the_library_are_not_known():
    assert Calendar("US").is_known(date(2100, 1, 1))
    assert not Calendar("US").is_known(date(2101, 1, 1))


def test_a_holiday_moved_from_a_weekend_into_another_year():
    # 1 January 2028 is a Saturday: federal offices close on Friday 31 December 2027.
    assert Calendar("US", WESTERN).is_off(date(2027, 12, 31))
    assert date(2027, 12, 31) not in year_of("US", 2028).holidays


@pytest.mark.parametrize("name", ["ZZ", "GB-XYZ", "england", "US+rainy", "HK-X+optional", "US-"])
def test_unknown_calendars(name: str):
    if name == "US-":
        assert year_of(name, 2026) == year_of("US", 2026)
        return
    with pytest.raises(Invalid):
        year_of(name, 2026)


def test_unknown_regions_name_their_field():
    with pytest.raises(Invalid) as refused:
        check_region("GB", "XYZ", "regions")
    assert refused.value.field == "regions"
    check_region("GB", "SCT", "regions")


@pytest.mark.parametrize("country", ["AE", "EG", "NG", "UZ", "BN"])
def test_every_way_of_writing_that_a_day_is_estimated_is_known(country: str):
    names = year_of(country, 2035).holidays
    doubtful = {day for day, name in names.items() if "estimated" in name}
    assert doubtful
    assert {day for day in names if Calendar(country).is_estimated(day)} == doubtful
