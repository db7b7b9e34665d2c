"""One person came twice: two volunteers find it out, join the cases, read both, and take them apart again."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WHY = "The same sister came with both"


def _comes_twice(desk):
    """Two contacts, the second under another name and number; their references."""
    people = (("Sita Test", "+977 980 111 2233"), ("Seeta T.", "+977 981 444 5566"))
    return [desk.log(**{"called": name, "reach-0-number": number}) for name, number in people]


def _one_and_two_again(desk, refs):
    kept, other = refs
    desk.go(f"cases/{kept}")
    desk.follow("Same person, other case")
    desk.fill(other=other.replace("-", " ").lower())
    desk.press("See both")
    assert "Seeta T." in desk.words
    assert "Sita Test" in desk.words
    desk.fill(reason=WHY)
    desk.press("It is one person: join them")
    assert WHY in desk.words
    _fits(desk)
    _lists_show_one(desk, kept, other)
    _old_reference_leads_on(desk, kept, other)
    desk.follow("Take them apart")
    desk.fill(reason="Two cousins, their mother says")
    desk.press("Take them apart")
    desk.go("cases/")
    assert kept in desk.words
    assert other in desk.words


def _lists_show_one(desk, kept, other):
    desk.go("cases/")
    assert kept in desk.words
    assert other not in desk.words


def _old_reference_leads_on(desk, kept, other):
    desk.go("search/")
    desk.fill(query=other)
    desk.press("Search")
    assert kept in desk.words
    desk.go(f"cases/{other}")
    assert desk.page.url.endswith(f"cases/{kept}")
    desk.page.locator("main").get_by_role("link", name="Seeta T.").click()
    assert "lists show that one" in desk.words
    _fits(desk)
    desk.follow("Go on there")


def _fits(desk):
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_a_script(at, live_world):
    desk = at(live_world.asha)
    _one_and_two_again(desk, _comes_twice(desk))


def test_without_one(at, live_world):
    desk = at(live_world.asha, java_script_enabled=False)
    _one_and_two_again(desk, _comes_twice(desk))
