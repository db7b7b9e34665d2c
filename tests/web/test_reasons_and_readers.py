"""The pages around cases of others and restricted ones."""

from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.access import desks
from casework.cases import opening
from tests.web.test_cases import ref_of
from tests.web.visitor import text


@pytest.fixture
def bo(visit, world):
    visitor = visit(world.bo)
    visitor.says_why = False
    return visitor


def test_a_reason_is_asked_once_a_case_and_session(visit, world, bo):
    asha = visit(world.asha)
    ref, other = ref_of(asha.log()), ref_of(asha.log(called="Other Test"))
    asked = bo.get(bo.at(f"cases/{ref}/part/identity"))
    assert asked.status_code == 302
    assert "Sita" not in asked.location
    assert bo.get(asked.location).status_code == 200
    assert "Sita Test" not in bo.last
    assert bo.post(asked.location, {}).status_code == 422
    told = bo.post(asked.location, {"why": "covering"})
    assert told.location.endswith(f"cases/{ref}/part/identity")
    for path in (told.location, bo.at(f"cases/{ref}"), bo.at(f"cases/{ref}/part/story")):
        assert bo.get(path).status_code == 200
    assert bo.get(bo.at(f"cases/{other}")).status_code == 302
    with clock.at(clock.now() + timedelta(minutes=2)):
        again = visit(world.bo)
    again.says_why = False
    assert again.get(again.at(f"cases/{ref}")).status_code == 302
    mei = visit(world.mei)
    mei.get(mei.at())
    assert "Opened with a reason this week" in mei.last
    assert "I stand in for the worker" in mei.last
    bo.get(bo.at())
    assert "Opened with a reason" not in bo.last


def test_a_form_that_was_sent_goes_on_whole(app, visit, world, bo):
    ref = ref_of(visit(world.asha).log())
    path = bo.at(f"cases/{ref}/entries/new")
    sent = {"type": "note", "text": "Qzx written before the session ended", "form_token": str(uuid4())}
    bo.get(bo.at())
    asked = bo.post(path, sent)
    assert asked.status_code == 403
    assert "Qzx written before" in bo.last
    question, answered = bo.last, sent | {"why": "person_called"}
    assert bo.post(path, answered).status_code == 307
    bo.last = question  # a browser sends the same body once more
    assert bo.post(path, answered).status_code == 302
    bo.get(bo.at(f"cases/{ref}/entries"))
    assert bo.last.count("Qzx written before") == 1


def test_a_guess_at_a_restricted_case_finds_nothing(visit, world):
    asha, mei = visit(world.asha), visit(world.mei)
    ref = ref_of(asha.log())
    mei.get(mei.at(f"cases/{ref}"))
    asha.get(asha.at(f"cases/{ref}/who"))
    named = {"who": "named", "named": [str(world.asha.id), str(world.bo.id)]}
    assert asha.post(asha.at(f"cases/{ref}/who"), named).status_code == 302
    for part in (
        "",
        "/part/identity",
        "/part/story/edit",
        "/entries",
        "/consents",
        "/workers",
        "/record",
        "/who",
        "/why",
    ):
        answer = mei.get(mei.at(f"cases/{ref}{part}"))
        assert answer.status_code == 404, part
        there = text(mei.last)
        mei.get(mei.at("cases/ZZZZ-ZZZZ"))
        assert there == text(mei.last), part
    for path in ("", "cases/", "search/"):
        mei.get(mei.at(path))
        assert ref not in mei.last
        assert "Sita Test" not in text(mei.last)


def test_the_page_says_who_and_refuses_too_few(app, visit, world):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    page = asha.at(f"cases/{ref}/who")
    asha.get(page)
    assert "Everybody who works at this desk" in text(asha.last)
    refused = asha.post(page, {"who": "named", "named": [str(world.asha.id)]})
    assert refused.status_code == 422
    assert "two people at least" in asha.last
    assert (
        asha.post(page, {"who": "named", "named": [str(world.asha.id), str(world.bo.id)]}).status_code == 302
    )
    asha.get(asha.at(f"cases/{ref}"))
    assert "Only Asha, Bo" in text(asha.last)
    asha.get(asha.at("cases/"))
    assert "Only named people see it" in asha.last
    asha.get(page)
    assert asha.post(page, {"who": "all"}).status_code == 302
    with app.app_context():
        assert not opening.load(world.actor(world.mei), ref).keys.restricted
        assert desks.staff(world.actor(world.mei))
