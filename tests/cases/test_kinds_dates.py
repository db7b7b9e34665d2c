"""Days and times as people give them."""

from datetime import UTC, date, datetime

import nepali_datetime
import pytest
from babel import Locale
from babel.dates import format_date
from convertdate import persian
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import clock
from casework.cases import values
from casework.cases.values import months
from casework.cases.values.numbers import digits
from casework.deadlines.happenings import happened
from casework.errors import Invalid
from tests.cases.kind_fields import LOCALES, ZEROS, field, in_script, tried

DATE, MOMENT = field("date"), field("date_time")
TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today():
    with clock.at(TODAY):
        yield


def said(words: str, **parts) -> dict | None:
    return values.parse(DATE, {"x-written": words} | {f"x-{k}": v for k, v in parts.items()})


def typed(day: str = "", month: str = "", year: str = "", **more) -> dict | None:
    return said("", day=day, month=month, year=year, **more)


def at(day: date, time: str, zone: str = "UTC") -> dict | None:
    form = {
        "x-day": str(day.day),
        "x-month": str(day.month),
        "x-year": str(day.year),
        "x-time": time,
        "x-zone": zone,
    }
    return values.parse(MOMENT, form)


@pytest.mark.parametrize(
    ("parts", "iso", "precision"),
    [
        (("1", "3", "2026"), "2026-03-01", "day"),
        (("01", "March", "2026"), "2026-03-01", "day"),
        (("29", "2", "2024"), "2024-02-29", "day"),
        (("", "mar", "2026"), "2026-03-01", "month"),
        (("", "", "2026"), "2026-01-01", "year"),
        (("٣١", "١٢", "٢٠٢٥"), "2025-12-31", "day"),
        (("१", "मार्च", "२०२६"), "2026-03-01", "day"),
        (("৫", "মে", "২০২৬"), "2026-05-05", "day"),
        (("1", "آذار", "2026"), "2026-03-01", "day"),
        (("1", "مارس", "2026"), "2026-03-01", "day"),
        (("1", "Setyembre", "2026"), "2026-09-01", "day"),
        (("1", "août", "2026"), "2026-08-01", "day"),
        (("1", "ማርች", "2026"), "2026-03-01", "day"),
    ],
)
def test_three_inputs(parts, iso, precision):
    value = typed(*parts)
    assert (value["date"], value["precision"]) == (iso, precision)
    assert value["calendar"] == "gregorian"


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("31", "2", "2026"), "only 28 days"),
        (("29", "2", "2025"), "only 28 days"),
        (("31", "April", "2026"), "only 30 days"),
        (("32", "1", "2026"), "only 31 days"),
        (("1", "13", "2026"), "from 1 to 12"),
        (("1", "Smarch", "2026"), "from 1 to 12"),
        (("1", "3", ""), "year"),
        (("1", "", "2026"), "Write the month too"),
        (("1", "3", "26"), "four digits"),
        (("1", "3", "1404"), "another calendar"),
        (("1", "3", "2082"), "another calendar"),
        (("0", "3", "2026"), "digits"),
        (("one", "3", "2026"), "digits"),
    ],
)
def test_impossible_dates_are_refused_in_words(parts, sentence):
    with pytest.raises(Invalid) as caught:
        typed(*parts)
    assert sentence in caught.value.message % caught.value.params


@pytest.mark.parametrize(
    ("words", "iso", "precision"),
    [
        ("2026-03-01", "2026-03-01", "day"),
        ("1 March 2026", "2026-03-01", "day"),
        ("March 1st, 2026", "2026-03-01", "day"),
        ("1 de marzo de 2026", "2026-03-01", "day"),
        ("1er mars 2026", "2026-03-01", "day"),
        ("2026 मार्च 1", "2026-03-01", "day"),
        ("١ كانون الثاني ٢٠٢٦", "2026-01-01", "day"),
        ("2026年3月1日", "2026-03-01", "day"),
        ("25/04/2026", "2026-04-25", "day"),
        ("04/25/2026", "2026-04-25", "day"),
        ("3.3.2026", "2026-03-03", "day"),
        ("March 2026", "2026-03-01", "month"),
        ("2026", "2026-01-01", "year"),
    ],
)
def test_words_that_are_exactly_a_date(words, iso, precision):
    assert said(words) == {"written": words, "calendar": "gregorian", "date": iso, "precision": precision}


@pytest.mark.parametrize(
    "words",
    ["two weeks after Eid", "before 1 March 2026", "between March and April 2026", "1 March", "15 Baisakh 2082",
     "1404/12/10", "0/3/2026", "12 or 13 March 2026", "2025 or 2026"],
)  # fmt: skip
def test_words_that_say_more_are_kept_and_no_date_is_made_up(words):
    assert said(words) == {"written": words, "calendar": "gregorian", "date": None, "precision": "approx"}
    assert values.show(DATE, said(words), "es") == words


