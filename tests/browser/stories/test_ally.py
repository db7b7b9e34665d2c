"""A lawyer outside, on a phone: two cases and no third, parts and no others, a name that is alike, an end at the next click."""

from datetime import timedelta

import pytest

from casework import clock


@pytest.fixture
def mei(at, live_world):
    return at(live_world.mei)


def agree(mei, ref, given="yes"):
    mei.go(f"cases/{ref}/consents")
    told = {"purpose": "legal_ally", "given": given, "how": "spoken", "language": "ne"}
    mei.fill(**told, interpreter="phone", present="nobody", recipient="Luz", data="What happened")
    mei.press("Write down their answer")


def give(mei, ref, *sections, days=4):
    """A coordinator gives parts of a case to the lawyer."""
    mei.go(f"cases/{ref}")
    mei.follow("Legal allies")
    mei.follow("Give parts to somebody")
    mei.page.locator("main [name='ally']").select_option(label="Luz")
    for section in sections:
        mei.fill(sections=section)
    mei.fill(ends_on=(clock.today() + timedelta(days=days)).isoformat())
    mei.press("Give it")


def arrive(luz):
    """The lawyer comes for the first time: a promise, and an empty list."""
    luz.go()
    luz.follow("First: what you promise")
    luz.fill(accept="y")
    luz.press("I promise")
    luz.press("Save")


@pytest.mark.parametrize("script", [True, False])
def test_two_cases_and_nothing_else(at, live_world, mei, script):
    luz = at(live_world.luz, java_script_enabled=script)
    arrive(luz)
    assert "Nothing is given to you now" in luz.words
    first, second, third = (mei.log(called=f"Person {n}") for n in "ABC")
    for ref in (first, second):
        agree(mei, ref)
        give(mei, ref, "story", "money")
        assert "Can read it now" in mei.words
    luz.go()
    assert "2 cases are given to you. The next one ends on" in luz.words
    assert luz.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert third not in luz.page.content()
    luz.follow(first)
    assert "/part/health" not in luz.page.content()
    luz.follow("What happened")
    assert "Three months without pay." in luz.words
    assert "Person A" not in luz.page.content()
    assert luz.page.goto(f"{luz.root}/review/{third}").status == 404
    assert luz.page.goto(f"{luz.root}/review/{first}/part/health").status == 404
    luz.go(f"review/{first}")
    luz.page.locator("#ask").fill("Is there a contract?")
    luz.press("Ask the desk")
    luz.page.locator("#note").fill("Weak on the second point.")
    luz.press("Keep for myself")
    assert "Weak on the second point." in luz.words
    mei.go(f"cases/{first}/lawyers")
    mei.follow("Luz")
    assert "Is there a contract?" in mei.words
    assert "Weak on the second point." not in mei.page.content()
    # The person says no while she reads: the next click opens nothing.
    luz.go(f"review/{first}")
    agree(mei, first, given="no")
    luz.page.locator("main a[href*='/part/story']").first.click()
    luz.page.get_by_text("This page is not here").wait_for()
    luz.go()
    assert "One case is given to you." in luz.words
    assert "Ended, and not to be opened any more" in luz.words


def test_a_name_that_is_alike_waits_for_a_ruling(at, live_world, mei):
    luz = at(live_world.luz)
    arrive(luz)
    luz.go("review/conflicts")
    luz.fill(names="Sitta Test")
    luz.press("Save")
    ref = mei.log()
    agree(mei, ref)
    give(mei, ref, "story")
    assert "These names are alike" in mei.words
    luz.go()
    assert "waits until the desk has compared your list" in luz.words
    mei.fill(ruling="allow", reason="Somebody else of that name.")
    mei.press("Decide")
    assert "Can read it now" in mei.words
    luz.go(f"review/{ref}/part/story")
    assert "Three months without pay." in luz.words
    mei.page.reload()
    assert "first:" in mei.words
    mei.page.get_by_text("End it now").click()
    mei.press("End it")
    assert luz.page.goto(f"{luz.root}/review/{ref}/part/story").status == 404
