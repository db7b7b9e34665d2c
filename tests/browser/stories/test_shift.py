"""A volunteer's shift on a phone, with the script and without: log, find, open, change, call, assign, close, reopen."""

import pytest

from casework.cases import kinds
from tests.browser.stories.desk import follow

#: As it was said, and as somebody else hears it.
HEARD = {"Abdul Rahman": "abdurrahmaan", "Sunita Rai": "sunitha raay"}


def test_a_first_contact_of_each_kind_on_a_phone(asha):
    logged = [_log_one_of(asha, kind) for kind in kinds.all()]
    asha.go("cases/")
    assert all(ref in asha.words for ref in logged)


def _log_one_of(desk, kind):
    ref = desk.log(kind=kind.key, called=f"Sita {kind.key}")
    assert desk.page.locator("h1").inner_text() == f"Sita {kind.key}"
    assert str(kind.title) in desk.words
    assert "Three months without pay." not in desk.page.content()
    return ref


def test_only_two_questions_have_to_be_answered(asha):
    asha.go("cases/new")
    asha.press("Log this contact")
    assert "2 things need another look" in asha.words
    asha.fill(language="ne", safe_now="not_asked")
    asha.press("Log this contact")
    asha.arrived()
    assert asha.page.locator("h1").inner_text() == "No name yet"


@pytest.mark.parametrize("called", HEARD)
def test_found_by_a_misspelt_name(asha, called):
    asha.log(called="Somebody Else")
    ref = asha.log(called=called)
    follow(asha.page, "Search", ".places")
    asha.fill(query=HEARD[called])
    asha.press("Search")
    assert asha.page.locator(".row .ref").first.inner_text() == ref
    asha.follow(called)
    assert asha.arrived() == ref


def test_found_by_the_end_of_a_number_and_by_the_reference(scriptless_asha):
    asha = scriptless_asha
    ref = asha.log(**{"reach-0-number": "+977 980 555 7788"})
    for typed in ("7788", ref.lower().replace("-", " ")):
        asha.go("search/")
        asha.fill(query=typed)
        asha.press("Search")
        assert ref in asha.words, typed


def test_sections_open_in_place_and_fold_again(asha):
    asha.log()
    address = asha.page.url
    story = asha.section("What happened")
    story.locator("a[data-open]").click()
    story.get_by_text("Three months without pay.").wait_for()
    asha.section("Who and how to reach").locator("a[data-open]").click()
    asha.section("Who and how to reach").get_by_text("Sita Test").wait_for()
    assert "980 111 2233" not in asha.page.content()
    assert asha.page.url == address
    story.locator("a[data-fold]").click()
    assert "Three months without pay." not in asha.page.content()


def test_sections_are_plain_links_without_the_script(scriptless_asha):
    ref = scriptless_asha.log()
    scriptless_asha.follow("What happened")
    assert scriptless_asha.page.url.endswith(f"/cases/{ref}/part/story")
    assert "Three months without pay." in scriptless_asha.words
    assert "980 111 2233" not in scriptless_asha.words
    scriptless_asha.follow("Fold")
    assert "Three months without pay." not in scriptless_asha.page.content()


def test_changed_in_place(asha):
    asha.log()
    story = asha.section("What happened")
    story.locator("a[data-open]").click()
    story.get_by_role("link", name="Edit").click()
    asha.page.locator("textarea[name=what_happened]").fill("Four months without pay.")
    asha.fill(**{"wage_theft.employer_name": "Golden Tower (test)"})
    asha.press("Save")
    assert "Four months without pay." in asha.words
    assert "Golden Tower (test)" in asha.words


def _works_it(desk, ref):
    """A call, both workers, the end and a new beginning."""
    desk.go(f"cases/{ref}")
    desk.follow("Write a note")
    desk.fill(kind="call", text="Spoke with the cousin.")
    desk.press("Save")
    assert "Spoke with the cousin." in desk.words
    assert "Call" in desk.words
    desk.go(f"cases/{ref}")
    desk.follow("Workers and status")
    desk.page.locator("[name=primary]").select_option(label="Asha")
    desk.page.locator("[name=backup]").select_option(label="Bo")
    desk.fill(status="action")
    desk.press("Save")
    assert "Worker: Asha" in desk.words
    assert "stand-in: Bo" in desk.words
    _closes_it_and_opens_it_again(desk)


def _closes_it_and_opens_it_again(desk):
    desk.follow("Close")
    desk.fill(reason="goal_met", person_told="yes", told_on="2026-01-02", told_how="By telephone")
    desk.fill(copy_offered="no", referrer_told="nobody")
    if desk.page.locator("[name=dates_done]").count():
        desk.fill(dates_done="Nothing is left to be done by them")
    desk.press("Close the case")
    assert "This case is closed" in desk.words
    assert desk.page.get_by_role("link", name="Write a note").count() == 0
    desk.follow("Open again")
    desk.fill(motive="New papers came.", to="action")
    desk.press("Open again")
    assert "This case is closed" not in desk.words
    assert "Action" in desk.words


def test_worked_closed_and_taken_up_again(asha):
    _works_it(asha, asha.log())


def test_the_same_without_the_script(scriptless_asha):
    _works_it(scriptless_asha, scriptless_asha.log(take="1"))


def test_a_double_click_makes_one_case(asha):
    _log_twice(asha)


def test_a_double_click_makes_one_case_without_the_script(scriptless_asha):
    _log_twice(scriptless_asha)


def _log_twice(desk):
    desk.go("cases/new")
    desk.fill(language="ne", safe_now="yes")
    desk.page.get_by_role("button", name="Log this contact").dblclick()
    desk.arrived()
    desk.go("cases/")
    assert "1 case" in desk.words.splitlines()


def test_who_is_answerable_is_named_and_nothing_is_chosen_beforehand(asha):
    ref = asha.log()
    asha.go(f"cases/{ref}/respondents/name")
    asha.fill(name="Golden Bridge (test)", kind="recruiter", country="NP")
    asha.press("Save")
    assert asha.page.locator("main .error").count() == 1
    asha.fill(role="recruited")
    asha.press("Save")
    assert "Golden Bridge (test)" in asha.words
