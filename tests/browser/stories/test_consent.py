"""Nothing that names a person is kept without their word, and help never waits for it."""

from tests.browser.stories.desk import AGREED, NAMED


def _sends_without_consent(desk):
    desk.go("cases/new")
    desk.fill(**NAMED)
    desk.press("Log this contact")


def _refused_with_everything_kept(desk):
    beside = desk.page.locator("[id='q-consent.given'] .error")
    assert "can only be kept when the person agrees" in beside.inner_text()
    for name in ("called", "reach-0-number", "what_happened"):
        assert desk.page.input_value(f"[name='{name}']") == NAMED[name]
    for name in ("safe_now", "kind", "risk", "reach-0-safe"):
        assert desk.page.is_checked(f"[name='{name}'][value='{NAMED[name]}']")
    assert desk.page.input_value("main [name=language]") == "ne"
    assert desk.page.is_checked("[name=take]")


def test_a_name_without_consent_comes_back_and_a_yes_saves_it(asha):
    _sends_without_consent(asha)
    _refused_with_everything_kept(asha)
    asha.fill(**AGREED)
    asha.press("Log this contact")
    asha.arrived()
    assert asha.page.locator("h1").inner_text() == "Sita Test"


def test_danger_keeps_a_name_for_72_hours_without_the_script_too(scriptless_asha):
    desk = scriptless_asha
    _sends_without_consent(desk)
    _refused_with_everything_kept(desk)
    desk.fill(**{"consent.danger": "Held at the border, cannot be asked."})
    desk.press("Log this contact")
    ref = desk.arrived()
    assert "Kept because of danger, without consent, until" in desk.words
    desk.go()
    assert ref
    desk.follow("Sita Test: kept because of danger")
    _asks(desk, purpose="casework", given="yes")
    desk.follow("Back to the case")
    assert "Kept because of danger" not in desk.words


def _asks(desk, **answers):
    """One purpose, one answer."""
    asked = {"how": "spoken", "language": "ne", "interpreter": "phone", "present": "nobody"}
    desk.fill(**{**asked, **answers})
    desk.press("Write down their answer")
    assert "Written down." in desk.words


def test_nothing_is_ticked_beforehand_and_a_no_closes_no_door(asha):
    asha.go("cases/new")
    asha.fill(**{"language": "ne", "safe_now": "yes", "consent.given": "no"})
    asha.press("Log this contact")
    asha.arrived()
    assert asha.page.locator("h1").inner_text() == "No name yet"
    for path in ("cases/new", ""):
        asha.go(path)
        assert asha.page.locator("main input:checked").count() == 0
    asha.go("cases/")
    asha.follow("No name yet")
    asha.follow("Consents")
    assert asha.page.locator("main input:checked").count() == 0


def test_consent_is_taken_back_by_a_word(asha):
    asha.log()
    asha.follow("Consents")
    _asks(asha, purpose="legal_ally", given="yes", recipient="Ms Reyes (test)", data="Hours and wages")
    asha.fill(purpose="organise", given="no")
    asha.press("Write down their answer")
    assert "Written down." in asha.words
    line = asha.page.locator(".row").filter(has_text="Ms Reyes (test)")
    with asha.page.expect_navigation():
        line.get_by_role("button").click()
    line = asha.page.locator(".row").filter(has_text="Ms Reyes (test)")
    assert "Taken back" in line.inner_text()


def test_an_answer_beside_the_employer_does_not_count(asha):
    asha.go("cases/new")
    asha.fill(**NAMED, **AGREED | {"consent.present": "employer"})
    asha.press("Log this contact")
    assert asha.page.locator("main [role=alert]").is_visible()
    assert asha.page.input_value("[name=called]") == "Sita Test"


def test_danger_does_not_change_a_no(asha):
    asha.go("cases/new")
    asha.fill(**NAMED, **{"consent.given": "no"})
    asha.fill(**{"consent.danger": "Held at the border."})
    asha.press("Log this contact")
    assert asha.page.locator("main [role=alert]").is_visible()
    assert asha.page.input_value("[name=called]") == "Sita Test"
