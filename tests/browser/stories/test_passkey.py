"""A passkey with the PRF extension, by a virtual authenticator: added, used in the place of words and code, removed."""

from dataclasses import replace

import pytest

from casework.access.models import Passkey
from casework.db import db
from tests import factories
from tests.stories import sign_in, visitor

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DEVICE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(page, **more):
    """A virtual authenticator in this browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | more})


def count(live):
    with live.app.app_context():
        return db.session.query(Passkey).count()


def by_name(live):
    """Passkeys are bound to a name; an address of numbers has none."""
    return replace(live, url=live.url.replace("127.0.0.1", "localhost"))


def add(page):
    page.goto("/account/")
    page.fill("[name=present]", factories.PASSPHRASE)
    page.get_by_role("button", name="Add a passkey of this device").click()


def test_a_passkey_is_added_used_and_removed(chromium, live, live_world):
    with visitor(chromium, by_name(live)) as page:
        with_device(page, hasPrf=True)
        sign_in(page, live_world.asha)
        add(page)
        page.get_by_text("From now on this passkey opens your account").wait_for()
        assert count(live) == 1
        page.goto("/account/")
        page.get_by_role("button", name="Sign out everywhere").click()
        page.wait_for_url("**/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto("/account/")
        assert page.locator("[name=present]").is_visible()
        page.get_by_role("button", name="Remove").click()
        page.get_by_text("This passkey opens nothing here any more").wait_for()
        assert count(live) == 0


def test_a_device_that_works_out_no_secret_is_told_so(chromium, live, live_world):
    with visitor(chromium, by_name(live)) as page:
        with_device(page)
        sign_in(page, live_world.asha)
        add(page)
        page.get_by_text("This passkey cannot be used here").wait_for()
        assert count(live) == 0


def test_without_a_script_nothing_is_offered(chromium, live, live_world):
    with visitor(chromium, by_name(live), java_script_enabled=False) as page:
        sign_in(page, live_world.asha)
        page.goto("/account/")
        assert page.locator("[name=present]").is_hidden()
        page.context.clear_cookies()
        page.goto("/sign-in")
        assert page.get_by_role("button", name="Sign in with a passkey").is_hidden()
