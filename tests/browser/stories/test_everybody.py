"""The main pages of the real application for everybody: axe in light, dark and from right to left; narrow; no sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from casework.db import db
from tests import factories
from tests.browser.look.test_look import RULES, SIDEWAYS

PAGES = (
    "",
    "cases/",
    "cases/new",
    "cases/{ref}/part/identity",
    "cases/{ref}/part/story/edit",
    "cases/{ref}/consents",
    "cases/{ref}/workers",
    "members/",
    "search/",
)
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "rtl": {"locale": "ar"},
}


@pytest.fixture
def ref(live, live_world):
    with live.app.app_context():
        reach = [{"channel": "call", "number": {"written": "+977 980 111 2233", "digits": "+9779801112233"}}]
        made = factories.case(
            live_world.actor(live_world.asha),
            called="أمينة عبد الرحمن",
            kind="wage_theft",
            risk="high",
            reach=reach,
            what_happened="Three months without pay.",
        )
        db.session.commit()
        return made.ref


def _addresses(desk, ref):
    return [*(f"{desk.root}/{path.format(ref=ref)}" for path in PAGES), "/account/"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.slow
def test_axe_finds_nothing(at, live_world, ref, look):
    mei = at(live_world.mei, **LOOKS[look])
    axe = Axe()
    for address in _addresses(mei, ref):
        assert mei.page.goto(address).status == 200
        found = axe.run(mei.page, options=RULES).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], address


@pytest.mark.parametrize("look", ["light", "rtl"])
def test_nothing_runs_out_sideways_at_320(at, live_world, ref, look):
    mei = at(live_world.mei, **LOOKS[look], viewport={"width": 320, "height": 640})
    for address in _addresses(mei, ref):
        mei.page.goto(address)
        mei.page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        assert mei.page.evaluate(SIDEWAYS) <= 0, address


def test_night_is_dark_everywhere(at, live_world, ref):
    mei = at(live_world.mei, **LOOKS["dark"])
    light = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b)"
    for address in _addresses(mei, ref):
        mei.page.goto(address)
        assert mei.page.evaluate(light) < 3 * 100, address
