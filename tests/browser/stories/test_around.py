"""People around a case and a group of cases, on a phone: who may know what, and what a group tells of nobody."""

import pytest

from tests.browser.stories.desk import AGREED

#: The same answers where a page asks for one purpose only.
ASKED = {name.removeprefix("consent."): value for name, value in AGREED.items()} | {"language": "ne"}


@pytest.fixture(params=["asha", "scriptless_asha"])
def desk(request):
    """A volunteer's browser, with JavaScript and without."""
    return request.getfixturevalue(request.param)


def test_a_sister_who_knows_nothing_of_it(case, desk):
    ref = case()
    desk.go(f"cases/{ref}/around/new")
    desk.fill(name="Kamala Test", role="sibling", knows="no")
    desk.press("Save")
    assert "Kamala Test" in desk.words
    assert "Tell them nothing" in desk.words
    desk.go(f"cases/{ref}")
    assert "Kamala" not in desk.page.content()


def test_a_house_of_which_each_is_asked_and_what_is_written_once(case, desk):
    refs = case(called="Sita Test"), case(called="Maya Test")
    desk.go("groups/new")
    desk.fill(name="House behind the mill", sort="dormitory")
    desk.press("Save")
    house = desk.page.url
    for ref in refs:
        desk.go(f"cases/{ref}/groups/ask")
        desk.page.locator("main [name=group]").select_option(label="House behind the mill")
        desk.fill(**ASKED)
        desk.press("Write it down")
    desk.page.goto(house)
    assert "Sita Test" in desk.words
    assert "Maya Test" in desk.words
    desk.page.get_by_text("Write for all of them").click()
    desk.fill(kind="event", text="The gate was locked.")
    desk.press("Save")
    for ref in refs:
        desk.go(f"cases/{ref}/entries")
        assert "The gate was locked." in desk.words
    _leaves(desk, refs[0])
    desk.page.goto(house)
    assert "Sita Test" not in desk.words
    assert "Maya Test" in desk.words


def _leaves(desk, ref):
    """By a word: it is one press in the case, and the consent goes with it."""
    desk.go(f"cases/{ref}/groups")
    desk.page.locator("main form[action$='/out'] button").click()
    desk.page.wait_for_load_state()
    desk.go(f"cases/{ref}/consents")
    assert "Taken back" in desk.words
