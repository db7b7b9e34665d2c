"""A night shift on a phone, whole: the hand-over, three contacts, a dropped line, a withdrawal, an emergency."""

import re
from uuid import uuid4

import pytest

from casework.cases import assignment
from casework.db import db
from casework.shifts import service as shifts
from tests import factories
from tests.browser.stories.desk import follow

NOTE = "The flight of the mother is stopped. Ring her sister at eight."
NUMBER = "980 111 2233"


@pytest.fixture
def begun(live, live_world):
    """What the last shift left: a note, and a case that both of the night work on."""
    with live.app.app_context():
        mei, asha, bo = (live_world.actor(who) for who in (live_world.mei, live_world.asha, live_world.bo))
        shifts.hand_over(mei, NOTE, uuid4())
        ref = factories.case(asha, called="Amina Evening", kind="detention", risk="high").ref
        assignment.assign(asha, ref, asha.user_id, bo.user_id, (asha.user_id, None))
        db.session.commit()
    return ref


def _reads_the_hand_over(desk):
    desk.go()
    assert NOTE in desk.words
    assert "Amina Evening" in desk.words
    assert NUMBER not in desk.page.content()


def _logs_three(desk, *, script):
    first = desk.log(called="Sita Night", kind="wage_theft")
    second = _over_a_dropped_line(desk, script=script)
    desk.go("cases/new")
    desk.fill(language="bn", safe_now="no", kind="trafficking", risk="emergency")
    desk.press("Log this contact")
    return first, second, desk.arrived()


def _over_a_dropped_line(desk, *, script):
    """Nothing of what was typed is lost with the line: it stays where it is, and what was kept is on the page of today."""
    desk.go("cases/new")
    desk.fill(language="ne", safe_now="not_asked", what_happened="Taken from the site at dawn.")
    if script:
        desk.page.locator("[data-draft-state]").filter(has_text="Draft kept").wait_for()
    else:
        desk.press("Keep as a draft")
    desk.page.context.set_offline(True)
    if desk.page.locator("[name=what_happened]").count():
        desk.page.get_by_role("button", name="Log this contact").click()
        if script:
            desk.page.locator("[data-draft-state]").filter(has_text="Not kept yet").wait_for()
        else:
            desk.page.wait_for_url("chrome-error://**")
    desk.page.context.set_offline(False)
    desk.go()
    desk.follow("New contact: begun at")
    assert desk.page.input_value("[name=what_happened]") == "Taken from the site at dawn."
    desk.press("Log this contact")
    return desk.arrived()


def _takes_it_back(desk, ref):
    """By word of mouth, in the middle of the night; what still stands is asked about at once."""
    desk.go(f"cases/{ref}/consents")
    desk.page.locator(".row").filter(has_text="Keep my details").get_by_role("button").click()
    desk.page.wait_for_load_state()
    assert "Taken back" in desk.words
    desk.press("Take out name and numbers")
    assert desk.page.locator("h1").inner_text() == "No name yet"
    desk.go("search/")
    desk.fill(query="Sita Night")
    desk.press("Search")
    assert ref not in desk.words


def _sees_to_the_emergency(desk, ref):
    """It stands first, somebody says by name that they have it, and a note after something hard ends in a calm page."""
    desk.go()
    assert desk.words.index(ref) < desk.words.index("Amina Evening")
    # The whole line leads to its page, and the button on it is a button all the same.
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name=re.compile(f"I take it upon myself.*{ref}")).click()
    assert "Emergencies: somebody has to take them" not in desk.words
    desk.go(f"cases/{ref}")
    desk.follow("Write a note")
    desk.fill(kind="call", text="Locked in, three of them.", heavy="1")
    desk.press("Save")
    assert desk.page.url.endswith("/pause")
    desk.go(f"cases/{ref}/entries")
    assert not desk.page.get_by_text("Locked in, three of them.").is_visible()


def _hands_over(desk, refs):
    desk.go("shift/hand-over")
    desk.fill(text=f"Two new ones wait; {refs[2]} is locked in.")
    desk.press("Leave the note")
    assert f"{refs[2]} is locked in." in desk.words
    follow(desk.page, "Cases", ".places")
    assert all(ref in desk.words for ref in refs)


def _night(desk, begun, *, script):
    _reads_the_hand_over(desk)
    refs = _logs_three(desk, script=script)
    assert begun not in refs
    _takes_it_back(desk, refs[0])
    _sees_to_the_emergency(desk, refs[2])
    _hands_over(desk, refs)


def test_a_night_on_a_phone(begun, asha):
    _night(asha, begun, script=True)


def test_a_night_without_the_script(begun, scriptless_asha):
    _night(scriptless_asha, begun, script=False)
