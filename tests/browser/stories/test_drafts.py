"""Nothing typed is lost: a dropped connection, a session that rested, another device, a second tab."""

from datetime import timedelta

import pytest

from casework import clock
from tests import stories
from tests.browser.stories.desk import Desk

TYPED = {"language": "ne", "safe_now": "no", "what_happened": "Locked in at night."}


@pytest.fixture
def again(at, live_world, monkeypatch):
    """`again(…)`: the same volunteer on another device. Her next code is half a minute away; it is taken now."""

    def _again(**device) -> Desk:
        now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=30))
        return at(live_world.asha, **device)

    return _again


def rest(live) -> None:
    """Everybody's session rests too long."""
    memory = live.app.extensions["casework.memory"].client
    memory.delete(*memory.keys("session:*"))


def test_a_dropped_connection_loses_nothing(asha):
    asha.go("cases/new")
    asha.fill(**TYPED)
    state = asha.page.locator("[data-draft-state]")
    state.filter(has_text="Draft kept").wait_for()
    asha.page.context.set_offline(True)
    asha.fill(what_happened="Locked in at night. Two more are with her.")
    state.filter(has_text="Not kept yet").wait_for()
    asha.page.evaluate("scrollTo(0, 0)")
    assert state.evaluate("e => e.getBoundingClientRect().bottom < innerHeight"), "seen while somebody types"
    asha.page.context.set_offline(False)
    asha.fill(what_happened="Locked in at night. Three are with her.")
    state.filter(has_text="Draft kept").wait_for()
    asha.go()
    asha.follow("New contact: begun at")
    assert asha.page.input_value("[name=what_happened]") == "Locked in at night. Three are with her."
    asha.press("Log this contact")
    asha.arrived()
    asha.go()
    assert "begun at" not in asha.words


def test_a_press_without_a_connection_leaves_everything_where_it_is(asha):
    asha.go("cases/new")
    asha.fill(**TYPED)
    asha.page.context.set_offline(True)
    asha.page.get_by_role("button", name="Log this contact", exact=True).click()
    asha.page.locator("[data-draft-state]").filter(has_text="Not kept yet").wait_for()
    assert asha.page.input_value("[name=what_happened]") == TYPED["what_happened"]
    asha.page.context.set_offline(False)
    asha.press("Log this contact")
    asha.arrived()


def test_without_a_script_the_button_keeps_it(scriptless_asha):
    asha = scriptless_asha
    asha.go("cases/new")
    asha.fill(**TYPED)
    asha.press("Keep as a draft")
    assert "Kept for 72 hours" in asha.words
    asha.follow("New contact: begun at")
    assert asha.page.input_value("[name=what_happened]") == "Locked in at night."
    asha.press("Throw it away")
    assert "begun at" not in asha.words


@pytest.mark.parametrize("script", [True, False])
def test_a_form_sent_after_the_session_rested_waits_for_its_sender(at, live, live_world, monkeypatch, script):
    asha = at(live_world.asha, java_script_enabled=script)
    asha.go("cases/new")
    asha.fill(**TYPED)
    rest(live)
    asha.press("Log this contact")
    assert "The session of this page had ended" in asha.words
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=30))
    stories.sign_in(asha.page, live_world.asha)
    asha.go()
    asha.follow("sent at")
    assert "Nothing is sent until you send it" in asha.words
    assert asha.page.input_value("[name=what_happened]") == "Locked in at night."
    asha.press("Log this contact")
    asha.arrived()


@pytest.mark.parametrize("script", [True, False])
def test_what_was_begun_on_one_device_goes_on_on_another(at, live_world, again, script):
    phone = at(live_world.asha, java_script_enabled=script)
    phone.go("cases/new")
    phone.fill(**TYPED)
    if script:
        phone.page.locator("[data-draft-state]").filter(has_text="Draft kept").wait_for()
    else:
        phone.press("Keep as a draft")
    laptop = again(java_script_enabled=script, viewport={"width": 1280, "height": 800}, is_mobile=False)
    laptop.go("cases/new")
    assert "on another device" in laptop.words
    laptop.follow("Go on")
    assert laptop.page.input_value("[name=what_happened]") == "Locked in at night."
    laptop.press("Log this contact")
    laptop.arrived()
    phone.go()
    assert "begun at" not in phone.words


@pytest.mark.parametrize("script", [True, False])
def test_a_second_tab_is_ones_own(at, live_world, script):
    asha = at(live_world.asha, java_script_enabled=script)
    ref = asha.log()
    asha.go(f"cases/{ref}/part/story/edit")
    second = Desk(asha.page.context.new_page(), asha.root)
    second.go(f"cases/{ref}/part/story/edit")
    for tab, words in ((second, "In the second tab."), (asha, "In the first tab.")):
        tab.fill(what_happened=words)
        tab.press("Save")
    assert "You changed this in another tab" in asha.words
    for version in ("In the second tab.", "In the first tab."):
        assert version in asha.words
    asha.press("Save")
    assert "In the first tab." in asha.words
