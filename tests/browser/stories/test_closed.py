"""A coordinator sees to closed cases: one is held, another loses its names, and the next shift finds it told."""

from datetime import UTC, datetime, timedelta

import pytest

from casework import clock
from casework.db import db
from tests.retention.closed import closed

pytestmark = [pytest.mark.slow, pytest.mark.browser]
LONG_AGO = datetime.now(UTC) - timedelta(days=420)


@pytest.fixture
def two(live, live_world):
    """Two cases that were closed more than a year ago; their references."""
    with live.app.app_context():
        actor = live_world.actor(live_world.asha)
        refs = [closed(actor, at=LONG_AGO, called=name).ref for name in ("Amina Hassan", "Bishnu Tamang")]
        db.session.rollback()
    return refs


def _sees_to_them(desk, refs):
    held, nameless = refs
    desk.go()
    desk.follow("2 closed cases wait for a decision")
    assert held in desk.words
    _one(desk, held)
    until = (clock.today() + timedelta(days=90)).isoformat()
    desk.fill(what="held", why="The appeal of a colleague is before the court", until=until)
    desk.press("Keep it")
    assert "It is held" in desk.words
    _one(desk, nameless)
    desk.page.get_by_text("Take its names away now").first.click()
    desk.fill(ref_again=nameless)
    desk.press("Take its names away")
    assert nameless in desk.words
    assert "Bishnu" not in desk.words
    desk.go("closed/")
    assert "No closed case waits" in desk.words
    _fits(desk)


def _one(desk, ref):
    """The page of one case; a coordinator who does not work on it says why first."""
    desk.page.goto(f"{desk.root}/closed/{ref}")
    if "/why" in desk.page.url:
        desk.page.get_by_text("I stand in for the worker").click()
        desk.press("Open the case")


def _fits(desk):
    """No page of closed cases is wider than a phone."""
    for path in ("closed/", "closed/without-names"):
        desk.go(path)
        assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_a_script(at, live_world, two):
    _sees_to_them(at(live_world.mei), two)


def test_without_one(at, live_world, two):
    _sees_to_them(at(live_world.mei, java_script_enabled=False), two)
