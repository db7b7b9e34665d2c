"""Two people change the same section: the second sees both versions, and nothing is lost."""

import pytest


@pytest.fixture
def bo(at, live_world):
    return at(live_world.bo)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_both_versions_are_shown_and_one_is_chosen(at, live_world, script, choice):
    asha, bo = (at(who, java_script_enabled=script) for who in (live_world.asha, live_world.bo))
    ref = asha.log()
    for desk in (asha, bo):
        desk.go(f"cases/{ref}/part/story/edit")
    asha.fill(what_happened="Hers: four months.")
    asha.press("Save")
    bo.fill(what_happened="His: five months.", **{"wage_theft.workplace": "A bakery"})
    bo.press("Save")
    for version in ("Hers: four months.", "His: five months."):
        assert version in bo.words
    bo.fill(**{"keep-what_happened": choice})
    bo.press("Save")
    kept, gone = ("His: five", "Hers: four") if choice == "mine" else ("Hers: four", "His: five")
    assert kept in bo.words
    assert gone not in bo.words
    assert "A bakery" in bo.words
    asha.go(f"cases/{ref}/part/story")
    assert kept in asha.words


def test_different_sections_do_not_meet(asha, bo):
    ref = asha.log()
    asha.go(f"cases/{ref}/part/story/edit")
    bo.go(f"cases/{ref}/part/identity/edit")
    asha.fill(what_happened="Hers: four months.")
    asha.press("Save")
    bo.fill(called="Sita from the bakery")
    bo.press("Save")
    assert "Sita from the bakery" in bo.words
    asha.go(f"cases/{ref}/part/identity")
    assert "Sita from the bakery" in asha.words


def test_who_assigns_second_sees_what_the_first_did(asha, bo):
    ref = asha.log()
    for desk in (asha, bo):
        desk.go(f"cases/{ref}/workers")
    asha.page.locator("[name=backup]").select_option(label="Bo")
    asha.fill(status="plan")
    asha.press("Save")
    bo.page.locator("[name=backup]").select_option(label="Bo")
    bo.fill(status="assessment")
    bo.press("Save")
    assert "Asha changed this meanwhile" in bo.words
    asha.go(f"cases/{ref}")
    assert "Plan" in asha.words
