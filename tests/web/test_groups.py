"""Groups at the pages, filled without a script: made, asked for, written for, logged from."""

import re

import pytest

from tests.web.test_cases import ref_of
from tests.web.visitor import text

AGREED = {"given": "yes", "how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"]}


@pytest.fixture
def ref(asha):
    return ref_of(asha.log())


@pytest.fixture
def house(asha):
    asha.get(asha.at("groups/new"))
    return asha.post(asha.at("groups/new"), {"name": "House behind the mill", "sort": "dormitory"}).location


def said(somebody, path):
    return text(somebody.get(path).get_data(as_text=True))


def ask(asha, ref, house, **changes):
    asha.get(asha.at(f"cases/{ref}/groups/ask"))
    sent = AGREED | {"group": house.rpartition("/")[2]} | changes
    return asha.post(asha.at(f"cases/{ref}/groups/ask"), sent)


def test_a_case_belongs_to_a_group_when_its_person_agreed(asha, ref, house):
    assert "House behind the mill" in said(asha, asha.at("groups/"))
    assert "Nobody yet" in said(asha, house)
    assert ask(asha, ref, house).status_code == 302
    assert "They agreed" in said(asha, asha.at(f"cases/{ref}/groups"))
    page = said(asha, house)
    assert "Sita Test" in page
    assert ref in page
    for word in ("Three months", "111 2233", "Unpaid"):
        assert word not in page


def test_an_answer_that_does_not_count_is_said_and_nothing_typed_is_lost(asha, ref, house):
    answer = ask(asha, ref, house, present=["employer"])
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "does not count" in page
    assert re.search(r'value="employer"[^>]*checked', page)
    assert ask(asha, ref, house, group="").status_code == 422
    assert "Nobody yet" in said(asha, house)


def test_it_is_taken_out_with_a_press_and_the_consent_with_it(asha, ref, house):
    ask(asha, ref, house)
    page = asha.get(asha.at(f"cases/{ref}/groups")).get_data(as_text=True)
    out = re.search(r'action="([^"]+/groups/[^"]+/out)"', page).group(1)
    assert asha.post(out, {}).status_code == 302
    assert "Nobody yet" in said(asha, house)
    assert "taken back" in said(asha, asha.at(f"cases/{ref}/consents")).casefold()


def test_a_note_is_written_once_and_read_in_each_case(asha, ref, house):
    ask(asha, ref, house)
    asha.get(house)
    assert asha.post(house, {"kind": "event", "text": "The gate was locked"}).status_code == 302
    assert "The gate was locked" in said(asha, house)
    page = said(asha, asha.at(f"cases/{ref}/entries"))
    assert "The gate was locked" in page
    assert "Written for the group House behind the mill" in page
    asha.get(house)
    empty = asha.post(house, {"kind": "event", "text": " "})
    assert empty.status_code == 422


def test_several_are_logged_at_once_each_still_to_be_asked(asha, house):
    asha.get(f"{house}/log")
    shared = {"safe_now": "no", "kind": "wage_theft", "what_happened": "Locked in.", "danger": ""}
    people = {
        "people-0-called": "Maya Test",
        "people-0-language": "ne",
        "people-0-number": "+977 980 555 6677",
        "people-0-safe": "yes",
        "people-1-language": "bn",
    }
    refused = asha.post(f"{house}/log", shared | people)
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Nobody was asked yet" in page
    assert "Maya Test" in page
    token = re.search(r'name="form_token" value="([^"]+)"', page).group(1)
    for _ in range(2):
        answer = asha.post(
            f"{house}/log", shared | people | {"danger": "Locked in", "form_token": token, "distinct": "1"}
        )
        assert answer.status_code == 302
        page = said(asha, house)
        assert page.count("Not asked yet") == 2
        assert "Maya" not in page
        asha.get(f"{house}/log")


def test_a_line_is_added_without_a_script_and_loses_nothing(asha, house):
    asha.get(f"{house}/log")
    page = asha.post(
        f"{house}/log", {"people-0-called": "Maya", "what_happened": "Locked in", "add": "people"}
    )
    assert page.status_code == 200
    html = page.get_data(as_text=True)
    assert "people-1-called" in html
    assert "Maya" in html
    assert "Locked in" in html


def test_a_note_is_pointed_to_and_its_words_stay_in_the_case(asha, ref, house):
    ask(asha, ref, house)
    asha.get(asha.at(f"cases/{ref}/entries/new"))
    asha.post(asha.at(f"cases/{ref}/entries/new"), {"kind": "call", "text": "Afraid of the guard"})
    path = asha.at(f"cases/{ref}/groups/point")
    entry = re.search(r'name="entry" value="([^"]+)"', asha.get(path).get_data(as_text=True)).group(1)
    assert asha.post(path, {"entry": entry, "group": house.rpartition("/")[2]}).status_code == 302
    page = said(asha, house)
    assert "Stands in the case of Sita Test" in page
    assert "Afraid" not in page


def test_of_a_restricted_member_others_see_nothing(asha, visit, world, ref, house):
    ask(asha, ref, house)
    asha.get(asha.at(f"cases/{ref}/who"))
    named = {"who": "named", "named": [str(world.asha.id), str(world.mei.id)]}
    assert asha.post(asha.at(f"cases/{ref}/who"), named).status_code == 302
    assert ref in said(asha, house)
    bo = visit(world.bo)
    for path in (house, bo.at("groups/")):
        page = said(bo, path)
        assert ref not in page
        assert "Sita" not in page
        assert "1 person" not in page


def test_other_roles_and_desks_find_nothing(asha, visit, world, ref, house):
    for who in (world.luz, world.ram, world.cara, world.nina):
        somebody = visit(who)
        for path in (
            house,
            f"{house}/log",
            f"{house}/edit",
            asha.at("groups/"),
            asha.at(f"cases/{ref}/groups"),
        ):
            assert somebody.get(path).status_code == 404, path
