"""What a lawyer says of a rule: verified, disputed, blocked; and a desk that counts its cases anew after it."""

from datetime import timedelta

import pytest

from casework import clock
from casework.deadlines import rules
from tests.browser.stories.test_ally import arrive

THIRTY = "us.bia_appeal@30 days"


@pytest.fixture
def luz(at, live_world):
    """A lawyer who came before, and has promised."""
    luz = at(live_world.luz)
    arrive(luz)
    return luz


def say(luz, mark, source):
    """The lawyer looks the rule up in the list, and says something of it."""
    luz.go()
    luz.follow("Rules of time")
    # Folded by country; opened as a finger would.
    country = luz.page.locator("details", has_text="United States")
    if country.get_attribute("open") is None:
        country.locator("> summary").click()
    digest = rules.load().by_key[THIRTY].digest
    with luz.page.expect_navigation():
        luz.page.locator(f"main a[href$='/{digest}']").click()
    luz.fill(mark=mark, source=source)
    luz.press("Keep it")


def served(desk, ref, days_ago):
    """An order of removal, served so many days ago."""
    day, at = clock.today() - timedelta(days=days_ago), "deportation.orders-0-served_on"
    desk.go(f"cases/{ref}/part/legal/edit")
    desk.fill(**{"deportation.orders-0-kind": "removal"})
    desk.fill(**{f"{at}-day": str(day.day), f"{at}-month": str(day.month), f"{at}-year": str(day.year)})
    desk.press("Save")


def counted_anew(desk):
    """Today says that rules or marks have changed, and counts until nothing is left."""
    desk.go()
    assert "Rules or marks have changed" in desk.words
    while desk.page.get_by_role("button", name="Go on counting").count():
        desk.press("Go on counting")


def appeal(desk, ref):
    """The row of the appeal among the dates of the case."""
    desk.go(f"cases/{ref}/dates")
    return desk.section("Dates and tasks").locator("li.row", has_text="Appeal to the Board").inner_text()


def ended(desk, ref):
    """What stands under the dates that are done, or struck out."""
    desk.go(f"cases/{ref}/dates")
    fold = desk.section("Dates and tasks").locator("details", has_text="Done, or struck out")
    fold.locator("> summary").click()
    text: str = fold.inner_text()
    assert "The appeal was received." in text
    return text


def test_a_lawyer_verifies_disputes_and_blocks_a_rule(asha, luz, at, live_world):
    ref, done = (asha.log(called=name, kind="deportation", host="US") for name in ("Sita A", "Ram B"))
    for case in (ref, done):
        served(asha, case, 2)
    asha.go(f"cases/{done}/dates")
    asha.page.locator("main a", has_text="Appeal to the Board").first.click()
    asha.fill(reason="The appeal was received.")
    asha.press("It is done")
    was = ended(asha, done)
    before = appeal(asha, ref)
    assert "Unverified" in before

    say(luz, "verified", "8 CFR 1003.38(b), read today")
    assert "8 CFR 1003.38(b), read today" not in luz.page.content()  # boxed to the desk
    counted_anew(asha)
    assert "Unverified" not in appeal(asha, ref)

    say(luz, "disputed", "A circular of last week says otherwise")
    counted_anew(asha)
    assert "Unverified" in appeal(asha, ref)

    say(luz, "blocked", "A court stayed it, order of this morning")
    assert "Marked as blocked" in luz.words
    # Whoever unlocks next is told, counts, and finds the case on Today until somebody has looked.
    bo = at(live_world.bo)
    counted_anew(bo)
    moved = bo.page.locator("section", has_text="A rule has moved these: look at each")
    assert ref in moved.inner_text()
    assert done not in moved.inner_text()
    now = appeal(asha, ref)
    assert "A rule has moved this" in now
    assert now != before
    # What was done stays as it was.
    assert ended(asha, done) == was
    # Looked at: it leaves Today and keeps its new day.
    asha.go(f"cases/{ref}/dates")
    asha.page.locator("main a", has_text="Appeal to the Board").first.click()
    asha.press("I have looked at it")
    bo.go()
    assert "A rule has moved these" not in bo.words
