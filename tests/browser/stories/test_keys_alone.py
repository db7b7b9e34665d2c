"""A first contact from the top of the page to the case by the keyboard alone, and back to it at any time."""

import pytest

LAPTOP = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
MOST = 150
FOCUSED = """(() => {
  const e = document.activeElement;
  return [e.name || "", e.textContent.trim(), e.closest("[data-section]")?.id || ""];
})()"""
#: Whether somebody sees where they are: an outline, or the one of what the box stands in.
OUTLINED = """() => {
  const on = (e) => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0; };
  let e = document.activeElement;
  return on(e) || on(e.closest("label") || e) || getComputedStyle(e).boxShadow !== "none";
}"""


@pytest.fixture
def asha(at, live_world):
    return at(live_world.asha, **LAPTOP)


def _tab_to(page, wanted, section=""):
    """Press Tab until the focus is on an input of this name, or on what begins with these words."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        name, words, within = page.evaluate(FOCUSED)
        if wanted in (name, words.split("\n")[0].split(":")[0]) and section in within:
            assert page.evaluate(OUTLINED), wanted
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_a_first_contact_by_keyboard_alone(asha):
    page, press = asha.page, asha.page.keyboard.press
    asha.go()
    press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    _tab_to(page, "New contact")
    with page.expect_navigation():
        press("Enter")
    _tab_to(page, "language")
    page.keyboard.type("Nepali")
    _tab_to(page, "safe_now")
    press("Space")
    _tab_to(page, "called")
    page.keyboard.type("Sita Test")
    _tab_to(page, "kind")
    press("ArrowDown")
    press("ArrowDown")
    _tab_to(page, "what_happened")
    page.keyboard.type("Three months without pay.")
    _tab_to(page, "consent.given")
    press("Space")
    _tab_to(page, "consent.how")
    press("Space")
    _tab_to(page, "consent.interpreter")
    page.keyboard.type("None")
    _tab_to(page, "consent.present")
    press("Space")
    _tab_to(page, "Log this contact")
    with page.expect_navigation():
        press("Enter")
    asha.arrived()
    assert page.locator("h1").inner_text() == "Sita Test"


def test_the_skip_link_leads_past_the_bars(asha):
    asha.go()
    asha.page.keyboard.press("Tab")
    asha.page.keyboard.press("Enter")
    assert asha.page.evaluate("document.activeElement.id") == "main"


def test_a_section_is_opened_and_folded_by_keyboard(asha):
    asha.log()
    _tab_to(asha.page, "What happened", "story")
    asha.page.keyboard.press("Enter")
    asha.page.get_by_text("Three months without pay.").wait_for()
    _tab_to(asha.page, "Fold", "story")
    asha.page.keyboard.press("Enter")
    asha.section("What happened").locator("a[data-open]").wait_for()
    assert "Three months without pay." not in asha.page.content()
