"""How a case ends, and what two people decide: an embassy, a hold, a copy for the person, an erasure."""

from datetime import timedelta

import pytest

from casework import clock
from tests.browser.stories.desk import AGREED

EMBASSY = "Embassy (test)"


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def script(request):
    """Whether the browsers of a story run JavaScript."""
    return request.param


@pytest.fixture
def asha(at, live_world, script):
    """The volunteer."""
    return at(live_world.asha, java_script_enabled=script)


@pytest.fixture
def mei(at, live_world, script):
    """The coordinator."""
    return at(live_world.mei, java_script_enabled=script)


def _closes(desk, ref):
    desk.go(f"cases/{ref}/close")
    desk.fill(reason="goal_met", person_told="yes", told_on="2026-01-02", told_how="By telephone")
    desk.fill(copy_offered="yes", referrer_told="nobody")
    desk.press("Close the case")
    assert "This case is closed" in desk.words


def test_closed_held_freed_and_opened_again(case, asha, mei):
    ref = case()
    _closes(asha, ref)
    mei.go(f"cases/{ref}")
    mei.go(f"closed/{ref}")
    assert "Its names go on" in mei.words
    until = (clock.today() + timedelta(days=100)).isoformat()
    mei.fill(what="held", why="An appeal runs.", until=until)
    mei.press("Keep it")
    assert "An appeal runs." in mei.words
    mei.page.get_by_text("Take its names away now").click()
    mei.page.locator("main [name=ref_again]").fill(ref)
    mei.press("Take its names away")
    assert "is held until" in mei.words
    asha.go(f"cases/{ref}/reopen")
    asha.fill(motive="New papers came.", to="action")
    asha.press("Open again")
    assert "This case is closed" not in asha.words


def test_a_copy_and_then_everything_goes(case, asha, mei):
    ref = case(what_happened="Three months without pay.")
    mei.go(f"cases/{ref}")
    mei.go(f"cases/{ref}/erase")
    mei.follow("Give the person a copy first")
    for kept in ("Sita Test", "Three months without pay."):
        assert kept in mei.words
    mei.go(f"cases/{ref}/erase")
    mei.fill(reason="person_asked", ref_again=ref)
    mei.press("Erase it for good")
    assert ref in mei.words
    assert "Sita" not in mei.page.content()
    asha.go(f"cases/{ref}")
    assert "Sita" not in asha.page.content()
    asha.go("search/")
    asha.fill(query="Sita Test")
    asha.press("Search")
    assert ref not in asha.words


def test_an_embassy_hears_nothing_before_two_people_and_no_fear(case, asha, mei):
    ref = case(kind="deportation")
    asha.go(f"cases/{ref}/consents")
    asked = {name.removeprefix("consent."): value for name, value in AGREED.items()}
    asha.fill(purpose="embassy", **asked, language="ne", recipient=EMBASSY, data="A travel paper")
    asha.press("Write down their answer")
    _asks_for_the_embassy(asha, ref)
    assert "are not afraid to return" in asha.words
    asha.go(f"cases/{ref}/part/legal/edit")
    asha.fill(**{"deportation.fear": "no"})
    asha.press("Save")
    _asks_for_the_embassy(asha, ref)
    assert asha.page.get_by_role("button", name="Release").count() == 0
    mei.go(f"cases/{ref}")
    mei.go(f"cases/{ref}/outside")
    mei.page.locator("main button[name=decision][value=release]").first.click()
    mei.page.wait_for_load_state()
    asha.go(f"cases/{ref}/consents")
    assert EMBASSY in asha.page.get_by_role("heading", name="What left already").locator("..").inner_text()


def _asks_for_the_embassy(desk, ref):
    desk.go(f"cases/{ref}/outside")
    desk.fill(purpose="embassy", recipient=EMBASSY, home_state="yes", data="A travel paper")
    desk.press("May this go?")
