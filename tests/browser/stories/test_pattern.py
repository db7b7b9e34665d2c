"""One pattern, from ten logged cases at two desks to a win that is written down as paid; nobody's case is ever shown to a campaigner."""

from collections.abc import Callable

import pytest

from casework import clock
from casework.db import db
from tests.browser.stories.desk import AGREED, Desk
from tests.browser.stories.network import ACTION, BRIEF, DEMAND, TARGET, day, organisation, write
from tests.factories.worlds import code
from tests.signals.people import Patterns

pytestmark = pytest.mark.slow

LAPTOP = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}
ASKED = {name.removeprefix("consent."): value for name, value in AGREED.items()} | {"language": "ne"}
Look = Callable[[str, Desk], None]


@pytest.fixture
def people(at, live, live_world):
    """Ten cases of one agency at two desks; the coordinators of both, and a campaigner."""
    with live.app.app_context():
        there = Patterns(live_world)
        there.several(there.asha, 6)
        there.several(there.ram, 4)
        home, network = code(live_world.home_id), code(live_world.network_id)
        agency = there.agency.id
        db.session.commit()
    mei, nina, cara = (at(who, **LAPTOP) for who in (live_world.mei, live_world.nina, live_world.cara))
    return mei, Desk(nina.page, f"/desk/{home}"), Desk(cara.page, f"/desk/{network}"), agency


def nothing(_name: str, _desk: Desk) -> None:
    """Nobody looks."""


def ask(mei: Desk, agency: str, answer: str) -> None:
    """Ask the first who was not asked whether they want to be linked, and write down what they say."""
    mei.go(f"signals/{agency}")
    mei.page.locator("main a", has_text="Write down their answer").first.click()
    if "/why?" in mei.page.url:
        mei.page.get_by_text("I stand in for the worker").click()
        mei.press("Open the case")
    mei.page.locator("main [name=purpose]").select_option("link")
    mei.fill(**(ASKED | {"given": answer}))
    mei.press("Write down their answer")


def at_the_desks(mei: Desk, nina: Desk, agency: str, look: Look) -> None:
    """Two coordinators find each other, ask people, and write down what they decided."""
    nina.go("signals/")
    mei.go("signals/")
    for words in ("6 people here", "Valley desk: 3 or more people"):
        assert words in mei.words
    look("1-signals", mei)
    for answer in ("yes", "yes", "no"):
        ask(mei, agency, answer)
    mei.go(f"signals/{agency}")
    for words in ("Yes: 2", "No: 1", "Not asked: 3"):
        assert words in mei.words
    look("2-asked", mei)
    mei.page.locator("main textarea[id^='note-']").first.fill("We know them too. Thursdays?")
    mei.press("Send")
    nina.go("signals/")
    nina.follow("Gulf Manpower")
    assert "We know them too. Thursdays?" in nina.words
    assert "6 people" not in nina.words
    mei.page.locator("main summary", has_text="Write down what they decided").click()
    mei.page.locator("main form[action$='/decided'] [name=on]").fill(clock.today().isoformat())
    mei.fill(what="public_campaign")
    mei.page.locator("main form[action$='/decided'] button").last.click()
    mei.page.wait_for_load_state()
    mei.page.locator("main summary", has_text="Let campaign teams know").click()
    mei.fill(there="none", words="Fees far beyond what the law allows")
    look("3-sharing", mei)
    mei.press("Let them know")


def at_the_network(cara: Desk, look: Look) -> str:
    """A campaign with an ally, a demand, a delegation, an agreement, and what was paid; where its page is."""
    cara.go("campaigns/")
    assert "Gulf Manpower" in cara.words
    look("4-home", cara)
    organisation(cara, "Domestic Workers' Union", "union", "workers")
    write(cara, "campaigns/new", **BRIEF)
    home = "campaigns/" + cara.page.url.rstrip("/").rpartition("/")[2]
    write(cara, f"{home}/new/target", **TARGET)
    cara.go(f"{home}/new/demand")
    cara.page.locator("main [name=of]").select_option(label=TARGET["name"])
    cara.fill(**DEMAND, **day("until", 1, 3, 2031))
    cara.press("Save")
    cara.go(f"{home}/new/endorsement")
    cara.page.locator("main [name=listed]").select_option(label="Domestic Workers' Union")
    cara.fill(as_what="runs", **day("on", 3, 3, 2026))
    look("5-endorsement", cara)
    cara.press("Save")
    write(cara, f"{home}/new/action", **ACTION, **day("on", 3, 3, 2026))
    cara.go(f"{home}/new/reply")
    cara.page.locator("main [name=of]").select_option(label=DEMAND["what"])
    cara.fill(sort="agreement", text="Fees back in two parts.", **day("on", 10, 3, 2026))
    cara.press("Save")
    cara.go(f"{home}/new/outcome")
    cara.page.locator("main [name=of]").select_option(label=DEMAND["what"])
    sums = {"paid-amount": "9000", "awarded-amount": "30000", "claimed-amount": "40000"}
    cara.fill(sort="money", **day("on", 3, 4, 2026), **sums)
    for name in ("paid", "awarded", "claimed"):
        cara.fill(**{f"{name}-currency": "QAR"})
    cara.press("Save")
    told = {"how": "meeting", "told": "What was paid, and what is still owed."}
    write(cara, f"{home}/new/report", **told, **day("on", 4, 4, 2026))
    write(
        cara, f"{home}/new/lesson", title="Two unions at the door", worked="They were let in.", shared="yes"
    )
    return home


def walk(people: tuple[Desk, Desk, Desk, str], look: Look = nothing) -> None:
    """All of it."""
    mei, nina, cara, agency = people
    at_the_desks(mei, nina, str(agency), look)
    home = at_the_network(cara, look)
    cara.go(home)
    won = next(line for line in cara.words.splitlines() if line.startswith("Paid"))
    assert won.index("9,000") < won.index("30,000") < won.index("40,000")
    look("6-campaign", cara)
    cara.go("campaigns/")
    assert "9,000" in cara.words
    look("7-home-won", cara)
    for path in (home, "campaigns/", "campaigns/lessons", "formations/"):
        cara.go(path)
        assert "/cases/" not in cara.page.content()
        assert "Person 1" not in cara.page.content()


def test_from_ten_cases_to_what_was_paid(people):
    walk(people)
