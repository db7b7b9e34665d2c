"""The sign-in page on every device that stories are played on, and proof that what is watched is seen."""

import pytest

from tests import stories


def _opens(page, name):
    page.goto("/sign-in")
    assert page.locator("h1").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"


def test_on_a_laptop(page):
    _opens(page, "the laptop")
    assert page.locator("html").get_attribute("dir") == "ltr"


def test_on_a_phone(phone):
    _opens(phone, "the phone")
    assert phone.evaluate("matchMedia('(pointer: coarse)').matches")


def test_at_night(dark):
    _opens(dark, "the laptop at night")
    light = dark.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    )
    assert sum(light) < 3 * 128


def test_from_right_to_left(arabic):
    _opens(arabic, "the page in Arabic")
    assert arabic.locator("html").get_attribute("dir") == "rtl"


def test_without_javascript(scriptless):
    scriptless.goto("/sign-in")
    assert scriptless.locator("h1").first.is_visible()


def _look(chromium, live, address, script):
    with stories.visitor(chromium, live) as page:
        page.goto(address)
        page.evaluate(script)


def test_an_error_of_a_page_would_be_seen(chromium, live):
    with pytest.raises(AssertionError, match="marked"):
        _look(chromium, live, "/sign-in", "console.error('marked')")


def test_a_request_to_another_machine_would_be_seen(chromium, live):
    with pytest.raises(AssertionError, match="elsewhere"):
        _look(chromium, live, "/healthz", "fetch('http://elsewhere.invalid/').catch(() => 0)")


def test_a_broken_policy_would_be_seen(chromium, live):
    with pytest.raises(AssertionError, match="Content Security Policy"):
        _look(chromium, live, "/sign-in", "document.body.setAttribute('style', 'color: red')")


def test_a_quiet_page_raises_nothing(chromium, live):
    _look(chromium, live, "/sign-in", "1")


def test_a_volunteer_signs_in_without_javascript(scriptless, live_world):
    stories.sign_in(scriptless, live_world.asha)
    assert scriptless.locator("form[action='/sign-out']").first.count() == 1


def test_a_volunteer_signs_in_on_a_phone(phone, live_world):
    stories.sign_in(phone, live_world.asha)
    assert phone.locator("h1").first.is_visible()
