"""The same pages from right to left: mirrored, while numbers, references and names keep their own direction."""

import pytest

from casework.cases import kinds
from tests.browser.stories.desk import AGREED, NAMED
from tests.stories import sign_in

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: The middle of an element, as a share of the window's width.
MIDDLE = "e => { const box = e.getBoundingClientRect(); return (box.left + box.width / 2) / innerWidth; }"
#: Where the first and the last sign of a text are seen.
ENDS = """(e) => {
  const text = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode();
  const place = (at) => { const one = document.createRange(); one.setStart(text, at); one.setEnd(text, at + 1); return one.getBoundingClientRect().left; };
  return [place(0), place(text.data.length - 1)];
}"""


@pytest.fixture
def asha(at, live_world):
    return at(live_world.asha, locale="ar")


def _log(desk, **answers):
    """By the names of inputs: no word of the page is needed."""
    desk.go("cases/new")
    desk.fill(**{**NAMED, **AGREED, **answers})
    with desk.page.expect_navigation():
        desk.page.locator("main form .actions .button-main").click()
    return desk.arrived()


def test_the_layout_is_mirrored_and_speaks_arabic(asha):
    ref = _log(asha, called="أمينة عبد الرحمن")
    assert asha.page.locator("html").get_attribute("dir") == "rtl"
    assert asha.page.locator("html").get_attribute("lang") == "ar"
    assert asha.page.locator(".exit").evaluate(MIDDLE) < 0.5
    asha.go("cases/")
    assert asha.page.locator(".row-name").first.evaluate(MIDDLE) > 0.5
    assert asha.page.locator(".ref").first.inner_text() == ref
    assert asha.page.evaluate(SIDEWAYS) <= 0


def test_phone_numbers_stay_left_to_right(asha):
    asha.go("cases/new")
    typed = asha.page.locator("[name='reach-0-number']")
    assert typed.evaluate("e => getComputedStyle(e).direction") == "ltr"
    ref = _log(asha)
    asha.go(f"cases/{ref}/reach")
    rule = (
        asha.page.locator("main form").filter(has=asha.page.locator("[name='read'][type='checkbox']")).first
    )
    rule.locator("[name='read']").check()
    with asha.page.expect_navigation():
        rule.locator(".actions button").click()
    first, last = asha.page.get_by_text("+977 980 111 2233", exact=True).evaluate(ENDS)
    assert first < last


def test_digits_of_arabic_are_taken_wherever_a_number_is_typed(asha):
    ref = _log(asha, **{"reach-0-number": "٠٠٩٧٧ ٩٨٠ ١١١ ٢٢٣٣"})
    asha.go("search/")
    asha.fill(query="٢٢٣٣")
    with asha.page.expect_navigation():
        asha.page.locator(".search-form button").click()
    assert ref in asha.words


def test_every_kind_has_an_arabic_name(asha):
    asha.go("cases/new")
    for kind in kinds.all():
        words = asha.page.locator(f"label:has([name=kind][value={kind.key}])").inner_text()
        assert str(kind.title) not in words


def test_the_language_is_one_choice_away_before_and_after_signing_in(page, live_world):
    page.goto("/sign-in")
    page.locator(".menu summary").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    sign_in(page, live_world.asha)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator(".menu:has([name=language]) summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("dir") == "ltr"
