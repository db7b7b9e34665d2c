"""The calendar's address through the pages: shown once, fetched by a program without a session, and ended."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

from casework import clock
from tests.web.visitor import text

_ADDRESS = re.compile(r"http://[^/]+(/calendar/[a-z]+/[\w-]+\.ics)")


@pytest.fixture
def program(app):
    """A calendar program: it has the address and no cookie."""
    return app.test_client()


def make(visitor):
    visitor.get(visitor.at("reminders/"))
    shown = visitor.get(visitor.post(visitor.at("reminders/calendar")).location).get_data(as_text=True)
    return _ADDRESS.search(shown).group(1)


def a_task(visitor):
    case = visitor.log().location
    day = clock.today() + timedelta(days=10)
    visitor.get(f"{case}/dates/new")
    sent = {"title": "Bring the passport copy", "owner": "", "backup": ""}
    parts = {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)}
    assert visitor.post(f"{case}/dates/new", sent | parts).status_code == 302
    return case, day


def test_a_program_reads_the_number_of_dates_and_nothing_about_them(asha, program):
    case, day = a_task(asha)
    answer = program.get(make(asha))
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    entries = {one.start: str(one["summary"]) for one in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert entries[day] == "Casework: 1 date"
    said = answer.get_data(as_text=True)
    for word in ("passport", "Sita", case.rpartition("/")[2], "Harbour"):
        assert word not in said


def test_it_is_kept_nowhere_and_not_sent_twice(asha, program):
    a_task(asha)
    path = make(asha)
    first = program.get(path)
    assert first.headers["Cache-Control"] == "no-store"
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert path.rpartition("/")[2] not in str(first.headers)
    again = program.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    a_task(asha)
    assert program.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_it_speaks_the_language_of_its_address(asha, program):
    a_task(asha)
    path = make(asha)
    for language in ("es", "ar", "xx", "en"):
        assert program.get(path.replace("/en/", f"/{language}/")).status_code == 200


def test_the_address_is_shown_once(asha):
    make(asha)
    assert not _ADDRESS.search(asha.get(asha.at("reminders/")).get_data(as_text=True))
    assert "Your calendar has an address since" in text(asha.last)


def test_a_wrong_an_older_and_an_ended_address_answer_as_if_there_were_none(asha, program):
    older, path = make(asha), make(asha)
    for wrong in (older, path[:-5] + "x.ics", "/calendar/en/x.ics"):
        assert program.get(wrong).status_code == 404
    asha.get(asha.at("reminders/"))
    assert asha.post(asha.at("reminders/calendar/end")).status_code == 302
    assert program.get(path).status_code == 404


def test_the_secret_opens_no_page_and_a_session_no_calendar(asha, program):
    path = make(asha)
    program.get(path)
    assert program.get(asha.at()).status_code == 302
    assert "Set-Cookie" not in program.get(path).headers


def test_guessing_is_slowed_down_and_a_calendar_that_is_asked_too_often(asha, app, program):
    path = make(asha)
    wrong = [program.get(f"/calendar/en/{number}.ics").status_code for number in range(62)]
    assert wrong == [404] * 60 + [429] * 2
    assert program.get(path).status_code == 200
    often = [program.get(path) for _ in range(60)]
    assert [one.status_code for one in often] == [200] * 59 + [429]
    assert int(often[-1].headers["Retry-After"]) > 0


def test_an_ally_finds_no_such_page(visit, world):
    luz = visit(world.luz)
    assert luz.get(luz.at("reminders/")).status_code == 404
