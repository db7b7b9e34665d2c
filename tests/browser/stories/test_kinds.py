"""V6, V7, L7 and what belongs to them: days added up, a flight in another zone, a decision; evidence, a sign with its source."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from casework import clock
from tests.browser.stories.desk import Desk


def _edit(desk: Desk, ref: str, part: str, *folds: str) -> None:
    desk.go(f"cases/{ref}/part/{part}/edit")
    for fold in folds:
        desk.page.locator("summary", has_text=fold).first.click()


def _day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def _two_spells(desk: Desk) -> None:
    ref = desk.log(kind="detention")
    _edit(desk, ref, "legal", "Where and how long")
    spells = "detention.spells"
    desk.fill(**_day(f"{spells}-0-from", 10, 1, 2026), **_day(f"{spells}-0-until", 9, 1, 2026))
    desk.press("Save")
    # The fold with what is wrong in it comes back open, and nothing that was typed is gone.
    assert "This lies before “First day”. Look at both days." in desk.words
    assert desk.page.locator(f"[name='{spells}-0-from-day']").input_value() == "10"
    desk.fill(**_day(f"{spells}-0-until", 20, 2, 2026))
    desk.page.locator(f"button[name=add][value='{spells}']").click()
    desk.page.locator(f"[name='{spells}-1-from-day']").wait_for(state="attached")
    if not desk.page.locator(f"[name='{spells}-1-from-day']").is_visible():
        desk.page.locator("summary", has_text="Where and how long").first.click()
    desk.fill(**_day(f"{spells}-1-from", 1, 3, 2026), **_day(f"{spells}-1-until", 31, 3, 2026))
    desk.press("Save")
    desk.go(f"cases/{ref}")
    assert "73 days in all, 71 nights; latest time 31 days" in desk.words
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_spells_are_added_up(asha):
    _two_spells(asha)


def test_two_spells_without_the_script(scriptless_asha):
    _two_spells(scriptless_asha)


def test_a_flight_in_another_zone_stands_first(asha):
    asha.log(kind="wage_theft", called="Somebody Else")
    ref = asha.log(kind="deportation")
    leaves = (clock.now() + timedelta(hours=30)).astimezone(ZoneInfo("Asia/Kuwait"))
    _edit(asha, ref, "legal")
    asha.fill(**_day("deportation.removal_at", leaves.day, leaves.month, leaves.year))
    asha.fill(**{"deportation.removal_at-time": f"{leaves:%H:%M}"})
    asha.fill(**{"deportation.removal_at-zone": "Asia/Kuwait"})
    asha.press("Save")
    asha.go(f"cases/{ref}")
    glance = asha.page.locator(".glance").inner_text()
    assert "Kuwait" in glance
    assert "29 hours left" in glance or "30 hours left" in glance or "in 29 hours" in glance
    asha.go("")
    first = asha.page.locator("main li", has=asha.page.locator("a")).first
    assert ref in first.inner_text()


def test_a_decision_gives_its_last_day_with_the_working(asha):
    ref = asha.log(kind="deportation", host="US")
    _edit(asha, ref, "legal")
    asha.fill(**_day("deportation.orders-0-served_on", 20, 3, 2026))
    asha.fill(**{"deportation.orders-0-kind": "removal"})
    asha.press("Save")
    asha.go(f"cases/{ref}/dates")
    for fold in asha.page.locator("details").all():
        fold.evaluate("e => e.open = true")
    assert "20 Apr 2026" in asha.words
    assert "Sun 19 Apr 2026 is not worked (weekend)" in asha.words


def test_a_sign_keeps_its_source_and_counts_say_what_is_missing(asha):
    ref = asha.log(kind="trafficking")
    _edit(asha, ref, "story", "Act", "Signs of forced labour")
    acts = "trafficking.acts-recruitment"
    asha.page.locator(f"[name='{acts}'][value='present']").check()
    asha.page.locator(f".item:has([name='{acts}']) summary").click()
    asha.fill(**{f"{acts}-from": "The person", f"{acts}-on-written": "3 March 2025"})
    asha.page.locator("[name='trafficking.indicators-deception'][value='strong']").check()
    asha.press("Save")
    assert "The person" in asha.words
    asha.go(f"cases/{ref}")
    glance = asha.page.locator(".glance").inner_text()
    assert "1 of 11" in glance
    assert "missing" in glance
    assert "1 with source and day" in glance
    assert "victim" not in asha.words.casefold()


def test_evidence_says_what_is_missing_first(asha):
    ref = asha.log(kind="wage_theft")
    _edit(asha, ref, "evidence", "What to look for")
    name = "wage_theft.checklist-payslips"
    asha.page.locator(f"[name='{name}'][value='photo']").check()
    asha.page.locator(f".item:has([name='{name}']) summary").click()
    asha.fill(**{f"{name}-holder": "self", f"{name}-place": "With her sister"})
    asha.press("Save")
    assert "1 of 14 are there" in asha.words
    assert asha.words.index("Missing") < asha.words.index("Payslips")
    assert "With her sister" in asha.words
