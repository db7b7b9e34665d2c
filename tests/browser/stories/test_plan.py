"""What the person wants, a safety plan, a referral outward, and nobody who answers; with the script and without."""

import pytest

from tests.browser.stories.desk import AGREED

PLACE = "Harbour clinic (test)"


@pytest.fixture(params=["asha", "scriptless_asha"])
def desk(request):
    """A volunteer's browser, with JavaScript and without."""
    return request.getfixturevalue(request.param)


def test_their_own_goal_and_a_safety_plan_that_lies_folded(case, desk):
    ref = case()
    desk.go(f"cases/{ref}/part/plan/edit")
    desk.fill(**{"goals-0-goal": "To be paid, and to go home."})
    desk.press("Save")
    assert "To be paid, and to go home." in desk.words
    desk.go(f"cases/{ref}/part/safety/edit")
    desk.fill(never="Ring the brother.", alarm_word="mango")
    desk.press("Save")
    desk.go(f"cases/{ref}")
    assert "mango" not in desk.page.content()
    assert "brother" not in desk.page.content()
    desk.page.locator("main").get_by_role("link", name="Safety plan").first.click()
    desk.page.get_by_text("Ring the brother.").wait_for()


def test_a_referral_waits_for_their_yes_and_asks_later_what_came_of_it(case, desk):
    ref = case()
    _refers(desk, ref)
    assert "have not agreed" in desk.words
    assert desk.page.input_value("main [name=told]") == "A cough"
    desk.go(f"cases/{ref}/consents")
    asked = {name.removeprefix("consent."): value for name, value in AGREED.items()}
    desk.fill(purpose="referral", **asked, language="ne", recipient=PLACE, data="A cough")
    desk.press("Write down their answer")
    _refers(desk, ref)
    assert PLACE in desk.words
    assert "Ask what came of the referral" in desk.words
    desk.follow(PLACE)
    desk.fill(outcome="harm", note="They called the police.")
    desk.press("Save")
    assert "It went badly" in desk.words
    desk.go(f"cases/{ref}/consents")
    assert PLACE in desk.page.get_by_role("heading", name="What left already").locator("..").inner_text()


def _refers(desk, ref, home_state="no"):
    desk.go(f"cases/{ref}/plan/refer")
    desk.fill(to=PLACE, told="A cough", home_state=home_state)
    desk.press("Refer them")


def test_a_referral_is_no_way_to_an_embassy(case, desk):
    _refers(desk, case(), home_state="unknown")
    assert "there a second person decides" in desk.words


def test_nobody_answered(case, desk):
    reach = {"channel": "call", "number": {"written": "+977 1 222", "digits": "+9771222"}, "safe": "yes"}
    ref = case(reach=[reach])
    desk.go(f"cases/{ref}")
    desk.press("Nobody answered")
    assert "Leave no message." in desk.page.locator("body").inner_text()
    desk.go(f"cases/{ref}/dates")
    assert "Try again" in desk.words
    desk.go(f"cases/{ref}/entries")
    assert "Nobody answered" in desk.words
