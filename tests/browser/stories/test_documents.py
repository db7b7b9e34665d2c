"""What the movement's own documents ask of the software, row by row, as people do it: docs/documents.md names each row.

Rows that other stories walk (a referral between desks, allies, the published figures) stand there with theirs.
"""

import re

import pytest

from casework import clock
from casework.db import db
from tests.browser.stories.desk import AGREED, Desk
from tests.browser.stories.network import BRIEF, campaign, day, organisation, write
from tests.factories.worlds import code
from tests.signals.people import Patterns

pytestmark = pytest.mark.slow

#: The answers where a page asks for one purpose only.
ASKED = {name.removeprefix("consent."): value for name, value in AGREED.items()} | {"language": "ne"}


@pytest.fixture
def cara(at, live, live_world):
    """A campaigner at the network, on a laptop."""
    desk = at(live_world.cara, viewport={"width": 1280, "height": 900}, is_mobile=False, has_touch=False)
    with live.app.app_context():
        return Desk(desk.page, f"/desk/{code(live_world.network_id)}")


def agree(desk: Desk, ref: str, purpose: str) -> None:
    desk.go(f"cases/{ref}/consents")
    desk.page.locator("main [name=purpose]").select_option(purpose)
    desk.fill(**ASKED)
    desk.press("Write down their answer")


def test_harms_of_every_sort_their_conventions_and_who_people_say_they_are(asha):
    """Five kinds in depth and codes for the rest; groups, employment, why they left; corridor; instruments."""
    ref = asha.log(home="NP", host="QA")
    asha.go(f"cases/{ref}/part/header")
    for words in ("Nepal", "Qatar", "May breach", "Protection of Wages Convention (ILO 95, 1949)"):
        assert words in asha.words
    agree(asha, ref, "profile")
    asha.go(f"cases/{ref}/part/profile/edit")
    for name, value in (
        ("groups", "woman"),
        ("employment", "informal"),
        ("left_because", "debt"),
        ("abuses", "unsafe_work"),
        ("abuses", "health_test"),
        ("abuses", "deskilling"),
    ):
        asha.fill(**{name: value})
    asha.press("Save")
    asha.go(f"cases/{ref}/part/profile")
    for words in (
        "Woman migrant",
        "Debt or a financial crisis",
        "Unsafe work",
        "Occupational Safety and Health",
    ):
        assert words in asha.words
    # Lists and figures of the desk ask for them, only of who agreed.
    asha.go("cases/")
    asha.page.locator("main summary", has_text="Filter and sort").click()
    asha.follow("By what they say of themselves")
    asha.page.locator("main [name=left_because]").select_option("debt")
    asha.press("Show")
    assert ref in asha.words
    asha.follow("Figures")
    assert "Debt or a financial crisis" in asha.words


def test_those_who_exploit_and_what_links_them(asha):
    """Employers, recruiters, lenders, a state's office, a corporation above: one register, with chains."""
    for name, kind in (("Golden Bridge", "recruiter"), ("Himal Finance", "lender")):
        asha.go("respondents/new")
        asha.fill(name=name, kind=kind)
        asha.press("Save")
        box = asha.page.locator("main [name='distinct']")
        if box.count():
            box.check()
            asha.press("Save")
    asha.page.locator("main summary", has_text="hangs together").first.click()
    asha.page.locator("main [name=sort]").select_option("lends_for")
    asha.page.locator("main [name=to]").select_option(label="Golden Bridge")
    asha.page.locator("main form[action$='/chain'] button").first.click()
    asha.page.wait_for_load_state()
    assert "lends for" in asha.words
    assert asha.page.locator("main svg").count()


def test_two_entries_are_one_and_two_again_by_a_touch(asha):
    for name in ("Golden Bridge", "Golden Bridge Overseas"):
        asha.go("respondents/new")
        asha.fill(name=name, kind="recruiter")
        asha.press("Save")
        if (box := asha.page.locator("main [name='distinct']")).count():
            box.check()
            asha.press("Save")
    asha.follow("This is a double of another entry")
    asha.page.locator("main [name=into]").select_option(index=1)
    asha.fill(why="The same licence.")
    asha.press("They are one")
    asha.go("respondents/")
    asha.follow("Golden Bridge")
    assert "Entered more than once" in asha.words
    asha.press("Undo: they are two")
    asha.go("respondents/")
    asha.follow("Golden Bridge Overseas")
    assert "This is a double of another entry" in asha.words
    assert "Entered more than once" not in asha.words


