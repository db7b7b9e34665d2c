"""Dates and tasks through the pages: what was counted or written down stands in the case, and is found on the desk's day."""

import pytest


@pytest.fixture
def case(asha):
    return asha.log().location


def test_a_task_stands_in_its_section_and_has_a_page(asha, case):
    asha.get(f"{case}/dates/new")
    day = {"due-day": "3", "due-month": "4", "due-year": "2031"}
    task = {"title": "Bring the passport copy", "owner": "", "backup": ""}
    assert asha.post(f"{case}/dates/new", task | day).status_code == 302
    section = asha.get(f"{case}/dates").get_data(as_text=True)
    assert "Bring the passport copy" in section
    assert "3 Apr 2031" in section
    href = section[: section.index("Bring the passport copy")].rpartition('href="')[2].partition('"')[0]
    page = asha.get(href).get_data(as_text=True)
    assert "Bring the passport copy" in page
    assert "It is done" in page


def test_what_is_not_known_is_said(asha):
    new = asha.log(kind="wage_theft", called="Nobody Yet").location
    section = asha.get(f"{new}/dates").get_data(as_text=True)
    assert "Add a task" in section
    assert "Place of the case" in section
