"""What protects the person, as a volunteer meets it: consent, danger, the safe-contact rule; with and without the script."""

import pytest

from tests.browser.stories.desk import NAMED

NUMBER = "980 111 2233"


@pytest.fixture(params=["asha", "scriptless_asha"])
def desk(request):
    """A volunteer's browser, with JavaScript and without."""
    return request.getfixturevalue(request.param)


def test_v2_a_name_needs_a_yes_or_danger_and_then_the_clock_runs(desk):
    desk.go("cases/new")
    desk.fill(**NAMED)
    desk.press("Log this contact")
    assert "can only be kept when the person agrees" in desk.words
    desk.fill(**{"consent.danger": "Held at the border, cannot be asked."})
    desk.press("Log this contact")
    desk.arrived()
    assert "Kept because of danger, without consent, until" in desk.words
    desk.go()
    assert "Sita Test: kept because of danger until" in desk.words
    assert "Asha asks for consent before then" in desk.words


def test_v3_the_number_stays_hidden_until_the_rule_is_ticked_and_outside_of_its_hours_i_am_stopped(desk):
    ref = desk.log()
    desk.follow("Reach them")
    assert NUMBER not in desk.page.content()
    desk.press("Show how to reach them")
    assert "Read the rule first" in desk.words
    _tick(desk, "Show how to reach them")
    desk.press("Show how to reach them")
    assert NUMBER in desk.words
    desk.press("No, not any more")
    assert "counts as unsafe" in desk.words
    assert NUMBER not in desk.page.content()
    _tick(desk, "Show it against the rule")
    desk.press("Show it against the rule")
    assert "No way to reach them is marked safe" in desk.words
    assert NUMBER not in desk.page.content()
    _tick(desk, "Show it against the rule")
    desk.page.locator("#reason").fill("A raid tonight.")
    desk.press("Show it against the rule")
    assert NUMBER in desk.words
    assert "the coordinators are told" in desk.words
    assert ref in desk.page.url
    assert NUMBER not in desk.page.title() + desk.page.url


def _tick(desk, button):
    """The tick that stands in the same form as a button."""
    form = desk.page.locator("main form").filter(has=desk.page.get_by_role("button", name=button, exact=True))
    form.get_by_role("checkbox").check()


def test_v4_three_purposes_yes_and_two_no_and_a_letter_to_the_employer_is_refused(desk):
    ref = desk.log()
    for purpose, given in (
        ("contact", "yes"),
        ("trends", "yes"),
        ("link", "yes"),
        ("organise", "no"),
        ("story_text", "no"),
    ):
        desk.go(f"cases/{ref}/consents")
        spoken = {"how": "spoken", "language": "ne", "interpreter": "phone", "present": "interpreter"}
        desk.fill(purpose=purpose, given=given, **(spoken if given == "yes" else {}))
        desk.press("Write down their answer")
        assert "Written down." in desk.words
    desk.go(f"cases/{ref}")
    desk.follow("Contacts outside")
    desk.fill(
        purpose="employer",
        recipient="Acme (test)",
        home_state="no",
        data="A letter about three months of wages",
    )
    desk.press("May this go?")
    assert "have not agreed to this" in desk.words
    assert "A letter about three months of wages" in desk.page.content()
    assert "May leave" not in desk.words
