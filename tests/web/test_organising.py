"""I want to organise, as it is asked at the desk and read by the organiser, without a script."""

import re

import pytest

from tests.web.test_cases import ref_of
from tests.web.visitor import text

YES = {"given": "yes", "how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"]}


@pytest.fixture
def asha(visit, world):
    return visit(world.asha)


@pytest.fixture
def cara(visit, world):
    return visit(world.cara, world.network_id)


@pytest.fixture
def offered(cara):
    """Cara meets people for a union of the directory."""
    cara.get(cara.at("formations/new/organisation"))
    told = {"name": "Union of Domestic Workers", "kind": "union"}
    assert cara.post(cara.at("formations/new/organisation"), told).status_code == 302
    cara.get(cara.at("organising/"))
    union = re.search(r'<option value="([0-9a-f-]{36})">Union', cara.last).group(1)
    said = {"organisation": union, "called": "Cara", "says": "Nepali, Sundays"}
    assert cara.post(cara.at("organising/"), said).status_code == 302
    return union


def said(somebody, path):
    return text(somebody.get(path).get_data(as_text=True))


def chosen(asha, here):
    asha.get(here)
    return re.search(r'name="offer" value="([^"]+)"', asha.last).group(1)


def introduce(asha, here, **more):
    told = {"offer": chosen(asha, here), "channel": "call", "called": "Sunita", "words": "Nepali, after six"}
    return asha.post(here, YES | told | more)


def test_from_the_desk_to_the_organiser_and_back(asha, cara, offered):
    ref = ref_of(asha.log())
    here = asha.at(f"cases/{ref}/organising")
    assert "I want to organise" in said(asha, asha.at(f"cases/{ref}/part/profile"))
    assert "Cara, Union of Domestic Workers" in said(asha, here)
    assert "Nepali, Sundays" in text(asha.last)
    assert introduce(asha, here).status_code == 302
    assert "1 person wants to be met by you" in said(cara, cara.at("campaigns/"))
    page = said(cara, cara.at("organising/"))
    for words in ("Sunita", "+977 980 111 2233", "Nepali, after six", "Union of Domestic Workers"):
        assert words in page
    for words in (ref, "Sita Test", "Harbour", "Asha", "Three months"):
        assert words not in cara.last
    assert "Read on" in said(asha, here)
    back = re.search(r'action="([^"]+/back)"', asha.last).group(1)
    assert asha.post(back).status_code == 302
    page = said(cara, cara.at("organising/"))
    assert "They took it back" in page
    assert "2233" not in page
    # What left is said in the case, and what became of it.
    assert "Cara, Union of Domestic Workers" in said(asha, asha.at(f"cases/{ref}/consents"))
    settle = re.search(
        r'action="([^"]+/met/[^"]+)"', cara.get(cara.at("organising/")).get_data(as_text=True)
    ).group(1)
    assert cara.post(settle).status_code == 302
    assert "Nobody waits for you" in said(cara, cara.at("organising/"))


def test_a_no_is_written_down_and_asks_for_nothing_else(asha, cara, offered):
    ref = ref_of(asha.log())
    here = asha.at(f"cases/{ref}/organising")
    offer = chosen(asha, here)
    assert asha.post(here, {"offer": offer, "given": "no"}).status_code == 302
    assert "I want to organise" in said(asha, asha.at(f"cases/{ref}/consents"))
    assert "Nobody waits for you" in said(cara, cara.at("organising/"))
    assert asha.get(asha.at(f"cases/{ref}")).status_code == 200


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(asha, offered):
    here = asha.at(f"cases/{ref_of(asha.log())}/organising")
    assert introduce(asha, here, channel="", called="Sunita of the bakery").status_code == 422
    assert "Choose a way that they marked as safe" in text(asha.last)
    assert "Sunita of the bakery" in asha.last
    assert introduce(asha, here, words="").status_code == 422
    assert introduce(asha, here, offer="").status_code == 422
    assert "Choose whom they want to meet" in text(asha.last)
    assert introduce(asha, here, present=["employer"]).status_code == 422


def test_without_an_organiser_or_a_safe_way_it_says_what_to_do(asha, cara, visit, world):
    ref = ref_of(asha.log(**{"reach-0-safe": "unknown"}))
    here = asha.at(f"cases/{ref}/organising")
    assert "Nobody of the network meets people yet" in said(asha, here)
    luz = visit(world.luz)
    for outsider in (luz, visit(world.ram), cara):
        assert outsider.get(here).status_code == 404
        assert outsider.get(outsider.at(f"cases/{ref}/organising")).status_code == 404
    for outsider in (asha, luz):
        assert outsider.get(outsider.at("organising/")).status_code == 404


def test_no_safe_way_is_said(asha, offered):
    here = asha.at(f"cases/{ref_of(asha.log(**{'reach-0-safe': 'no'}))}/organising")
    assert "No way is marked as safe" in said(asha, here)
    offer = re.search(r'name="offer" value="([^"]+)"', asha.last).group(1)
    told = {"offer": offer, "channel": "call", "called": "S", "words": "x"}
    assert asha.post(here, YES | told).status_code == 422


