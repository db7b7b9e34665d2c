"""From one command to a second person at the desk: the first coordinator, an invitation, digits that agree."""

import time

import pyotp
import pytest

from tests import stories
from tests.browser.stories.desk import follow, press

PATIENCE = 60_000  # milliseconds; passphrase work is short in tests, but a busy machine is not


@pytest.fixture
def link(live):
    """What the operator's one command prints."""
    said = live.app.test_cli_runner().invoke(args=["casework", "set-up", "--address", live.url])
    assert said.exit_code == 0, said.output
    return said.output.splitlines()[-1]


@pytest.fixture
def colleague(chromium, live):
    with stories.visitor(chromium, live, viewport={"width": 390, "height": 844}) as opened:
        yield opened


def _take_keys(page, login):
    """Both steps of a one-time link: a name, then six words and a code that are used at once."""
    page.fill("[name=login]", login)
    press(page, "Go on")
    assert page.locator("img.qr").is_visible()
    words = " ".join(page.locator("ol.secret li").all_inner_texts())
    assert len(words.split()) == 6
    page.get_by_text("I cannot scan it").click()
    app = pyotp.TOTP(page.locator("details code.secret").inner_text().replace(" ", ""))
    page.fill("[name=passphrase]", words)
    page.fill("[name=code]", app.now())
    press(page, "Finish")
    return words, app


def _found(page, link):
    page.goto(link)
    page.fill("[name=network]", "Test network")
    page.fill("[name=desk]", "Test desk")
    page.fill("[name=name]", "Mei")
    _take_keys(page, "mei-test")


def _invite(page):
    _to(page, "Desk")
    follow(page, "Invite somebody")
    page.fill("[name=name]", "Asha")
    page.select_option("[name=role]", "volunteer")
    press(page, "Make the link")
    return page.locator("code.secret").inner_text()


def _to(page, place):
    follow(page, place, ".places")


def _to_her_desk(page):
    """Somebody with a network and one desk is asked where she works now."""
    if page.get_by_role("link", name="Test desk").count():
        follow(page, "Test desk")


def test_one_command_a_coordinator_a_volunteer(page, colleague, link):
    page.set_default_timeout(PATIENCE)
    colleague.set_default_timeout(PATIENCE)
    _found(page, link)
    _to_her_desk(page)
    assert _not_live(page)
    colleague.goto(_invite(page))
    words, app = _take_keys(colleague, "asha-test")
    hers, desks = colleague.locator("code.secret").all_inner_texts()

    _to(page, "Desk")
    follow(page, "Compare and let in")
    assert page.locator("code.secret").inner_text() == desks
    page.fill("[name=digits]", hers)
    press(page, "They agree: let them in")
    assert "They are in" in page.locator("main").inner_text()

    _to(page, "Today")
    assert not _not_live(page)
    follow(colleague, "Load again")
    _to_her_desk(colleague)
    assert not _not_live(colleague)
    assert colleague.locator("h1").inner_text() == "Today"
    assert colleague.locator(".topbar").get_by_text("Test desk").count()
    _sign_in_again(colleague, words, app)


def _not_live(page):
    """Whether Today says that one passphrase could lose every case, and leads to what mends it."""
    assert page.locator("h1").inner_text() == "Today"
    if not page.get_by_text("This desk takes no cases yet").count():
        return False
    assert page.locator(".notice").get_by_role("link", name="Recovery cards").is_visible()
    return page.locator(".notice").get_by_role("link", name="Invite somebody").is_visible()


def _sign_in_again(page, words, app):
    """The six words and the next code open the same desk; each code counts once."""
    page.locator(".menu summary").last.click()
    press(page, "Sign out")
    page.fill("[name=login]", "asha-test")
    page.fill("[name=passphrase]", words)
    page.fill("[name=code]", app.at(int(time.time()) + app.interval))
    press(page, "Sign in")
    assert page.locator("h1").inner_text() in {"Today", "Where do you work now?"}


def test_digits_that_differ_let_nobody_in(page, colleague, link):
    page.set_default_timeout(PATIENCE)
    _found(page, link)
    _to_her_desk(page)
    colleague.goto(_invite(page))
    _take_keys(colleague, "asha-test")
    _to(page, "Desk")
    follow(page, "Compare and let in")
    page.fill("[name=digits]", "00000 00000 00000")
    press(page, "They agree: let them in")
    assert "These digits do not agree" in page.locator("main").inner_text()
    follow(colleague, "Load again")
    assert "compare a code" in colleague.locator("h1").inner_text()


def test_a_link_is_for_one_use(page, colleague, link):
    page.set_default_timeout(PATIENCE)
    _found(page, link)
    colleague.goto(link)
    assert "This page is not here" in colleague.locator("h1").inner_text()
