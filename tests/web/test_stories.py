"""A story at its pages, without a script: written down, approved, given to a campaign, used, taken back."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from casework import clock
from casework.db import db
from casework.vault import Section
from tests.public_stories.telling import Telling
from tests.web.test_campaigns import BRIEF
from tests.web.test_cases import ref_of
from tests.web.visitor import text

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEXT = "They took my passport. I want it back."
WORDS = {"title": "Nine months", "language": "ne", "text": TEXT, "guarded": "no"}
YES = {
    "read_back": "yes",
    "given": "yes",
    "how": "spoken",
    "language": "ne",
    "interpreter": "worker",
    "present": ["nobody"],
}


def at(days):
    return clock.at(START + timedelta(days=days))


@pytest.fixture
def story(visit, world):
    """The address of a story that was written down; who wrote it."""
    with at(0):
        asha = visit(world.asha)
        ref = ref_of(asha.log())
        asha.get(asha.at(f"cases/{ref}/stories/new"))
        made = asha.post(asha.at(f"cases/{ref}/stories/new"), WORDS)
        assert made.status_code == 302, text(asha.last)
        yield urlsplit(made.location).path, asha


@pytest.fixture
def campaign(visit, world):
    with at(0):
        cara = visit(world.cara, world.network_id)
        cara.get(cara.at("campaigns/new"))
        return urlsplit(cara.post(cara.at("campaigns/new"), BRIEF).location).path


def say(visitor, address, form, told):
    visitor.get(address)
    return visitor.post(f"{address}/{form}", told)


def given(visit, world, story, campaign):
    """Approved, asked again after two days, given by the coordinator."""
    address, asha = story
    assert say(asha, address, "approve", YES).status_code == 302
    with at(2):
        mei = visit(world.mei)
        assert say(mei, address, "again", YES).status_code == 302, text(mei.last)
        mei.get(address)
        assert "Pay us by spring" in text(mei.last)
        answer = mei.post(f"{address}/give", {"campaign": campaign.rpartition("/")[2]})
        assert answer.status_code == 302, text(mei.last)
    return address


def test_from_the_words_to_a_campaign_and_back(visit, world, story, campaign):
    address = given(visit, world, story, campaign)
    with at(3):
        cara = visit(world.cara, world.network_id)
        cara.get(f"{campaign}/stories/")
        assert "Nine months" in text(cara.last)
        one = re.search(rf'href="({campaign}/stories/[^"]+)"', cara.last)[1]
        cara.get(one)
        assert TEXT in text(cara.last)
        used = cara.post(f"{one}/use", {"where": "The Daily", "who": "Its desk"})
        assert used.status_code == 302, text(cara.last)
        mei = visit(world.mei)
        assert say(mei, address, "back", {}).status_code == 302
        mei.get(address)
        assert "The Daily" in text(mei.last)
        assert "Taken away there" in text(mei.last)
        cara.get(one)
        assert TEXT not in cara.last
        assert "These words may be used no more" in text(cara.last)
        cara.get(campaign)
        assert "A story was taken back" in text(cara.last)
        cara.get(one)
        down = re.search(r'action="([^"]+/down/[^"]+)"', cara.last)[1]
        assert cara.post(down, {}).status_code == 422
        assert cara.post(down, {"result": "cannot", "text": "Printed already"}).status_code == 302
        mei.get(address)
        assert "Printed already" in text(mei.last)


def test_on_the_eighth_day_nobody_reads_or_uses_it(visit, world, story, campaign):
    given(visit, world, story, campaign)
    with at(10):
        cara = visit(world.cara, world.network_id)
        cara.get(f"{campaign}/stories/")
        one = re.search(rf'href="({campaign}/stories/[^"]+)"', cara.last)[1]
        cara.get(one)
        assert TEXT not in cara.last
        answer = cara.post(f"{one}/use", {"where": "The Daily"})
        assert answer.status_code == 422
        assert "asked again first" in text(cara.last)
        assert say(cara, one, "want", {}).status_code == 302
        mei = visit(world.mei)
        mei.get(story[0])
        assert "would like to use it again" in text(mei.last)


def test_a_second_tab_that_shows_older_words_approves_nothing(story):
    address, asha = story
    asha.get(address)
    stale = asha.last
    asha.get(f"{address}/edit")
    assert asha.post(f"{address}/edit", WORDS | {"text": "Other words"}).status_code == 302
    asha.last = stale
    answer = asha.post(f"{address}/approve", YES)
    assert answer.status_code == 409
    assert "was changed meanwhile" in text(asha.last)
    assert "Not approved yet" in text(asha.last)
    asha.last = stale
    both = asha.post(f"{address}/edit", WORDS | {"text": "Third words"})
    assert both.status_code == 409
    assert "Other words" in text(asha.last)
    assert "Third words" in asha.last


def test_what_is_wrong_is_said_beside_its_question(story):
    address, asha = story
    answer = say(asha, address, "approve", YES | {"present": ["employer"]})
    assert answer.status_code == 422
    assert "does not count" in text(asha.last)
    assert re.search(r'value="employer"[^>]*checked', asha.last)


def test_volunteers_give_nothing_and_others_find_nothing(visit, world, story, campaign):
    address, asha = story
    say(asha, address, "approve", YES)
    with at(2):
        bo = visit(world.bo)
        say(bo, address, "again", YES)
        bo.get(address)
        assert bo.post(f"{address}/give", {"campaign": campaign.rpartition("/")[2]}).status_code == 404
        for human, desk in ((world.ram, None), (world.luz, None), (world.cara, world.network_id)):
            other = visit(human, desk)
            assert other.get(address).status_code == 404
            assert other.post(f"{address}/back", {}).status_code in (403, 404)
            if human is world.cara:
                continue
            assert other.get(f"{campaign}/stories/").status_code == 404


def test_an_ally_reads_the_words_and_signs(visit, app, world):
    """Beside them a coordinator; nobody else of the desk has to say what the lawyer said."""
    with app.app_context():
        telling = Telling(world)
        telling.invite(Section.LEGAL)
        story_id = telling.approved(guarded="yes")
        db.session.commit()
    with telling.at(2):
        luz = visit(world.luz)
        luz.get(luz.at(f"review/{telling.ref}"))
        assert "waits for your approval" in text(luz.last)
        page = luz.at(f"review/{telling.ref}/stories/")
        luz.get(page)
        assert "They took my passport" in text(luz.last)
        assert luz.post(f"{page}{story_id}", {"lawyer": "No harm seen", "harm": ""}).status_code == 422
        assert "No harm seen" in text(luz.last)
        told = {"lawyer": "No harm seen", "harm": "None that is known"}
        assert luz.post(f"{page}{story_id}", told | {"rev": "1"}).status_code == 422
        assert "changed meanwhile" in text(luz.last)
        luz.get(page)
        assert luz.post(f"{page}{story_id}", told).status_code == 302
        luz.get(page)
        assert "Signed by you" in text(luz.last)
        mei = visit(world.mei)
        address = mei.at(f"cases/{telling.ref}/stories/{story_id}")
        mei.get(address)
        assert "Signed by the legal ally" in text(mei.last)
        assert mei.post(f"{address}/second", {"lawyer": "", "harm": "None"}).status_code == 302
        mei.get(address)
        assert "Two others of the desk" not in text(mei.last)
        assert "Take my signature back" in text(luz.last)
        luz.get(page)
        assert luz.post(f"{page}{story_id}/back", {}).status_code == 302
        luz.get(page)
        assert "I approve these words" in text(luz.last)
        mei.get(address)
        assert "The legal ally took the signature back" in text(mei.last)
        assert "Two others have to approve" in text(mei.last)
        mei.get(mei.at(""))
        assert "took back the signature under a story" in text(mei.last)
