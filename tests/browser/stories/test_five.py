"""Five people signed in at once: a volunteer, a coordinator, a second desk, a legal ally, a campaigner.

After each step every one of them looks: what the step gave them, and that it gave the others nothing.
"""

from datetime import timedelta

import pytest

from casework import clock
from casework.db import db
from casework.packets import desk_cards
from casework.packets.partners import bring, compared
from tests.browser.stories.desk import Desk
from tests.browser.stories.test_ally import agree as agree_to_lawyer
from tests.browser.stories.test_ally import arrive, give
from tests.factories.worlds import code

STORY, NAME = "Three months without pay.", "Sita Test"
MISSING = "This page is not here"
pytestmark = pytest.mark.slow


@pytest.fixture
def five(at, live, live_world):
    """Each at a device of their own and at their own desk; the two desks have compared their cards before."""
    world = live_world
    with live.app.app_context():
        roots = {one: code(one) for one in (world.home_id, world.network_id)}
        for one, other in ((world.mei, world.nina), (world.nina, world.mei)):
            card = desk_cards.own(world.actor(other))
            compared(world.actor(one), bring(world.actor(one), card.text), card.code)
        db.session.commit()
    asha, mei, nina, luz, cara = (at(getattr(world, one)) for one in ("asha", "mei", "nina", "luz", "cara"))
    nina.root, cara.root = (f"/desk/{roots[one]}" for one in (world.home_id, world.network_id))
    return asha, mei, nina, luz, cara


def sees_nothing(desk: Desk, host: Desk, ref: str) -> None:
    """Neither at their own desk nor at the other's address is there a word of it."""
    desk.go()
    for words in (ref, NAME, STORY):
        assert words not in desk.page.content()
    for path in (f"cases/{ref}", f"cases/{ref}/part/story", f"cases/{ref}/packets", f"review/{ref}"):
        answer = desk.page.goto(f"{host.root}/{path}")
        assert answer.status == 404
        assert NAME not in desk.page.content()


def test_what_each_sees_after_each_step(five):
    asha, mei, *_, cara = five
    ref = asha.log()
    logged(five, ref)
    given_to_the_ally(five, ref)
    packet = referred(five, ref)
    there = accepted(five, ref, packet)
    taken_back(five, ref)
    # The coordinator sees who opened what; the campaigner was there all along, and has met nobody.
    mei.go(f"cases/{ref}/lawyers")
    mei.follow("Luz")
    assert "first:" in mei.words
    cara.go()
    for words in (ref, there, NAME, STORY, "Valley desk refers"):
        assert words not in cara.page.content()


def logged(five, ref):
    """A volunteer has logged somebody: her desk has it, nobody else anything."""
    asha, mei, *others = five
    assert NAME in asha.words
    mei.go("cases/")
    assert ref in mei.page.content()
    for one in others:
        sees_nothing(one, asha, ref)


def given_to_the_ally(five, ref):
    """The coordinator gives the story to the ally: that part, without the name, and no other."""
    asha, mei, nina, luz, cara = five
    arrive(luz)
    agree_to_lawyer(mei, ref)
    give(mei, ref, "story")
    assert "Can read it now" in mei.words
    luz.go()
    luz.follow(ref)
    luz.follow("What happened")
    assert STORY in luz.words
    assert NAME not in luz.page.content()
    assert luz.page.goto(f"{luz.root}/review/{ref}/part/identity").status == 404
    assert luz.page.goto(f"{asha.root}/cases/{ref}").status == 404
    for one in (nina, cara):
        sees_nothing(one, asha, ref)


def referred(five, ref):
    """The volunteer refers the person to the second desk, which sees that somebody comes, and who once it opens it."""
    asha, _, nina, luz, cara = five
    asha.go(f"cases/{ref}/consents")
    told = {"purpose": "referral", "given": "yes", "how": "spoken", "language": "ne"}
    asha.fill(**told, interpreter="phone", present="nobody", recipient="Valley desk", data="What happened")
    asha.press("Write down their answer")
    asha.go(f"cases/{ref}/packets/new")
    asha.page.locator("[name=partner]").select_option(label="Valley desk")
    asha.fill(told="Please take her over", ends_on=(clock.today() + timedelta(days=5)).isoformat())
    for part in ("story", "identity"):
        asha.page.locator(f"[name=sections][value={part}]").check()
    asha.press("Refer them")
    assert "Waits for an answer" in asha.words
    nina.go()
    assert NAME not in nina.page.content()
    nina.follow("Harbour desk refers somebody to you")
    assert STORY not in nina.page.content()
    packet = nina.page.url.rsplit("/", 1)[1]
    nina.follow("Open it")
    for words in (STORY, NAME, ref):
        assert words in nina.words
    assert nina.page.goto(f"{asha.root}/cases/{ref}").status == 404
    for one in (luz, cara):
        for path in (f"packets/{packet}", f"packets/{packet}/open"):
            assert one.page.goto(f"{nina.root}/{path}").status == 404
    return packet


def accepted(five, ref, packet):
    """The second desk accepts: a case of its own, closed to the first desk, which reads the new reference."""
    asha, mei, nina, luz, cara = five
    nina.go(f"packets/{packet}/open")
    nina.fill(take="y")
    nina.press("Accept")
    there = nina.arrived()
    assert there != ref
    assert NAME in nina.words
    asha.go(f"cases/{ref}/packets")
    asha.follow("Valley desk")
    assert there in asha.words
    for one in (asha, mei, luz, cara):
        assert one.page.goto(f"{nina.root}/cases/{there}").status == 404
    return there


def taken_back(five, ref):
    """The person takes the agreement with the lawyer back: the next click opens nothing, and the page says what left."""
    asha, _, _, luz, _ = five
    luz.go(f"review/{ref}")
    agree_to_lawyer(asha, ref, given="no")
    luz.page.locator("main a[href*='/part/story']").first.click()
    luz.page.get_by_text(MISSING).wait_for()
    asha.go(f"cases/{ref}/consents")
    left = asha.page.locator("section", has_text="What left already").inner_text()
    for recipient in ("Luz", "Valley desk"):
        assert recipient in left
