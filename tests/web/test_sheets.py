"""A case of several kinds is asked a kind at a time: within the budget, and nothing is lost on the way."""

import gzip
import re

import pytest

from casework.cases import kinds
from tests.web.visitor import text

MOST = 15 * 1024
PARTS = ("header", "identity", "story", "legal", "money", "health", "evidence", "profile", "safety", "plan")
FIVE = ("detention", "deportation", "wage_theft", "trafficking", "recruitment_debt")
#: A question of the second kind.
OTHER = "deportation.flight"


@pytest.fixture
def many(asha):
    """The address of a case of the five kinds, detention being the main one."""
    case = asha.log(kind=FIVE[0]).location
    about(asha, case, list(FIVE[1:]))
    return case


def about(asha, case, others):
    asha.get(f"{case}/part/header/edit")
    said = {"language": "ne", "safe_now": "yes", "kind": FIVE[0], "other_kinds": others}
    assert asha.post(f"{case}/part/header/edit", said).status_code == 302


def page(asha, path):
    answer = asha.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_sheet_of_a_case_of_all_five_kinds_stays_within_the_budget(asha, many, language):
    asked = set()
    for part in PARTS:
        for number in range(1, len(FIVE) + 1):
            path = f"{many}/part/{part}/edit/{number}"
            answer = asha.client.get(
                path, headers={"Accept-Language": language, "Accept-Encoding": "gzip"}, follow_redirects=True
            )
            shown = gzip.decompress(answer.data).decode()
            assert len(answer.data) <= MOST, (part, number)
            asked |= {
                f"{kind}.{field.key}"
                for kind in FIVE
                for field in kinds.get(kind).fields(section=part)
                if f'id="q-{kind}.{field.key}"' in shown
            }
    assert asked == {
        f"{kind}.{field.key}"
        for kind in FIVE
        for part in PARTS
        for field in kinds.get(kind).fields(section=part)
    }


def test_no_address_says_what_a_case_is_about(asha, many):
    first = page(asha, f"{many}/part/legal/edit")
    for kind in FIVE:
        assert f"/{kind}" not in first


def test_a_button_saves_what_stands_there_and_goes_on(asha, many):
    page(asha, f"{many}/part/legal/edit")
    assert f'id="q-{OTHER}"' not in asha.last
    assert re.search(r'name="then" value="2">\s*Deportation', asha.last)
    answer = asha.post(f"{many}/part/legal/edit", {"detention.facility": "Pier Street", "then": "2"})
    assert answer.location.endswith("/part/legal/edit/2")
    assert f'id="q-{OTHER}"' in page(asha, answer.location)
    assert asha.post(answer.location, {OTHER: "Gate house"}).status_code == 302
    said = text(page(asha, f"{many}/part/legal"))
    assert "Pier Street" in said
    assert "Gate house" in said


def test_going_on_without_a_change_saves_nothing(asha, many):
    page(asha, f"{many}/part/legal/edit")
    rev = asha.last.partition('name="rev" value="')[2].partition('"')[0]
    assert asha.post(f"{many}/part/legal/edit", {"then": "2"}).status_code == 302
    page(asha, f"{many}/part/legal/edit")
    assert asha.last.partition('name="rev" value="')[2].partition('"')[0] == rev


def test_a_draft_of_one_sheet_comes_back_on_that_sheet(asha, many):
    page(asha, f"{many}/part/legal/edit/2")
    assert asha.post(f"{many}/part/legal/edit/2", {OTHER: "Gate", "draft": "1"}).status_code == 302
    assert "Gate" not in page(asha, f"{many}/part/legal/edit")
    offered = page(asha, f"{many}/part/legal/edit/2")
    resumed = re.search(r"\?draft=[0-9a-f-]+", offered).group()
    assert "Gate" in page(asha, f"{many}/part/legal/edit/2{resumed}")


def test_two_people_on_two_sheets_lose_nothing_and_choose_only_where_both_wrote(visit, world, asha, many):
    bo = visit(world.bo)
    first, second = f"{many}/part/legal/edit", f"{many}/part/legal/edit/2"
    page(asha, first), bo.get(second)
    assert asha.post(first, {"detention.facility": "Hers, of custody"}).status_code == 302
    assert bo.post(second, {OTHER: "His, of the flight"}).status_code == 302
    page(asha, second), bo.get(second)
    assert asha.post(second, {OTHER: "Hers, of the flight"}).status_code == 302
    both = bo.post(second, {OTHER: "His again"})
    assert both.status_code == 409
    assert "Hers, of the flight" in text(bo.last)
    assert bo.post(second, {f"keep-{OTHER}": "mine"}).status_code == 302
    said = text(page(asha, f"{many}/part/legal"))
    assert "Hers, of custody" in said
    assert "His again" in said


def test_a_sheet_whose_kind_was_taken_away_is_shown_and_not_saved(asha, many):
    page(asha, f"{many}/part/legal/edit/2")
    left = asha.last
    about(asha, many, [FIVE[2]])
    asha.last = left
    answer = asha.post(f"{many}/part/legal/edit/2", {OTHER: "Gate house"})
    assert answer.status_code == 409
    assert "Gate house" in text(asha.last)
