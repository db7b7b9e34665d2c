"""Small promises of the pages: what can be put right there, what is said, where a choice leads back to."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.cases.models import Case
from casework.db import db
from casework.search import service
from casework.web import lists_shown
from tests.web.test_cases import ref_of
from tests.web.visitor import text


def test_today_says_when_cases_are_missing_until_all_are_made_anew(visit, world, app, monkeypatch):
    monkeypatch.setattr(lists_shown, "AT_ONCE", 1)
    asha = visit(world.asha)
    for name in ("Sita", "Rama", "Gita"):
        asha.log(called=f"{name} Test", form_token=str(uuid4()))
    with app.app_context():
        service.drop(db.session.scalars(select(Case.id)).first())
        db.session.commit()
    missing = "Some cases are missing in this list"
    assert missing in text(asha.get(asha.at()).get_data(as_text=True))
    for _ in range(3):
        page = text(asha.get(asha.at()).get_data(as_text=True))
    assert missing not in page


def test_an_answer_whose_question_is_gone_comes_back(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log(kind="wage_theft"))
    path = asha.at(f"cases/{ref}/part/legal/edit")
    asha.get(path)
    answer = asha.post(path, {"detention.facility": "Gate house"})
    assert answer.status_code == 409
    assert "Gate house" in text(asha.last)
    assert "detention.facility" not in asha.last
    assert asha.post(path, {}).status_code == 302


def test_somebody_is_taken_out_of_a_case(visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    path = asha.at(f"cases/{ref}/respondents/name")
    asha.get(path)
    sent = {"name": "Golden Bridge (test)", "kind": "recruiter", "country": "NP", "role": "recruited"}
    page = asha.post(path, sent, follow=True).get_data(as_text=True)
    action = re.search(r'action="([^"]+/take-out)"', page).group(1)
    after = text(asha.post(action, {}, follow=True).get_data(as_text=True))
    assert "Taken out of this case" in after
    assert "Golden Bridge (test)" not in after


def test_the_desks_own_record_is_for_coordinators(visit, world):
    mei, asha = visit(world.mei), visit(world.asha)
    assert "about/record" in mei.get(mei.at("members/")).get_data(as_text=True)
    assert "signed in" in text(mei.get(mei.at("about/record")).get_data(as_text=True))
    assert "read this record" in text(mei.get(mei.at("about/record")).get_data(as_text=True))
    assert asha.get(asha.at("about/record")).status_code == 404
    assert "about/record" not in asha.get(asha.at("members/")).get_data(as_text=True)


@pytest.mark.parametrize("sort", ["host", "home", "sector", "outcome", "ref"])
def test_lists_are_sorted_by_what_a_card_carries(visit, world, sort):
    asha = visit(world.asha)
    for host, called in (("QA", "Sita"), ("LB", "Rama"), ("AE", "Gita")):
        asha.log(called=called, host=host, form_token=str(uuid4()))
    asha.get(asha.at("cases/"))
    shown = text(asha.post(asha.at("cases/"), {"sort": sort}, follow=True).get_data(as_text=True))
    order = sorted(("Sita", "Rama", "Gita"), key=shown.index)
    assert sort != "host" or order == ["Rama", "Sita", "Gita"]


def test_a_language_leads_back_to_a_page(visit, world):
    asha = visit(world.asha)
    for came, back in (
        (asha.at("search/?v=abcdefgh&other=1"), asha.at("search/?v=abcdefgh")),
        (asha.at("about/name"), "/"),
        ("//elsewhere.test/x", "/"),
    ):
        asha.get(asha.at("search/"))
        answer = asha.post("/language", {"language": "en"}, headers={"Referer": f"http://localhost{came}"})
        assert answer.location == back


def test_a_name_of_spaces_is_refused_beside_the_field(visit, world):
    mei = visit(world.mei)
    mei.get(mei.at("about/"))
    hours = {f"hours_{risk}": "1" for risk in ("emergency", "high", "medium", "low")}
    assert mei.post(mei.at("about/name"), {"name": "   ", "zone": "UTC", **hours}).status_code == 422
    assert "Please give a name" in text(mei.last)
    assert "About this desk" in text(mei.last)
