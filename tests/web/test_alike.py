"""The warning that somebody may be known already, as a volunteer meets it."""

import re
from html import unescape

from tests.web.visitor import first_contact

UNSEEN = {"distinct": None}


def test_a_second_contact_of_one_person_is_asked_about_and_nothing_is_lost(visit, world):
    asha = visit(world.asha)
    first = asha.log(called="Fatoumata Jalloh", **UNSEEN)
    assert first.status_code == 302
    asha.get(asha.at("cases/new"))
    sent = first_contact(called="Fatou Diallo", what_happened="Held since Monday", **UNSEEN)
    asked = asha.post(asha.at("cases/new"), sent)
    html = unescape(asked.get_data(as_text=True))
    assert asked.status_code == 409
    assert "Fatoumata Jalloh" in html
    assert "a number ends the same" in html
    for kept in ("Fatou Diallo", "Held since Monday", sent["form_token"]):
        assert kept in html
    told = asha.post(asha.at("cases/new"), {**sent, "distinct": "1"})
    assert told.status_code == 302
    assert told.location != first.location


def test_the_same_form_twice_is_no_double(visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/new"))
    sent = first_contact(**UNSEEN)
    first = asha.post(asha.at("cases/new"), sent)
    asha.get(asha.at("cases/new"))
    again = asha.post(asha.at("cases/new"), sent)
    assert (again.status_code, again.location) == (302, first.location)


def test_an_answer_stays_given_when_something_else_is_wrong(visit, world):
    asha = visit(world.asha)
    asha.log()
    asha.get(asha.at("cases/new"))
    sent = first_contact(distinct="1", safe_now=None)
    again = asha.post(asha.at("cases/new"), sent)
    assert again.status_code == 422
    assert re.search(r'<input type="hidden" name="distinct" value="1">', again.get_data(as_text=True))


def test_a_name_added_later_is_asked_about(visit, world):
    asha = visit(world.asha)
    asha.log(called="Fatoumata Jalloh", **{"reach-0-number": None})
    case = asha.log(called=None, **{"reach-0-number": None, "reach-0-channel": None, "reach-0-safe": None})
    where = f"{case.location}/part/identity/edit"
    form = asha.get(where).get_data(as_text=True)
    rev = re.search(r'name="rev" value="(\d+)"', form)[1]
    asked = asha.post(where, {"rev": rev, "called": "Fatou Diallo"})
    assert asked.status_code == 409
    assert "Fatoumata Jalloh" in asked.get_data(as_text=True)
    assert asha.post(where, {"rev": rev, "called": "Fatou Diallo", "distinct": "1"}).status_code == 302
