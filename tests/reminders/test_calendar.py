"""The file of a calendar, read as calendar programs read it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from casework import clock
from casework.reminders import calendar
from casework.reminders.feed import Days

NOW = datetime(2026, 3, 22, 9, 30, tzinfo=UTC)
FEED = UUID(int=7)
DAY = date(2026, 4, 2)


def words(number):
    return f"Casework: {number} dates"


def file(numbers, feed=FEED, now=NOW):
    with clock.at(now):
        return calendar.written(Days(feed, numbers), words)


def read(raw):
    return [part for part in Calendar.from_ical(raw).walk() if part.name == "VEVENT"]


@given(st.dictionaries(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(1, 500), max_size=30))
def test_a_reader_finds_every_day_whole_and_its_number(numbers):
    found = {entry.start: (entry.end, str(entry["summary"])) for entry in read(file(numbers))}
    assert found == {day: (day + timedelta(days=1), words(number)) for day, number in numbers.items()}


def test_an_entry_has_no_more_than_it_needs():
    (entry,) = read(file({DAY: 2}))
    assert set(entry) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"}
    assert entry.subcomponents == []
    assert type(entry.start) is date


def test_an_entry_keeps_its_name_while_its_number_changes_and_loses_it_with_the_address():
    (before,), (after,) = read(file({DAY: 2})), read(file({DAY: 3}))
    (other,) = read(file({DAY: 2}, feed=UUID(int=8)))
    assert before["uid"] == after["uid"] != other["uid"]
    assert str(FEED) not in before["uid"]


def test_the_same_numbers_on_one_day_are_the_same_bytes():
    later = NOW + timedelta(hours=14)
    assert file({DAY: 2}) == file({DAY: 2}, now=later)
    assert file({DAY: 2}) != file({DAY: 1})


def test_an_empty_calendar_is_a_calendar():
    assert Calendar.from_ical(file({}))["version"] == "2.0"


def test_lines_end_and_fold_as_the_standard_says():
    raw = calendar.written(Days(FEED, {DAY: 1}), lambda _: "é" * 200)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.endswith(b"\r\n")