@pytest.mark.parametrize("words", ["03/04/2026", "3-4-2026", "٣/٤/٢٠٢٦"])
def test_numbers_that_can_be_two_days_are_asked_for(words):
    with pytest.raises(Invalid, match="two different days"):
        said(words)
    assert said(words, day="3", month="4", year="2026")["date"] == "2026-04-03"


@pytest.mark.parametrize("words", ["2026-13-01", "2026-02-30", "31 April 2026", "13/13/2026"])
def test_impossible_dates_in_words(words):
    with pytest.raises(Invalid):
        said(words)


def test_words_and_inputs_must_agree():
    with pytest.raises(Invalid, match="different days"):
        said("1 March 2026", day="2", month="3", year="2026")
    value = said("two days after Eid", day="22", month="3", year="2026")
    assert (value["written"], value["date"]) == ("two days after Eid", "2026-03-22")
    assert values.show(DATE, value, "en") == "22 Mar 2026 (two days after Eid)"


def test_roughly():
    value = typed("1", "3", "2026", about="1")
    assert value["precision"] == "approx"
    assert values.show(DATE, value, "en") == "about 1 Mar 2026"
    # Month and year are rough already: "about March" would pretend to know the first of it.
    assert typed("", "3", "2026", about="1")["precision"] == "month"
    assert values.show(DATE, typed("", "3", "2026"), "fr") == "mars 2026"
    assert values.show(DATE, typed("", "", "2026"), "ar") == "2026"


@pytest.mark.parametrize(
    ("calendar", "parts", "precision"),
    [
        ("bikram_sambat", ("1", "Baisakh", "1974"), "day"),
        ("hijri", ("", "Ramadan", "1447"), "month"),
        ("hijri", ("1", "Muharram", "1342"), "day"),
        ("solar_hijri", ("", "", "۱۴۰۴"), "year"),
    ],
)
def test_less_than_a_day_and_what_no_table_reaches_is_kept_as_written(calendar, parts, precision):
    value = typed(*parts, calendar=calendar)
    assert value == {
        "written": " ".join(filter(None, parts)),
        "calendar": calendar,
        "date": None,
        "precision": precision,
    }
    shown = values.show(DATE, value, "en")
    assert value["written"] in shown
    # A whole day that cannot be converted says so; less than a day never could be.
    assert ("no table of this calendar reaches that day" in shown) is (precision == "day")
    assert values.parse(DATE, values.fill(DATE, value)) == value


@pytest.mark.parametrize(
    ("calendar", "parts"),
    [
        ("bikram_sambat", ("33", "1", "2082")),
        ("hijri", ("31", "9", "1447")),
        ("ethiopian", ("1", "14", "2018")),
    ],
)
def test_what_no_calendar_of_that_kind_holds(calendar, parts):
    with pytest.raises(Invalid, match="no such day"):
        typed(*parts, calendar=calendar)


def test_the_calendar_alone_says_nothing():
    assert typed(calendar="hijri") is None
    assert typed(calendar="gregorian", about="1") is None
    with pytest.raises(Invalid):
        typed("1", "1", "2026", calendar="martian")


def test_days_on_the_wrong_side_of_today():
    past, future = field("date", when="past"), field("date", when="future")
    later = {"x-day": "23", "x-month": "11", "x-year": "2026"}
    with pytest.raises(Invalid, match="still to come"):
        values.parse(past, later)
    assert values.parse(future, later)
    # It may be tomorrow already where it happened.
    assert values.parse(past, later | {"x-day": "22"})
    with pytest.raises(Invalid, match="has passed"):
        values.parse(future, later | {"x-day": "19"})


@given(
    st.dates(date(1900, 1, 1), date(2056, 12, 31)), st.sampled_from(LOCALES), st.sampled_from(sorted(ZEROS))
)
@settings(max_examples=200)
def test_a_date_that_is_shown_can_be_written_again(day, locale, script):
    shown = in_script(format_date(day, "long", locale=Locale(locale)), ZEROS[script])
    assert said(shown)["date"] == day.isoformat()


@given(st.text(max_size=30))
@settings(max_examples=200)
def test_any_words_are_kept_or_refused(words):
    value, refused = tried(said, words)
    assert refused or value is None or value["written"] == values.parse(field("text"), {"x": words})


def test_month_names_mean_one_month():
    for locale in LOCALES:
        for number, name in Locale(locale).months["format"]["wide"].items():
            assert months.month(name) == number, (locale, name)
    assert months.month("") == months.month("0") == months.month("Frimaire") == 0


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("21:30", "21:30"), ("9:05", "09:05"), ("21.30", "21:30"), ("2130", "21:30"), ("930", "09:30"), ("9", "09:00"),
        ("21h30", "21:30"), ("21h", "21:00"), ("9:05 pm", "21:05"), ("12 am", "00:00"), ("12:15 p.m.", "12:15"),
        ("٢١:٣٠", "21:30"), ("२१:३०", "21:30"), ("00:00", "00:00"), ("10:30:59", "10:30"),
    ],
)  # fmt: skip
def test_times_as_people_type_them(text, stored):
    assert at(date(2026, 3, 1), text)["time"] == stored


