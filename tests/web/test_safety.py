"""What protects the person, at the pages: by address, from a second tab, with an old form, as somebody else."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock
from tests.web.test_cases import ref_of
from tests.web.visitor import text

NUMBER = "111 2233"
AGREED = {"how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"], "given": "yes"}


@pytest.fixture
def ref(asha):
    return ref_of(asha.log())


def opened(asha, ref, path):
    return asha.get(asha.at(f"cases/{ref}/{path}")).get_data(as_text=True)


def test_no_page_shows_the_number_before_the_rule_was_ticked(asha, ref):
    for path in (
        "",
        "part/identity",
        "part/identity/edit",
        "reach",
        "entries",
        "consents",
        "workers",
        "close",
    ):
        assert NUMBER not in opened(asha, ref, path), path
    asha.get(asha.at("search/"))
    found = asha.post(asha.at("search/"), {"query": "1112233"}, follow=True).get_data(as_text=True)
    assert ref in found
    assert NUMBER not in found


def test_the_number_comes_in_an_answer_to_the_tick_and_never_by_an_address(asha, ref):
    opened(asha, ref, "reach")
    path = asha.at(f"cases/{ref}/reach")
    unread = asha.post(path, {})
    assert unread.status_code == 422
    assert NUMBER not in unread.get_data(as_text=True)
    assert NUMBER not in asha.get(f"{path}?read=1").get_data(as_text=True)
    shown = asha.post(path, {"read": "1"})
    assert shown.status_code == 200
    assert NUMBER in shown.get_data(as_text=True)
    assert shown.headers["Cache-Control"] == "no-store"
    assert NUMBER not in asha.get(path).get_data(as_text=True)


def test_the_form_to_change_it_asks_for_the_tick_too(asha, ref):
    opened(asha, ref, "reach")
    path = asha.at(f"cases/{ref}/reach/edit")
    refused = asha.post(path, {})
    assert refused.status_code == 422
    assert NUMBER not in refused.get_data(as_text=True)
    assert asha.get(path).status_code == 405
    assert NUMBER in asha.post(path, {"read": "1"}).get_data(as_text=True)
    asha.post(
        asha.at(f"cases/{ref}/reach/save"),
        {
            "reach-0-channel": "signal",
            "reach-0-number": "+977 980 999 8877",
            "reach-0-safe": "yes",
            "code_word": "mango",
            "begins": "0:00",
            "ends": "0:00",
            "zone": "Asia/Qatar",
        },
        follow=True,
    )
    assert "mango" in text(asha.last)
    shown = asha.post(asha.at(f"cases/{ref}/reach"), {"read": "1"}).get_data(as_text=True)
    assert "999 8877" in shown


def test_an_old_form_of_the_section_can_neither_read_nor_write_a_number(asha, ref):
    opened(asha, ref, "part/identity/edit")
    answer = asha.post(
        asha.at(f"cases/{ref}/part/identity/edit"), {"called": "Sita", "reach-0-number": "+977 1 000 0000"}
    )
    assert answer.status_code == 409
    assert NUMBER not in answer.get_data(as_text=True)
    opened(asha, ref, "reach")
    shown = asha.post(asha.at(f"cases/{ref}/reach"), {"read": "1"}).get_data(as_text=True)
    assert NUMBER in shown


def test_what_is_not_marked_safe_is_stopped_and_the_coordinator_is_told(asha, visit, world):
    ref = ref_of(asha.log(**{"reach-0-safe": "unknown"}))
    path = asha.at(f"cases/{ref}/reach")
    asha.get(path)
    stopped = asha.post(path, {"read": "1"})
    assert stopped.status_code == 422
    assert NUMBER not in stopped.get_data(as_text=True)
    assert NUMBER in asha.post(path, {"read": "1", "reason": "A raid tonight"}).get_data(as_text=True)
    mei = visit(world.mei)
    page = mei.get(mei.at()).get_data(as_text=True)
    assert "A raid tonight" in page
    bo = visit(world.bo)
    assert "A raid tonight" not in bo.get(bo.at()).get_data(as_text=True)
    seen = re.search(r'action="([^"]+/seen/[^"]+)"', page).group(1)
    assert bo.post(seen, {}).status_code == 404
    assert mei.post(seen, {}).status_code == 302
    assert "A raid tonight" not in mei.get(mei.at()).get_data(as_text=True)


@pytest.mark.parametrize("path", ["reach", "outside", "legal-status"])
def test_another_role_and_another_desk_find_nothing(asha, visit, world, ref, path):
    for somebody in (world.luz, world.ram):
        other = visit(somebody)
        assert other.get(f"/desk/{asha.desk}/cases/{ref}/{path}").status_code == 404
        assert other.post(f"/desk/{asha.desk}/cases/{ref}/{path}", {"read": "1"}).status_code == 404


def test_a_letter_to_the_employer_waits_for_their_yes(asha, ref):
    path = asha.at(f"cases/{ref}/outside")
    asha.get(path)
    letter = {
        "purpose": "employer",
        "recipient": "Acme (test)",
        "home_state": "no",
        "data": "Hours and wages",
    }
    refused = asha.post(path, letter)
    assert refused.status_code == 422
    assert "have not agreed" in text(refused.get_data(as_text=True))
    assert "Hours and wages" in refused.get_data(as_text=True)
    consents = asha.at(f"cases/{ref}/consents")
    asha.get(consents)
    yes = AGREED | {"purpose": "employer", "recipient": "Acme (test)", "data": "Hours and wages"}
    assert asha.post(consents, yes | {"form_token": str(uuid4())}).status_code == 302
    asha.get(path)
    assert asha.post(path, letter | {"form_token": str(uuid4())}).status_code == 302
    page = asha.get(consents).get_data(as_text=True)
    assert "What left already" in text(page)


def test_the_status_is_asked_nowhere_but_on_its_own_page_and_only_of_who_is_assigned(asha, visit, world, ref):
    pages = ["part/legal/edit", "part/identity/edit", "part/header/edit", "part/story/edit"]
    assert not any("legal_steps" in opened(asha, ref, page) or 'name="status"' in asha.last for page in pages)
    path = asha.at(f"cases/{ref}/legal-status")
    asha.get(path)
    assert asha.post(path, {"status": "expired"}).status_code == 422
    assert asha.post(path, {"status": "expired", "step": "removal"}).status_code == 302
    assert "Needed for" in asha.get(path).get_data(as_text=True)
    mei = visit(world.mei)
    assert mei.get(path).status_code == 404
    assert "Permit expired" not in mei.get(mei.at(f"cases/{ref}/record")).get_data(as_text=True)
    assert asha.post(asha.at(f"cases/{ref}/legal-status/remove"), {}).status_code == 302
    assert "Needed for" not in asha.get(path).get_data(as_text=True)


def test_a_paper_that_is_typed_in_later_says_when_it_was_said(asha):
    said = clock.today() - timedelta(days=5)
    day = {"day": str(said.day), "month": str(said.month), "year": str(said.year)}
    ref = ref_of(asha.log(**{f"consent.said_on-{part}": value for part, value in day.items()}))
    page = opened(asha, ref, "consents")
    assert "said on" in page
    later = asha.post(
        asha.at(f"cases/{ref}/consents"),
        {**AGREED, "purpose": "casework", **{f"said_on-{part}": value for part, value in day.items()}},
    )
    assert later.status_code == 422
    assert "They gave a later answer to this." in later.get_data(as_text=True)
