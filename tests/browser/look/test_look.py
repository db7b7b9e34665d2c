"""Every page as people meet it: by axe in light, dark and from right to left, narrow, zoomed, under a thumb."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.look.pages import PAGES

ADDRESSES = ["/specimen", *(f"/page/{name}" for name in PAGES if name != "case/fragment")]
#: Pages of errors differ in their words alone: two of them stand for all.
ADDRESSES = [a for a in ADDRESSES if "/errors/" not in a or a.endswith(("not_found", "conflict"))]
LOOKS = {"light": "", "dark": "theme=dark", "rtl": "lang=ar"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

#: Elements to press or fill in that are smaller than 44 px, except links inside a sentence and what a
#: larger element stands in for: a line for its link, a row for its box.
SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary, label.choice")]
  .filter((e) => !e.matches(".skip, .choice input") && !e.closest("p:not(.actions), .notice ul"))
  .map((e) => [e, (e.matches(".row-name") ? e.closest(".row") : e).getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(visit, address):
    with visit(viewport={"width": 390, "height": 844}) as page:
        for look, query in LOOKS.items():
            page.goto(f"{address}?{query}")
            found = Axe().run(page, options=RULES).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], look


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_runs_out_sideways_and_everything_fits_a_thumb(visit, address):
    with visit(viewport={"width": 320, "height": 640}) as page:
        for query in ("", "lang=ar"):
            page.goto(f"{address}?{query}")
            assert page.evaluate(SIDEWAYS) <= 0
            assert page.evaluate(SMALL) == []
            page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("address", ["/specimen", "/page/case/open", "/page/cases/new", "/page/cases"])
@pytest.mark.parametrize("width", [390, 640])
def test_letters_twice_as_large(visit, address, width):
    with visit(viewport={"width": width, "height": 800}) as page:
        page.goto(address)
        # The policy refuses styles in the page itself; the object model may set one, as a browser's own setting does.
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("address", ["/page/case/open", "/page/cases"])
def test_paper_shows_no_bars_and_no_buttons(visit, address):
    with visit() as page:
        page.goto(address)
        page.emulate_media(media="print")
        for gone in (".topbar", ".places", ".actions", ".pager", ".filters", ".exit"):
            assert not page.locator(gone).first.is_visible(), gone
        assert page.locator("h1").first.is_visible()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_title_tells_nothing(shown, address):
    assert "<title>Casework</title>" in shown.get(address).text


@pytest.mark.parametrize("query", ["", "lang=ar"])
def test_the_bars_leave_what_has_the_focus_in_sight(visit, query):
    with visit(viewport={"width": 390, "height": 700}) as page:
        page.goto(f"/page/cases/new?{query}")
        for _ in range(40):
            page.keyboard.press("Tab")
            hidden = page.evaluate("""() => {
              const box = document.activeElement.getBoundingClientRect();
              if (document.activeElement.closest(".topbar, .places, .skip")) return false;
              const nav = document.querySelector(".places").getBoundingClientRect();
              return box.top >= nav.top || box.bottom <= document.querySelector(".topbar").getBoundingClientRect().bottom;
            }""")
            assert not hidden