def test_who_steps_back_is_offered_no_more(asha, cara, offered):
    cara.get(cara.at("organising/"))
    stop = re.search(r'action="([^"]+/stop)"', cara.last).group(1)
    assert cara.post(stop).status_code == 302
    here = asha.at(f"cases/{ref_of(asha.log())}/organising")
    assert "Nobody of the network meets people yet" in said(asha, here)


def test_the_network_has_a_name_for_who_holds_no_key_of_it(cara, world):
    page = said(cara, cara.at("campaigns/"))
    assert "The network" in page
    assert not re.search(rf">\s*{world.codes[world.network_id]}\s*<", cara.last)


def test_an_endorsement_comes_from_the_directory_and_says_what_became_of_it(cara, offered):
    cara.get(cara.at("campaigns/new"))
    brief = {
        "name": "Pay us",
        "goals": ["education"],
        "level": "locality",
        "about": "Wages",
        "risks": "Dismissal",
    }
    campaign = cara.post(cara.at("campaigns/new"), brief).location
    new, day = f"{campaign}/new/endorsement", {"on-day": "3", "on-month": "3", "on-year": "2026"}
    cara.get(new)
    assert "Union of Domestic Workers" in cara.last
    assert cara.post(new, day | {"as_what": "runs"}).status_code == 422
    assert cara.post(new, day | {"as_what": "runs", "listed": offered}).status_code == 302
    assert "Union of Domestic Workers" in said(cara, campaign)
    assert "Not in the directory" not in text(cara.last)
    cara.get(cara.at(f"formations/item/{offered}"))
    assert cara.post(cara.at(f"formations/item/{offered}/strike"), {"struck": "yes"}).status_code == 302
    assert "Not in the directory any more" in said(cara, campaign)


def second_organiser(visit, world, offered):
    """Nina, a coordinator of the network, meets people for the same union."""
    nina = visit(world.nina, world.network_id)
    nina.get(nina.at("organising/"))
    said_ = {"organisation": offered, "called": "Nina", "says": "Weekdays"}
    assert nina.post(nina.at("organising/"), said_).status_code == 302
    return nina


def test_whoever_they_named_is_let_know_when_the_organiser_gives_it_back(asha, cara, offered, visit, world):
    nina = second_organiser(visit, world, offered)
    ref = ref_of(asha.log())
    here = asha.at(f"cases/{ref}/organising")
    page = said(asha, here)
    assert "And if that organiser is away or leaves?" in page
    offers = {
        name: value
        for value, name in re.findall(
            r'name="offer" value="([^"]+)"[^>]*><span class="choice-text"><span>(\w+)', asha.last
        )
    }
    told = {"channel": "call", "called": "Sunita", "words": "Nepali, after six"}
    wrong = told | {"offer": offers["Cara"], "stand_in": offers["Cara"]}
    assert asha.post(here, YES | wrong).status_code == 422
    assert "Choose somebody else to step in, or nobody." in text(asha.last)
    right = told | {"offer": offers["Cara"], "stand_in": offers["Nina"]}
    assert asha.post(here, YES | right).status_code == 302
    assert "If they are away: Nina" in said(asha, here)
    assert "/stand-in" not in asha.last
    assert "Nobody waits for you" in said(nina, nina.at("organising/"))
    assert "Ask whether they have met the organiser" in said(asha, asha.at(f"cases/{ref}/dates"))
    cara.get(cara.at("organising/"))
    back = re.search(r'action="([^"]+/given-back/[^"]+)"', cara.last).group(1)
    assert cara.post(back).status_code == 302
    assert "Nobody waits for you" in said(cara, cara.at("organising/"))
    page = said(asha, here)
    for words in ("Perhaps lost", "Nobody has it any more", "They agreed that this one steps in: Nina"):
        assert words in page
    step = re.search(r'action="([^"]+/stand-in)"', asha.last).group(1)
    assert asha.post(step).status_code == 302
    assert "+977 980 111 2233" in said(nina, nina.at("organising/"))
    assert "Another steps in" in said(asha, here)
    # Sent once more it is refused in words, and changes nothing.
    assert asha.post(step).status_code == 422
    assert "Nobody can step in now" in text(asha.last)


def test_without_a_stand_in_the_page_says_to_ask_again(asha, cara, offered):
    ref = ref_of(asha.log())
    here = asha.at(f"cases/{ref}/organising")
    assert "And if that organiser is away" not in said(asha, here)
    assert introduce(asha, here).status_code == 302
    cara.get(cara.at("organising/"))
    stop = re.search(r'action="([^"]+/stop)"', cara.last).group(1)
    assert cara.post(stop).status_code == 302
    page = said(asha, here)
    assert "They meet nobody any more" in page
    assert "Ask them again whom they want to meet" in page
    assert "/stand-in" not in asha.last