def test_a_campaign_says_which_goal_level_and_function_it_serves(cara):
    """Four goals, four functions, six levels; several organisations; what was won; what others can learn."""
    organisation(cara, "Domestic Workers' Union", "union", "workers")
    home = campaign(cara)
    cara.go(f"{home}/new/endorsement")
    cara.page.locator("main [name=listed]").select_option(label="Domestic Workers' Union")
    cara.fill(as_what="runs", **day("on", 3, 3, 2026))
    cara.press("Save")
    money = {"paid-amount": "900", "awarded-amount": "3000", "claimed-amount": "4000"}
    currencies = {name.replace("amount", "currency"): "QAR" for name in money}
    write(cara, f"{home}/new/outcome", sort="money", **day("on", 3, 4, 2026), **money, **currencies)
    write(
        cara, f"{home}/new/lesson", title="Two unions at the door", worked="They were let in.", shared="yes"
    )
    cara.go(home)
    for words in (
        "Local and national struggles",
        "Town or district",
        "Domestic Workers' Union",
        "Runs it together",
    ):
        assert words in cara.words
    won = next(line for line in cara.words.splitlines() if line.startswith("Paid"))
    assert won.index("900") < won.index("3,000") < won.index("4,000")
    cara.page.locator("main summary", has_text="Actions by function").click()
    assert "Hold power accountable" in cara.words
    cara.go("campaigns/lessons")
    assert "Two unions at the door" in cara.words
    assert BRIEF["name"] not in cara.words
    cara.go("campaigns/ladder")
    assert "ILO" in cara.words


def test_the_life_of_a_formation(cara):
    """Forming below three, formed at three, back with a notice; council, core group with terms, composition, functions."""
    for name, kind, composed in (
        ("Domestic Workers' Union", "union", "women"),
        ("Himal Association", "migrants", "migrants"),
        ("Harbour Workers", "workers", "workers"),
    ):
        organisation(cara, name, kind, composed)
    write(cara, "formations/new/formation", name="Harbour workers together", level="neighbourhood")
    home = "formations/" + cara.page.url.rpartition("/")[2]
    assert "3 more organisations make it a formation" in cara.words
    for number, name in enumerate(("Domestic Workers' Union", "Himal Association", "Harbour Workers")):
        cara.go(f"{home}/new/member")
        cara.page.locator("main [name=of]").select_option(label=name)
        cara.fill(**day("since", 3, 3, 2026))
        cara.press("Save")
        assert ("Formed" in cara.words) is (number == 2)
    term = day("since", 3, 3, 2026) | day("ends", 3, 3, 2031)
    write(cara, f"{home}/new/seat", called="Speaker of the cleaners", composed="women", **term)
    deed = {"functions": "organise", "level": "workplace", "what": "An evening on contracts."}
    write(cara, f"{home}/new/deed", **deed, **day("on", 3, 4, 2026))
    for words in ("Speaker of the cleaners", "An evening on contracts", "Women", "Organise workers"):
        assert words in cara.words
    cara.follow("Himal Association")
    cara.fill(**day("left_on", 5, 6, 2026))
    cara.press("Save")
    assert "Himal Association left on 5 Jun 2026: it is below three organisations again" in cara.words
    cara.go("campaigns/")
    assert "Himal Association left" in cara.words


def test_people_become_members_and_no_clients(asha, cara):
    """I want to organise: a question of its own, to the organiser whom they chose, taken back with a word."""
    organisation(cara, "Domestic Workers' Union", "union", "workers")
    cara.go("organising/")
    cara.page.locator("main summary").first.click()
    cara.page.locator("main [name=organisation]").select_option(label="Domestic Workers' Union")
    cara.fill(called="Cara", says="Nepali, Sundays")
    cara.press("Save")
    ref = asha.log()
    asha.go(f"cases/{ref}/organising")
    asha.page.get_by_text("Cara, Domestic Workers' Union").click()
    asha.fill(**ASKED, channel="call", called="Sunita", words="Nepali, after six")
    asha.press("Write down their answer")
    assert "Passed on" in asha.words
    cara.go("organising/")
    assert re.search(r"Sunita.*\+977 980 111 2233", cara.words, re.DOTALL)
    assert "Sita Test" not in cara.page.content()
    asha.go(f"cases/{ref}/organising")
    with asha.page.expect_navigation():
        asha.page.locator("main form[action$='/back'] button").click()
    cara.go("organising/")
    assert "They took it back" in cara.words
    assert "2233" not in cara.page.content()


