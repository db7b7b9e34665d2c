"""The directory and formations as the network's people use them."""

import re
from urllib.parse import urlsplit

import pytest

from tests.web.visitor import text

DAY = {"since-day": "3", "since-month": "3", "since-year": "2026"}


@pytest.fixture
def cara(visit, world):
    return visit(world.cara, world.network_id)


def write(visitor, address, said):
    visitor.get(address)
    answer = visitor.post(address, said)
    assert answer.status_code == 302, text(visitor.last)
    return urlsplit(answer.location).path


def test_three_organisations_make_a_formation_and_one_that_leaves_unmakes_it(cara):
    for name in ("Domestic Workers' Union", "Himal Association", "Women of the Harbour"):
        said = {"name": name, "kind": "union", "composed": ["workers"]}
        write(cara, cara.at("formations/new/organisation"), said)
    home = write(cara, cara.at("formations/new/formation"), {"name": "Harbour AWU", "level": "locality"})
    cara.get(f"{home}/new/member")
    options = re.findall(r'<option value="([0-9a-f-]{36})"', cara.last)
    assert len(options) == 3
    for number, option in enumerate(options):
        cara.get(home)
        assert ("Formed" in text(cara.last)) is (number == 3)
        write(cara, f"{home}/new/member", DAY | {"of": option})
    cara.get(home)
    page = text(cara.last)
    assert "Formed" in page, page[300:900]
    member = re.search(rf'href="({cara.at("formations/item/")}[^"]+)"[^>]*><bdi>Himal', cara.last).group(1)
    early = {f"left_on-{part}": value for part, value in (("day", "1"), ("month", "2"), ("year", "2026"))}
    assert cara.post(member, DAY | early).status_code == 422
    assert "This lies before “Since when?”" in text(cara.last)
    left = {f"left_on-{part}": value for part, value in (("day", "5"), ("month", "6"), ("year", "2026"))}
    cara.get(member)
    chosen = re.search(r'<option value="([^"]+)" selected>Himal', cara.last).group(1)
    assert cara.post(member, DAY | left | {"of": chosen}).status_code == 302
    cara.get(home)
    page = text(cara.last)
    assert "Forming again" in page
    assert "Himal Association left on 5 Jun 2026" in page


def test_what_a_campaign_learned_is_read_by_all_and_taken_back(visit, world, cara):
    cara.get(cara.at("campaigns/new"))
    brief = {
        "name": "Pay us",
        "goals": ["education"],
        "level": "workplace",
        "about": "Wages",
        "risks": "Dismissal",
    }
    campaign = urlsplit(cara.post(cara.at("campaigns/new"), brief).location).path
    lesson = {"title": "Go there before you write", "worked": "Ten went to the office.", "shared": "yes"}
    write(cara, f"{campaign}/new/lesson", lesson)
    nina = visit(world.nina, world.network_id)
    nina.get(nina.at("campaigns/lessons"))
    assert "Ten went to the office." in text(nina.last)
    assert "Pay us" not in text(nina.last)
    cara.get(campaign)
    address = re.search(rf'href="({campaign}/item/[^"]+)"', cara.last).group(1)
    cara.get(address)
    assert cara.post(address, lesson | {"shared": "no"}).status_code == 302
    nina.get(nina.at("campaigns/lessons"))
    assert "Ten went to the office." not in text(nina.last)


def test_volunteers_and_desks_have_no_directory(visit, world):
    asha = visit(world.asha)
    assert asha.get(asha.at("formations/")).status_code == 404
    mei = visit(world.mei)
    assert mei.get(mei.at("formations/")).status_code == 404
    assert mei.get(mei.at("campaigns/")).status_code == 404
