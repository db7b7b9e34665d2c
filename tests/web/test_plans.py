"""The plan of a case and the directory of services, at the pages."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from casework import clock
from casework.audit.models import AuditEvent
from casework.db import db
from tests.web.test_cases import ref_of
from tests.web.visitor import text

PLACE = "Harbour clinic (test)"
AGREED = {"how": "spoken", "language": "ne", "interpreter": "phone", "present": ["nobody"], "given": "yes"}


@pytest.fixture
def ref(asha):
    return ref_of(asha.log())


def enter(visitor, **told):
    visitor.get(visitor.at("services/new"))
    return visitor.post(visitor.at("services/new"), {"name": PLACE, "undocumented": "yes", **told})


def agree(visitor, ref, purpose, **more):
    path = visitor.at(f"cases/{ref}/consents")
    visitor.get(path)
    answer = visitor.post(path, AGREED | {"purpose": purpose, "form_token": str(uuid4()), **more})
    assert answer.status_code == 302


def shown(visitor, path):
    return text(visitor.get(path).get_data(as_text=True))


def test_a_place_is_entered_found_corrected_and_checked(asha):
    assert asha.get(asha.at("services/")).status_code == 200
    made = enter(asha, city="Doha", sorts="health", languages=["ne"])
    page = shown(asha, made.location)
    assert PLACE in page
    assert "Check first" in page
    edit = f"{made.location}/edit"
    asha.get(edit)
    assert asha.post(edit, {"name": PLACE, "city": "Wakra", "undocumented": "no"}).status_code == 302
    assert "Not safe without papers" in shown(asha, made.location)
    asha.post(f"{made.location}/checked")
    assert "Check first" not in shown(asha, made.location)
    assert asha.get(edit).status_code == 200, "what was checked can be corrected"
    asha.get(asha.at("services/"))
    found = asha.post(asha.at("services/"), {"text": "wakra"})
    assert "wakra" not in found.location
    assert PLACE in shown(asha, found.location)
    asha.get(asha.at("services/"))
    assert PLACE not in shown(asha, asha.post(asha.at("services/"), {"undocumented": "y"}).location)


def test_what_is_wrong_keeps_what_was_typed_and_two_people_see_both(asha, visit, world):
    unnamed = enter(asha, name="", city="Doha")
    assert unnamed.status_code == 422
    assert 'value="Doha"' in asha.last
    made = enter(asha).location
    bo = visit(world.bo)
    bo.get(f"{made}/edit")
    asha.get(f"{made}/edit")
    asha.post(f"{made}/edit", {"name": PLACE, "city": "First"})
    both = bo.post(f"{made}/edit", {"name": PLACE, "city": "Second"})
    assert both.status_code == 409
    assert "First" in bo.last
    assert 'value="Second"' in bo.last


def test_only_coordinators_retire(asha, visit, world):
    made = enter(asha).location
    assert "Retire it" not in asha.get(made).get_data(as_text=True)
    assert asha.post(f"{made}/retire", {"retired": "yes"}).status_code == 404
    mei = visit(world.mei)
    mei.get(made)
    assert mei.post(f"{made}/retire", {"retired": "yes"}).status_code == 302
    assert PLACE not in shown(asha, asha.at("services/"))
    assert PLACE in shown(mei, mei.at("services/retired"))


def test_a_referral_from_consent_to_outcome(asha, ref):
    service = enter(asha).location.rpartition("/")[2]
    path = asha.at(f"cases/{ref}/plan/refer")
    asha.get(path)
    refused = asha.post(path, {"service": service, "told": "A cough", "after": "14", "home_state": "no"})
    assert refused.status_code == 422
    assert "have not agreed" in text(asha.last)
    assert "A cough" in asha.last
    agree(asha, ref, "referral", recipient=PLACE, data="A cough")
    asha.get(path)
    answer = asha.post(path, {"service": service, "told": "A cough", "after": "14", "home_state": "no"})
    assert answer.status_code == 302
    page = asha.get(answer.location).get_data(as_text=True)
    assert "Ask what came of the referral" in page
    one = re.search(rf'"({asha.at(f"cases/{ref}/plan/referrals/")}[0-9a-f-]+)"', page).group(1)
    asha.get(one)
    assert asha.post(one, {"outcome": "harm", "note": "They called the police"}).status_code == 302
    plan = shown(asha, answer.location)
    assert "It went badly" in plan
    assert "Ask what came of the referral" not in plan


def test_of_a_profile_it_says_which_conventions_may_be_breached(asha, ref):
    agree(asha, ref, "profile")
    path = asha.at(f"cases/{ref}/part/profile")
    asha.get(f"{path}/edit")
    assert asha.post(f"{path}/edit", {"abuses": ["low_pay", "union_busting"]}).status_code == 302
    page = shown(asha, path)
    assert "May breach" in page
    assert "Right to Organise Convention (ILO 98, 1949)" in page
    assert page.count("Discrimination Convention (ILO 111, 1958)") == 1


def test_what_was_given_stands_in_the_plan(asha, ref):
    path = asha.at(f"cases/{ref}/plan/given")
    asha.get(path)
    unsaid = asha.post(path, {"by": "Bo"})
    assert unsaid.status_code == 422
    assert 'value="Bo"' in asha.last
    money = {"service": "money", "cost-amount": "50", "cost-currency": "QAR"}
    assert asha.post(path, money).status_code == 302
    page = shown(asha, asha.at(f"cases/{ref}/part/plan"))
    assert "Emergency money" in page
    assert "50" in page


def test_one_press_says_when_to_try_again_and_that_no_message_is_left(asha, ref):
    page = asha.get(asha.at(f"cases/{ref}")).get_data(as_text=True)
    assert "Nobody answered" in page
    answer = asha.post(asha.at(f"cases/{ref}/no-answer"), {}, follow=True)
    said = text(answer.get_data(as_text=True))
    assert "Written down. Next:" in said
    assert "Leave no message." in said
    assert "111 2233" not in said
    today = asha.get(asha.at()).get_data(as_text=True)
    assert "Try again:" in today
    assert f'action="{asha.at(f"cases/{ref}/no-answer")}"' in today
    back = asha.post(asha.at(f"cases/{ref}/no-answer"), {"back": "today", "form_token": str(uuid4())})
    assert back.location == asha.at()
    noted = asha.get(asha.at(f"cases/{ref}/entries")).get_data(as_text=True)
    assert noted.count(">Phone call</p>") == 2


def press_of(page, channel):
    """The form of the page on which numbers are shown that says that nobody answered by one way."""
    form = re.search(
        rf'<form[^>]*action="([^"]+/no-answer)".*?name="form_token" value="([^"]+)".*?value="{channel}"',
        page,
        re.DOTALL,
    )
    return form[1], {"channel": channel, "form_token": form[2]}


def test_beside_each_way_one_press_says_that_nobody_answered_by_it(asha, ref):
    path = asha.at(f"cases/{ref}/reach")
    asha.get(path)
    page = asha.post(path, {"read": "1"}).get_data(as_text=True)
    action, sent = press_of(page, "call")
    said = text(asha.post(action, sent, follow=True).get_data(as_text=True))
    assert "Written down. Next:" in said


def withdraw(visitor, ref, purpose):
    page = visitor.get(visitor.at(f"cases/{ref}/consents")).get_data(as_text=True)
    (action,) = re.findall(r'action="([^"]+/withdraw)"', page)[:1]
    assert visitor.post(action, {}).status_code == 302


def test_after_they_took_it_back_nobody_is_offered_to_try_them_and_no_task_stays(asha, ref):
    asha.get(asha.at(f"cases/{ref}"))
    asha.post(asha.at(f"cases/{ref}/no-answer"), {}, follow=True)
    assert "Try again:" in asha.get(asha.at()).get_data(as_text=True)
    withdraw(asha, ref, "casework")
    assert "Try again:" not in asha.get(asha.at()).get_data(as_text=True)
    assert "Nobody answered" not in asha.get(asha.at(f"cases/{ref}")).get_data(as_text=True)
    path = asha.at(f"cases/{ref}/reach")
    asha.get(path)
    against = asha.post(path, {"read": "1", "reason": "The house burns"}).get_data(as_text=True)
    assert "/no-answer" not in against
    stale = asha.post(asha.at(f"cases/{ref}/no-answer"), {"form_token": str(uuid4())}, follow=True)
    assert "They do not want to be contacted" in text(stale.get_data(as_text=True))


def test_another_desk_and_a_closed_page_try_nobody(asha, visit, world, ref):
    ram = visit(world.ram)
    ram.get(ram.at())
    assert ram.post(ram.at(f"cases/{ref}/no-answer"), {}).status_code == 404


def test_what_is_hard_to_read_is_folded_and_asks_after_whoever_wrote_it(app, asha, visit, world, ref):
    mei = visit(world.mei)
    mei.get(mei.at("about/"))
    hours = {"hours_emergency": "1", "hours_high": "24", "hours_medium": "72", "hours_low": "168"}
    named = {"name": "Harbour desk", "zone": "Asia/Qatar", "care": "Rosa, after six"} | hours
    assert mei.post(mei.at("about/name"), named).status_code == 302
    path = asha.at(f"cases/{ref}/entries/new")
    asha.get(path)
    answer = asha.post(path, {"kind": "call", "text": "He was beaten.", "heavy": "1"})
    assert answer.location.endswith("/pause")
    before = recorded(app)
    page = shown(asha, answer.location)
    assert "Rosa, after six" in page
    assert "nothing about you is kept" in page
    assert recorded(app) == before, "whoever sees it is recorded nowhere"
    listed = asha.get(asha.at(f"cases/{ref}/entries")).get_data(as_text=True)
    assert "Hard to read" in listed
    asha.get(path)
    plain = asha.post(path, {"kind": "note", "text": "A paper came.", "form_token": str(uuid4())})
    assert plain.location.endswith("/entries")


def recorded(app):
    with app.app_context():
        return db.session.query(AuditEvent).count()


def test_the_review_of_a_safety_plan_is_a_task_that_moves_with_its_day(asha, ref):
    path = asha.at(f"cases/{ref}/part/safety/edit")
    for year in ("2027", "2028", "2028"):
        asha.get(path)
        told = {
            "never": "Call his brother",
            "review_on-day": "3",
            "review_on-month": "5",
            "review_on-year": year,
        }
        assert asha.post(path, told).status_code == 302
        page = shown(asha, asha.at(f"cases/{ref}/dates"))
        running = page.partition("Done, or struck out")[0]
        assert running.count("Go through the safety plan again") == 1
        assert year in running
    asha.get(path)
    asha.post(path, {"review_on-day": "", "review_on-month": "", "review_on-year": ""})
    page = shown(asha, asha.at(f"cases/{ref}/dates"))
    assert "Go through the safety plan again" not in page.partition("Done, or struck out")[0]


def test_a_first_contact_says_by_when_it_is_answered_as_its_desk_chose(asha, visit, world, ref):
    mei = visit(world.mei)
    mei.get(mei.at("about/"))
    hours = {"hours_emergency": "1", "hours_high": "24", "hours_medium": "72", "hours_low": "168"}
    for high, ahead in (("24", 1), ("5", 1)):
        sent = {"name": "Harbour desk", "zone": "UTC"} | hours | {"hours_high": high}
        mei.get(mei.at("about/"))
        assert mei.post(mei.at("about/name"), sent).status_code == 302
        by = clock.today() + timedelta(days=ahead)
        for page in (asha.at(f"cases/{ref}"), asha.at()):
            assert f"Answer by {by.day} {by:%b %Y}" in shown(asha, page)
    low = ref_of(asha.log(risk="low", called="Other Test"))
    by = clock.today() + timedelta(days=7)
    assert f"Answer by {by.day} {by:%b %Y}" in shown(asha, asha.at(f"cases/{low}"))
    emergency = ref_of(asha.log(risk="emergency", called="Third Test"))
    assert "Answer by" not in shown(asha, asha.at(f"cases/{emergency}"))