def meets(desk: Desk, called: str) -> None:
    """Say that one meets people for the union."""
    desk.go("organising/")
    desk.page.locator("main summary").first.click()
    desk.page.locator("main [name=organisation]").select_option(label="Domestic Workers' Union")
    desk.fill(called=called, says="Nepali, Sundays")
    desk.press("Save")


@pytest.mark.parametrize("script", [True, False])
def test_an_organiser_who_goes_away_loses_nobody(at, live, live_world, cara, script):
    """Whom the person named beforehand steps in, at the desk's press; the first one has it no more."""
    asha = at(live_world.asha, java_script_enabled=script)
    nina = at(live_world.nina)
    with live.app.app_context():
        nina = Desk(nina.page, f"/desk/{code(live_world.network_id)}")
    organisation(cara, "Domestic Workers' Union", "union", "workers")
    meets(cara, "Cara")
    meets(nina, "Nina")
    ref = asha.log()
    asha.go(f"cases/{ref}/organising")
    asha.page.locator("label", has=asha.page.locator("[name=offer]"), has_text="Cara").click()
    asha.page.locator("label", has=asha.page.locator("[name=stand_in]"), has_text="Nina").click()
    asha.fill(**ASKED, channel="call", called="Sunita", words="Nepali, after six")
    asha.press("Write down their answer")
    assert "If they are away: Nina" in asha.words
    cara.go("organising/")
    cara.press("I cannot meet them: give it back")
    assert "Nobody waits for you" in cara.words
    asha.go(f"cases/{ref}/organising")
    assert "Perhaps lost" in asha.words
    with asha.page.expect_navigation():
        asha.page.locator("main form[action$='/stand-in'] button").click()
    assert "Another steps in" in asha.words
    nina.go("organising/")
    assert re.search(r"Sunita.*\+977 980 111 2233", nina.words, re.DOTALL)


def test_allies_by_what_they_can_do(asha, cara):
    """The directory of services at the desk, the directory of organisations at the network."""
    asha.go("services/new")
    asha.fill(name="St Anne's house")
    asha.press("Save")
    asha.go("services/")
    assert "St Anne's house" in asha.words
    cara.go("formations/new/organisation")
    cara.fill(name="Law Clinic", kind="legal", composed="workers", roles="interpreting")
    cara.press("Save")
    cara.go("formations/")
    assert "Interpreting" in cara.words


def people_cheated(live, live_world, count):
    """Cases of people who name one agency and agree to be counted."""
    with live.app.app_context():
        there = Patterns(live_world)
        there.several(there.asha, count)
        db.session.commit()
        return there.agency.id


def test_a_pattern_grows_into_a_campaign(at, live, live_world, cara):
    """From cases to a signal, to what those affected decided, to what campaign teams may know."""
    agency = people_cheated(live, live_world, 4)
    mei = at(live_world.mei)
    mei.go("signals/")
    assert "4 people here" in mei.words
    mei.follow("Gulf Manpower")
    assert "Not asked: 4" in mei.words
    mei.page.locator("main summary", has_text="Write down what they decided").click()
    mei.page.locator("main form[action$='/decided'] [name=on]").fill(clock.today().isoformat())
    mei.fill(what="public_campaign", text="They want their fees back.")
    mei.page.locator("main form[action$='/decided'] button").last.click()
    mei.page.wait_for_load_state()
    cara.go("campaigns/")
    assert "Gulf Manpower" not in cara.page.content()
    mei.go(f"signals/{agency}")
    mei.page.locator("main summary", has_text="Let campaign teams know").click()
    mei.fill(there="none", words="Fees beyond what the law allows")
    mei.press("Let them know")
    cara.go("campaigns/")
    for words in ("Gulf Manpower", "3 or more people", "Fees beyond what the law allows"):
        assert words in cara.words
    assert "/cases/" not in cara.page.content()
    mei.go(f"signals/{agency}")
    mei.press("Take it back from them")
    cara.go("campaigns/")
    assert "Gulf Manpower" not in cara.page.content()