@pytest.mark.parametrize("text", ["25:00", "12:60", "noon", "13 pm", "0 am", "1:2", "123456"])
def test_what_is_no_time(text):
    with pytest.raises(Invalid):
        at(date(2026, 3, 1), text)


def test_a_moment_is_kept_as_the_clock_there_showed_it():
    value = at(date(2026, 3, 1), "10:30", "Asia/Kathmandu")
    assert value == {"date": "2026-03-01", "time": "10:30", "zone": "Asia/Kathmandu"}
    assert values.moment(value) == datetime(2026, 3, 1, 4, 45, tzinfo=UTC)
    assert values.show(MOMENT, value, "es") == "1 mar 2026, 10:30 (Katmandú)"


def test_the_time_may_be_unknown_and_the_zone_alone_says_nothing():
    value = at(date(2026, 3, 1), "", "Asia/Kathmandu")
    assert value["time"] is None
    assert values.moment(value) is None
    assert values.show(MOMENT, value, "fr") == "1 mars 2026"
    assert values.parse(MOMENT, {"x-zone": "UTC"}) is None


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"x-time": "9:00", "x-zone": "UTC"}, "day, month and year"),
        ({"x-year": "2026", "x-zone": "UTC"}, "day, month and year"),
        ({"x-day": "1", "x-month": "3", "x-year": "2026", "x-time": "9:00"}, "time zone of the place"),
        (
            {"x-day": "1", "x-month": "3", "x-year": "2026", "x-time": "9:00", "x-zone": "Mars/Base"},
            "not known",
        ),
        ({"x-day": "31", "x-month": "2", "x-year": "2026"}, "28"),
    ],
)
def test_half_a_moment(form, sentence):
    with pytest.raises(Invalid) as caught:
        values.parse(MOMENT, form)
    assert sentence in caught.value.message % caught.value.params


def when(written: str, calendar: str = "gregorian", **parts) -> dict | None:
    form = {"written": written, "calendar": calendar, "time": "10:30", "zone": "Asia/Kathmandu"} | parts
    return values.parse(MOMENT, {f"x-{part}": text for part, text in form.items()})


@pytest.mark.parametrize(
    ("calendar", "written", "iso"),
    [
        ("gregorian", "२० मार्च २०२६", "2026-03-20"),
        ("hijri", "١ رمضان ١٤٤٦", "2025-03-01"),
        ("solar_hijri", "۱۴۰۴/۱/۱", "2025-03-21"),
        ("bikram_sambat", "३२ असार २०८२", "2025-07-16"),
        ("ethiopian", "መስከረም ፩ ቀን ፳፻፲፰ ዓ.ም.", "2025-09-11"),
        ("ethiopian", "1 Meskerem 2018 E.C.", "2025-09-11"),
        ("buddhist", "29 กุมภาพันธ์ 2567", "2024-02-29"),
    ],
)
def test_what_starts_a_clock_may_be_written_in_any_calendar(calendar, written, iso):
    value = when(written, calendar)
    assert (value["date"], value["written"], value["calendar"]) == (iso, written, calendar)
    assert (value["time"], value["zone"]) == ("10:30", "Asia/Kathmandu")
    # By the moon that was seen it may be a day off: whatever is counted from it says so.
    assert value.get("precision", "day") == ("approx" if calendar == "hijri" else "day")
    assert happened("decision", value).exact is (calendar != "hijri")
    assert calendar == "gregorian" or written in values.show(MOMENT, value, "en")
    assert values.parse(MOMENT, values.fill(MOMENT, value)) == value


@pytest.mark.parametrize(
    ("numerals", "plain"),
    [
        ("፩", "1"), ("፲፪", "12"), ("፺፱", "99"), ("፻", "100"), ("፻፩", "101"), ("፲፱፻፺፱", "1999"),
        ("፳፻፲፰", "2018"), ("፼", "10000"), ("፩፼፩", "10001"),
    ],
)  # fmt: skip
def test_ethiopic_numerals_have_no_places(numerals, plain):
    assert digits(numerals) == plain


@pytest.mark.parametrize("written", ["last spring", "March 2026", "2026"])
def test_words_without_a_day_start_no_clock(written):
    with pytest.raises(Invalid, match="day, month and year"):
        when(written)


def test_the_thirty_third_of_a_month_is_no_moment_either():
    with pytest.raises(Invalid, match="no such day"):
        when("33 असार 2082", "bikram_sambat")


