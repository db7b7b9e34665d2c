"""What the script adds: sections in place, one sending, no typing lost, the quick way out. All of it can be missing."""

import pytest

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def page(visit):
    with visit(**PHONE) as opened:
        yield opened


@pytest.fixture
def bare(chromium, specimen):
    """A browser that may meet a broken line or another machine, as a stand-in says."""
    context = chromium.new_context(base_url=specimen, **PHONE)
    yield context.new_page()
    context.close()


def test_a_section_opens_in_place_and_folds_again(page):
    page.goto("/specimen")
    before, address = page.evaluate("history.length"), page.url
    page.locator("#identity a[data-open]").click()
    page.locator("#identity.section-open").wait_for()
    assert page.locator("#identity").get_by_text("+965 5550 4471").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Who they are"
    assert (page.evaluate("history.length"), page.url) == (before, address)
    page.locator("#identity a[data-fold]").click()
    assert "+965 5550 4471" not in page.content()
    assert page.evaluate("document.activeElement.matches('#identity a')")


def test_a_section_asks_for_a_fragment(page):
    page.goto("/specimen")
    with page.expect_request("**/specimen/identity") as asked:
        page.locator("#identity a[data-open]").click()
    assert asked.value.headers["x-fragment"] == "1"


def test_a_section_that_does_not_come_says_so(bare):
    bare.goto("/specimen")
    bare.route("**/specimen/identity", lambda route: route.abort())
    bare.locator("#identity a[data-open]").click()
    assert bare.locator("#identity [role=alert]").inner_text().startswith("This did not open")
    assert bare.locator("#identity a[data-open]").is_visible()


def test_a_form_is_sent_once(page):
    sent = []
    page.route("**/cases/log", lambda route: (sent.append(route.request.url), route.fulfill(status=204)))
    page.goto("/page/cases/new")
    button = page.get_by_role("button", name="Log this contact")
    with page.expect_request("**/cases/log"):
        button.dblclick()
    page.wait_for_timeout(300)
    assert len(sent) == 1
    assert button.get_attribute("aria-disabled") == "true"


def test_leaving_with_something_typed_asks_first(page):
    page.goto("/page/case/edit")
    _grounds(page).fill("something")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Cases").click()
    page.wait_for_url("**/cases/listing")
    assert asked == ["beforeunload"]


def test_leaving_with_nothing_typed_asks_nothing(page):
    page.goto("/page/case/edit")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Cases").click()
    page.wait_for_url("**/cases/listing")
    assert asked == []


def test_a_draft_is_kept_at_a_pause(page):
    page.goto("/page/cases/new")
    with page.expect_request(lambda request: request.method == "POST") as asked:
        page.locator("[name=called]").fill("Rosa")
    assert asked.value.url.endswith("/cases/log")
    assert "Rosa" in asked.value.post_data
    assert 'name="draft"' in asked.value.post_data
    page.get_by_text("Draft kept").wait_for()


@pytest.mark.parametrize("way", ["link", "keys"])
def test_the_quick_way_out(bare, way):
    bare.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="neutral"))
    bare.goto("/page/case/open")
    bare.locator("h1").click()
    length = bare.evaluate("history.length")
    with bare.expect_request("**/signing_in/leave") as ended:
        if way == "link":
            bare.get_by_role("link", name="Quick exit").click()
        else:
            for _ in range(3):
                bare.keyboard.press("Escape")
    bare.wait_for_url("https://www.wikipedia.org/")
    assert ended.value.method == "POST"
    assert bare.evaluate("history.length") == length


def test_dark_is_one_press_away_and_nothing_is_loaded_anew(page):
    page.goto("/page/cases/new")
    page.locator("[name=called]").fill("Rosa")
    page.locator(".menu summary").last.click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert page.locator("[name=called]").input_value() == "Rosa"


def test_a_menu_closes_by_escape_and_gives_the_focus_back(page):
    page.goto("/page/today")
    menu = page.locator(".menu").last
    menu.locator("summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_page_that_rests_too_long_shows_nothing_more(page):
    page.clock.install()
    page.goto("/page/case/open")
    page.clock.fast_forward("16:00")
    page.get_by_text("This page rested too long").wait_for()
    assert "passport" not in page.locator("main").inner_text()


def test_a_page_with_something_typed_stays(page):
    page.clock.install()
    page.goto("/page/case/edit")
    _grounds(page).fill("something")
    page.clock.fast_forward("16:00")
    assert page.get_by_label("Grounds given").input_value() == "something"


def test_the_six_words_can_be_looked_at(page):
    page.goto("/page/sign_in")
    page.get_by_label("Show what I type").check()
    assert page.locator("[name=passphrase]").get_attribute("type") == "text"


def test_nothing_is_kept_in_the_browser(page):
    page.goto("/page/cases/new")
    page.locator("[name=called]").fill("Rosa")
    page.get_by_text("Draft kept").wait_for()
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, "", 0, 0]


def test_without_the_script_sections_and_menus_are_plain(visit):
    with visit(java_script_enabled=False, **PHONE) as page:
        page.goto("/specimen")
        page.locator(".menu summary").last.click()
        assert page.get_by_role("button", name="Sign out").is_visible()
        page.locator(".menu summary").last.click()
        page.locator("#identity a[data-open]").click()
        page.wait_for_url("**/specimen/identity")
        assert page.get_by_text("+965 5550 4471").is_visible()


def test_how_consent_was_given_is_asked_once_it_was_given(visit):
    with visit(java_script_enabled=False, **PHONE) as page:
        page.goto("/page/cases/new")
        how = page.get_by_role("group", name="How did they say it?")
        assert not how.is_visible()
        page.locator("[name='consent.given'][value=yes]").check()
        assert how.is_visible()


def _grounds(page):
    """A question in a fold, which is opened."""
    page.get_by_text("The arrest").click()
    return page.get_by_label("Grounds given")
