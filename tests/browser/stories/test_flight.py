"""A flight in thirty hours: its steps on a phone, with and without the script; and the calendar that a phone reads."""

import urllib.error
import urllib.request
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from casework import clock
from tests.browser.stories.desk import Desk


def _steps(desk: Desk) -> None:
    ref = desk.log(kind="deportation", host="KW")
    leaves = (clock.now() + timedelta(hours=30)).astimezone(ZoneInfo("Asia/Kuwait"))
    at = "deportation.removal_at"
    desk.go(f"cases/{ref}/part/legal/edit")
    desk.fill(
        **{f"{at}-day": str(leaves.day), f"{at}-month": str(leaves.month), f"{at}-year": str(leaves.year)}
    )
    desk.fill(**{f"{at}-time": f"{leaves:%H:%M}", f"{at}-zone": "Asia/Kuwait"})
    desk.press("Save")
    desk.go(f"cases/{ref}")
    desk.follow("Steps before the flight, and after it")
    assert "29 hours" in desk.words
    assert f"{leaves:%H:%M}" in desk.words
    assert "Kuwait" in desk.words
    assert "Nobody contacts the embassy or consulate." in desk.words
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The first step that is not done stands open: one word of what came of it, and one press.
    desk.page.locator("details[open] [name=reason]").first.fill("Three remedies listed, a lawyer looks today")
    desk.page.locator("details[open] button.button-main").first.click()
    desk.page.get_by_text("Three remedies listed, a lawyer looks today").wait_for()
    done = desk.page.locator(".step", has_text="Remedies listed, lawyer found, evidence filed")
    assert "Done" in done.inner_text()
    assert "It is done" not in done.inner_text()
    following = desk.page.locator(".step:has(details[open])").first
    assert "Has a stay been applied for?" in following.inner_text()


def test_the_steps_on_a_phone(asha):
    _steps(asha)


def test_the_steps_without_the_script(scriptless_asha):
    _steps(scriptless_asha)


def test_a_calendar_program_reads_the_days_until_the_address_ends(asha):
    ref = asha.log()
    day = clock.today() + timedelta(days=5)
    asha.go(f"cases/{ref}/dates/new")
    asha.fill(title="Bring the passport copy")
    asha.fill(**{"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)})
    asha.page.locator("main form button.button-main").first.click()
    asha.go("reminders/")
    asha.press("Make an address")
    secret = urlsplit(asha.page.locator("code.secret").inner_text().strip()).path
    served = urlsplit(asha.page.url)
    address = f"{served.scheme}://{served.netloc}{secret}"
    calendar = Calendar.from_ical(_read(address))
    entries = {entry.start: str(entry["summary"]) for entry in calendar.walk("VEVENT")}
    assert entries[day] == "Casework: 1 date"
    asha.press("End the address")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _read(address)


def _read(address: str) -> bytes:
    """As a phone does: without a session."""
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - the address of our own server
        found: bytes = answer.read()
    return found
