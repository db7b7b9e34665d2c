"""The real application: every page that people reach by following links, as they meet it on a phone."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from casework.db import db
from tests import factories, stories
from tests.browser.look.test_look import RULES, SIDEWAYS, SMALL

PHONE = {"viewport": {"width": 390, "height": 844}}
BUDGET = 15 * 1024


@pytest.fixture
def busy(live, live_world):
    """A network in which something happened: a few cases, in several scripts."""
    with live.app.app_context():
        asha = live_world.actor(live_world.asha)
        for called, kind in (
            ("أمينة عبد الرحمن", "detention"),
            ("सुनिता", "wage_theft"),
            ("Rosa", "trafficking"),
        ):
            factories.case(
                asha, called=called, kind=kind, risk="high", what_happened="Marked text.", home="NP"
            )
        factories.case(live_world.actor(live_world.bo), consent=None, take=False)
        db.session.commit()
    return live_world


def _links(page):
    found = page.eval_on_selector_all(
        # What is saved as a file is no page.
        "main a[href]:not([download]), .places a[href], .menu a[href]",
        "all => all.map((a) => a.href)",
    )
    return [link.split("#")[0] for link in found if link.startswith(page.evaluate("location.origin"))]


def _walk(page):
    """Every address that links lead to, each once; of addresses that differ in ids and pages only the first two."""
    waiting, seen, shapes = [page.url], set(), {}
    while waiting:
        address = waiting.pop(0)
        shape = tuple(part for part in address.split("?")[0].split("/") if not any(c.isdigit() for c in part))
        if address in seen or shapes.get(shape, 0) >= 2:
            continue
        seen.add(address)
        shapes[shape] = shapes.get(shape, 0) + 1
        answer = page.goto(address)
        yield address, answer
        waiting += _links(page)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mei", "asha", "luz", "cara"])
def test_every_page_that_links_lead_to(chromium, live, busy, name):
    with stories.visitor(chromium, live, **PHONE) as page:
        stories.sign_in(page, getattr(busy, name))
        met = 0
        for address, answer in _walk(page):
            met += 1
            assert answer.status == 200, address
            assert page.title() == "Casework", address
            assert page.evaluate(SIDEWAYS) <= 0, address
            assert page.evaluate(SMALL) == [], address
            assert len(gzip.compress(answer.body(), 6)) <= BUDGET, address
            found = Axe().run(page, options=RULES).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == [], address
        assert met >= {"mei": 25, "asha": 20}.get(name, 2)
