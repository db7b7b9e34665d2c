"""A case is closed to others, somebody leaves, the desk is locked and opened with cards: by hand, without a script too."""

import os
import re

import pytest
from playwright.sync_api import Page

from casework.db import db
from tests import factories
from tests.browser.stories.desk import follow
from tests.factories.worlds import code
from tests.stories import sign_in

_FOLDER = os.environ.get("CASEWORK_PICTURES")


def look(page: Page, name: str) -> None:
    """A picture, where somebody asked for pictures; never wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, (name, wide)
    if _FOLDER:
        page.screenshot(path=f"{_FOLDER}/{name}.png", full_page=True)


@pytest.fixture
def logged(live, live_world):
    """A case of Asha's, and the address of the desk."""
    with live.app.app_context():
        row = factories.case(live_world.actor(live_world.asha), called="Sita Test", kind="wage_theft")
        db.session.commit()
        return row.ref, f"/desk/{code(live_world.host_id)}"


def test_on_a_phone(phone: Page, live_world, logged):
    ref, desk = logged
    _play(phone, live_world, ref, desk, "phone")


def test_without_a_script(scriptless: Page, live_world, logged):
    ref, desk = logged
    _play(scriptless, live_world, ref, desk, "plain")


def _play(page: Page, world, ref: str, desk: str, name: str) -> None:
    sign_in(page, world.mei)
    page.goto(f"{desk}/cases/{ref}")
    look(page, f"{name}-why")
    page.click("text=I stand in for the worker")
    page.click("main button:has-text('Open the case')")
    assert page.url.endswith(ref)
    follow(page, "Who can see it")
    page.click("text=Only those named below")
    for who in ("Asha", "Bo", "Mei"):
        page.get_by_label(who, exact=True).check()
    look(page, f"{name}-who")
    page.click("main button:has-text('Save')")
    assert page.locator("text=Only Asha, Bo, Mei").count() >= 1
    follow(page, "Who can see it")
    page.click("text=Everybody who works at this desk")
    page.click("main button:has-text('Save')")
    page.goto(f"{desk}/")
    page.click("summary:has-text('Opened with a reason')")
    look(page, f"{name}-today")
    page.goto(f"{desk}/members/")
    look(page, f"{name}-members")
    page.goto(f"{desk}/members/{world.asha.id}")
    assert page.locator("text=write the hand-over note").count() == 1
    look(page, f"{name}-leaving")
    page.goto(f"{desk}/cards/")
    page.click("text=Make three cards")
    look(page, f"{name}-cards")
    cards = [re.sub(r"\s+", " ", text) for text in page.locator("code.secret-long").all_inner_texts()]
    page.goto(f"{desk}/cards/")
    page.fill("[name=card1]", cards[0])
    page.fill("[name=card2]", cards[2])
    page.click("text=Try them")
    page.goto(f"{desk}/lock/")
    look(page, f"{name}-lock")
    page.click("text=Go on to the lock")
    page.check("[name=sure]")
    look(page, f"{name}-lock-now")
    page.click("button:has-text('Lock now')")
    assert page.url.endswith("/sign-in")
