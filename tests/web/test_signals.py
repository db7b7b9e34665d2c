"""Signals at their pages, without a script: seen by coordinators, asked, put aside, decided, written about."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from casework import clock
from casework.cases.models import Case
from casework.db import db
from casework.search import service
from tests.web.test_cases import ref_of
from tests.web.test_respondents import enter
from tests.web.visitor import text

YES = {"given": "yes", "how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"]}


def said(somebody, path):
    return text(somebody.get(path).get_data(as_text=True))


def person(worker, respondent, called, purpose=""):
    ref = ref_of(
        worker.log(called=called, **{"reach-0-number": f"+977 98{len(called)} 55{abs(hash(called)) % 9000}"})
    )
    worker.get(worker.at(f"cases/{ref}/respondents/name"))
    named = {"respondent": respondent, "role": "recruited"}
    assert worker.post(worker.at(f"cases/{ref}/respondents/name"), named).status_code == 302
    if purpose:
        worker.get(worker.at(f"cases/{ref}/consents"))
        assert worker.post(worker.at(f"cases/{ref}/consents"), YES | {"purpose": purpose}).status_code == 302
    return ref


@pytest.fixture
def agency(asha):
    return enter(asha).location.rpartition("/")[2]


@pytest.fixture
def refs(asha, agency):
    return [person(asha, agency, name, "trends") for name in ("Sita One", "Maya Second", "Bibek Third")]


@pytest.fixture
def mei(visit, world, refs):
    return visit(world.mei)


def test_seen_by_the_coordinator_and_by_nobody_else(asha, mei, agency, visit, world):
    page = said(mei, mei.at("signals/"))
    assert "Gulf Manpower" in page
    assert "3 people here" in page
    assert "Signals" in said(mei, mei.at("respondents/"))
    for other in (asha, visit(world.luz), visit(world.cara, world.network_id)):
        for path in ("signals/", f"signals/{agency}"):
            assert other.get(other.at(path)).status_code == 404
    assert "Signals" not in said(asha, asha.at("respondents/"))


def test_a_list_with_holes_is_made_whole_before_it_is_counted(app, asha, mei, refs):
    with app.app_context():
        service.drop(db.session.scalars(select(Case.id).where(Case.ref == refs[0])).one())
        db.session.commit()
    page = said(mei, mei.at("signals/"))
    assert "3 people here" in page
    assert "does not open" not in page


def test_whom_to_ask_and_what_they_said(asha, mei, agency, refs):
    page = said(mei, mei.at(f"signals/{agency}"))
    assert "Not asked: 3" in page
    assert "Safe: Phone call" in page
    mei.get(next(one for one in re.findall(r'href="([^"]+)"', mei.last) if "/consents?purpose=link" in one))
    asha.get(asha.at(f"cases/{refs[0]}/consents"))
    assert asha.post(asha.at(f"cases/{refs[0]}/consents"), YES | {"purpose": "link"}).status_code == 302
    asha.get(asha.at(f"cases/{refs[1]}/consents"))
    no = YES | {"purpose": "link", "given": "no"}
    assert asha.post(asha.at(f"cases/{refs[1]}/consents"), no).status_code == 302
    page = said(mei, mei.at(f"signals/{agency}"))
    for words in ("Yes: 1", "No: 1", "Not asked: 1", "Yes: asked by Asha", "No: asked by Asha"):
        assert words in page


def test_put_aside_and_taken_up(mei, agency):
    here = mei.at(f"signals/{agency}")
    mei.get(here)
    wrong = mei.post(f"{here}/aside", {"until": "2020-01-01", "why": "They meet in May"})
    assert wrong.status_code == 422
    assert "They meet in May" in wrong.get_data(as_text=True)
    until = (clock.today() + timedelta(days=10)).isoformat()
    assert mei.post(f"{here}/aside", {"until": until, "why": "They meet in May"}).status_code == 302
    assert "They meet in May" in said(mei, mei.at("signals/"))
    assert "Put aside until" in said(mei, here)
    assert mei.post(f"{here}/take-up").status_code == 302
    assert "Put aside until" not in said(mei, here)


def test_what_they_decided(mei, agency):
    here = mei.at(f"signals/{agency}")
    page = mei.get(here).get_data(as_text=True)
    assert not re.search(r'name="(who|participants|people|present)', page)
    wrong = mei.post(f"{here}/decided", {"on": clock.today().isoformat(), "text": "All fees back"})
    assert wrong.status_code == 422
    assert "All fees back" in wrong.get_data(as_text=True)
    told = {"on": clock.today().isoformat(), "what": "private_demand", "text": "All fees back"}
    for _twice in range(2):
        mei.get(here)
        assert (
            mei.post(
                f"{here}/decided", told | {"form_token": "0c2f1a55-0000-4000-8000-000000000001"}
            ).status_code
            == 302
        )
    assert said(mei, here).count("All fees back") == 1


def test_two_coordinators_find_each_other_through_it(mei, asha, agency, visit, world):
    asha.get(asha.at())
    ram = visit(world.ram)
    person(ram, agency, "Valley Person", "trends")
    nina = visit(world.nina)
    nina.get(nina.at())
    page = said(nina, nina.at(f"signals/{agency}"))
    assert "Harbour desk: 3 or more people" in page
    assert "Turn to: Mei" in page
    for secret in ("Sita One", "Bibek", "3 people"):
        assert secret not in page
    to = re.search(r'action="([^"]+/desk/[0-9a-f-]{36})"', nina.last).group(1)
    assert nina.post(to, {"text": ""}).status_code == 422
    nina.get(nina.at(f"signals/{agency}"))
    assert nina.post(to, {"text": "We meet on Thursdays."}).status_code == 302
    assert "We meet on Thursdays." in said(nina, nina.at(f"signals/{agency}"))
    # With one person the home desk tells nothing yet, and so the note waits in the book of the host desk's signal.
    assert "Valley desk" not in said(mei, mei.at(f"signals/{agency}"))
