"""A screen that was left: the session ends, the page shows nothing more, and there is a quick way out."""

import re

import pytest
import redis


@pytest.fixture
def rest(redis_url):
    """Lets every session rest for longer than it may: what opens it is gone from memory."""

    def _rest():
        with redis.Redis.from_url(redis_url) as store:
            kept = list(store.scan_iter("session:*"))
            assert kept
            store.delete(*kept)

    return _rest


def test_a_session_that_rested_leads_to_the_sign_in(asha, rest):
    ref = asha.log()
    rest()
    asha.go(f"cases/{ref}/part/story")
    assert asha.page.url.endswith("/sign-in")
    assert "Sita" not in asha.page.content()
    asha.page.go_back()
    assert "Sita" not in asha.page.content()


def test_a_section_opened_after_the_rest_leads_there_too(asha, rest):
    asha.log()
    rest()
    asha.section("What happened").locator("a[data-open]").click()
    asha.page.wait_for_url("**/sign-in")
    assert "Sita" not in asha.page.content()


def test_a_page_that_rests_shows_nothing_more_by_itself(asha):
    asha.page.clock.install()
    asha.log()
    asha.section("What happened").locator("a[data-open]").click()
    asha.page.get_by_text("Three months without pay.").wait_for()
    asha.page.clock.fast_forward("16:00")
    asha.page.get_by_text("This page rested too long").wait_for()
    assert "Sita" not in asha.words
    assert "Three months" not in asha.page.content()


@pytest.mark.parametrize("script", [True, False])
def test_what_was_typed_before_the_rest_is_kept_and_not_shown_to_whoever_sits_there(
    at, live_world, rest, script
):
    asha = at(live_world.asha, java_script_enabled=script)
    asha.go("cases/new")
    asha.fill(language="ne", safe_now="yes", what_happened="A long story, told once only.")
    rest()
    asha.press("Log this contact")
    assert "What was typed is kept for 72 hours" in asha.words
    assert "A long story" not in asha.page.content()


def test_signing_out_leaves_nothing_behind(asha):
    asha.log()
    asha.page.locator(".menu summary").last.click()
    asha.page.get_by_role("button", name="Sign out").click()
    asha.page.wait_for_url("**/sign-in")
    asha.page.go_back()
    assert "Sita" not in asha.page.content()


@pytest.mark.parametrize("way", ["link", "keys"])
def test_the_quick_exit_ends_the_session_and_takes_its_place(chromium, live, asha, way):
    page = asha.page
    # No other machine is asked: the neutral page is answered here.
    away = page.context.browser.new_context(base_url=live.url)
    away.add_cookies(page.context.cookies())
    away.route(re.compile("wikipedia"), lambda route: route.fulfill(body="neutral"))
    asha.log()
    shown = away.new_page()
    shown.goto(page.url)
    assert "Sita" in shown.content()
    with shown.expect_request("**/sign-out"):
        if way == "link":
            shown.get_by_role("link", name="Quick exit").click()
        else:
            for _ in range(3):
                shown.keyboard.press("Escape")
    shown.wait_for_url("https://www.wikipedia.org/")
    page.reload()
    page.wait_for_url("**/sign-in")
    away.close()