def test_an_hour_that_was_skipped_does_not_exist():
    with pytest.raises(Invalid, match="skipped"):
        at(date(2026, 3, 29), "1:30", "Europe/London")
    assert at(date(2026, 3, 29), "2:00", "Europe/London")


def test_of_an_hour_that_came_twice_the_first_counts():
    twice = at(date(2026, 10, 25), "1:30", "Europe/London")
    assert values.moment(twice) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("calendar", "written", "iso"),
    [
        ("hijri", "1 Muharram 1343", "1924-08-01"),
        ("hijri", "1446-09-01", "2025-03-01"),
        ("hijri", "١ رمضان ١٤٤٦", "2025-03-01"),
        # Papers have a thirtieth where the tables have twenty-nine days: the moon was seen late.
        ("hijri", "30 Rajab 1446", "2025-01-30"),
        ("solar_hijri", "30 Esfand 1403", "2025-03-20"),
        ("solar_hijri", "۱۴۰۴/۱/۱", "2025-03-21"),
        ("bikram_sambat", "1 Baisakh 1975", "1918-04-13"),
        ("bikram_sambat", "३२ असार २०८२", "2025-07-16"),
        ("bikram_sambat", "30 Chaitra 2100", "2044-04-12"),
        ("ethiopian", "1 Meskerem 2000", "2007-09-12"),
        ("ethiopian", "6 Pagume 2015", "2023-09-11"),
        ("ethiopian", "1 Meskerem 2016", "2023-09-12"),
        ("buddhist", "29 กุมภาพันธ์ 2567", "2024-02-29"),
        ("roc", "113/2/29", "2024-02-29"),
        # With what papers write beside a date.
        ("hijri", "١ رمضان ١٤٤٦ هـ", "2025-03-01"),
        ("solar_hijri", "۱ فروردین ۱۴۰۴ ه.ش", "2025-03-21"),
        ("bikram_sambat", "वि.सं. २०८२ असार ३२ गते", "2025-07-16"),
        ("ethiopian", "መስከረም 1 ቀን 2016 ዓ.ም.", "2023-09-12"),
        ("ethiopian", "፩ መስከረም ፳፻፲፮", "2023-09-12"),
        ("buddhist", "29 กุมภาพันธ์ พ.ศ. 2567", "2024-02-29"),
        ("buddhist", "๒๙ ก.พ. ๒๕๖๗", "2024-02-29"),
        ("roc", "中華民國113年2月29日", "2024-02-29"),
    ],
)
def test_a_whole_day_of_another_calendar_is_converted(calendar, written, iso):
    value = typed(written=written, calendar=calendar)
    assert (value["written"], value["calendar"], value["date"]) == (written, calendar, iso)
    # Where months begin with the moon that was seen, a day may be one off.
    assert value["precision"] == ("approx" if calendar == "hijri" else "day")
    assert written in values.show(DATE, value, "en")
    assert values.parse(DATE, values.fill(DATE, value)) == value


@pytest.mark.parametrize(
    ("calendar", "written"),
    [
        ("solar_hijri", "30 Esfand 1404"),
        ("ethiopian", "6 Pagume 2016"),
        ("ethiopian", "31 Meskerem 2016"),
        ("bikram_sambat", "33 Asar 2082"),
        ("bikram_sambat", "31 Chaitra 2100"),
        ("buddhist", "29 2 2568"),
        ("roc", "114/2/29"),
        ("hijri", "31 Ramadan 1446"),
        ("solar_hijri", "1 13 1404"),
    ],
)
def test_a_day_that_its_calendar_has_not_is_refused(calendar, written):
    with pytest.raises(Invalid, match="no such day"):
        typed(written=written, calendar=calendar)


@pytest.mark.parametrize(
    ("calendar", "written"),
    [("ethiopian", "1 1 2100"), ("buddhist", "1 1 2026"), ("roc", "1 1 2026"), ("solar_hijri", "1 1 1499")],
)
def test_a_year_of_the_wrong_calendar_is_said(calendar, written):
    with pytest.raises(Invalid, match="year"):
        typed(written=written, calendar=calendar)


@given(st.dates(date(1925, 1, 1), date(2040, 1, 1)))
def test_following_days_of_a_calendar_follow_each_other(day):
    """Whatever day of ours: its Solar and Ethiopian day is converted back to it."""
    solar = persian.from_gregorian(day.year, day.month, day.day)
    value = typed(written="-".join(map(str, solar)), calendar="solar_hijri")
    assert value["date"] == day.isoformat()
    nepali = nepali_datetime.date.from_datetime_date(day)
    value = typed(written=f"{nepali.year}-{nepali.month}-{nepali.day}", calendar="bikram_sambat")
    assert value["date"] == day.isoformat()
