"""Closed cases as a coordinator meets them: the list, a hold, names taken away, what stays, a clock that jumped."""

import re
from datetime import timedelta

import pytest

from casework import clock
from casework.db import db
from casework.jobs import registry
from casework.retention.models import PurgeClock
from tests.retention.closed import ENDS_AT, closed
from tests.web.visitor import how_it_ended, text


@pytest.fixture
def old(app, world):
    """A case that was closed two years ago, and its address at the desk."""
    with app.app_context():
        return closed(world.actor(world.asha)).ref


def at(visitor, path=""):
    return visitor.at(f"closed/{path}")


def test_a_volunteer_finds_no_way(visit, world, old):
    asha = visit(world.asha)
    for path in ("", "without-names", old):
        assert asha.get(at(asha, path)).status_code == 404
    for path in ("clock", f"{old}/stay", f"{old}/without-names", f"{old}/looked", f"{old}/lift"):
        assert asha.post(at(asha, path), {"ref_again": old}).status_code == 404
    assert "/closed/" not in asha.get(asha.at()).get_data(as_text=True)
    assert visit(world.nina).get(f"/desk/{world.codes[world.host_id]}/closed/{old}").status_code == 404


def test_a_case_waits_is_held_and_freed(visit, world, old):
    mei = visit(world.mei)
    assert "One closed case waits" in mei.get(mei.at()).get_data(as_text=True)
    mei.get(at(mei))
    assert old in mei.last
    mei.get(at(mei, old))
    assert "Its names go on" in text(mei.last)
    wrong = mei.post(at(mei, f"{old}/stay"), {"what": "held", "why": "Appeal", "until": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Appeal" in mei.last
    until = (clock.today() + timedelta(days=100)).isoformat()
    assert (
        mei.post(at(mei, f"{old}/stay"), {"what": "held", "why": "Appeal", "until": until}).status_code == 302
    )
    assert "Appeal" in mei.get(at(mei, old)).get_data(as_text=True)
    held = mei.post(at(mei, f"{old}/without-names"), {"ref_again": old})
    assert held.status_code == 422
    assert "is held until" in text(mei.last)
    assert mei.post(at(mei, f"{old}/lift"), {"what": "held", "why": ""}).status_code == 422
    mei.get(at(mei, old))
    assert mei.post(at(mei, f"{old}/lift"), {"what": "held", "why": "Judgment"}).status_code == 302


def test_names_are_taken_by_hand_and_what_stays_is_erased_on_request(visit, world, old):
    mei = visit(world.mei)
    mei.get(at(mei, old))
    assert mei.post(at(mei, f"{old}/without-names"), {"ref_again": "K7QD-2MXR"}).status_code == 422
    done = mei.post(at(mei, f"{old}/without-names"), {"ref_again": old.lower()})
    assert done.status_code == 302
    page = mei.get(done.location).get_data(as_text=True)
    assert old in page
    assert "Amina" not in page
    assert mei.get(mei.at(f"cases/{old}")).status_code == 404
    away = re.search(r'action="([^"]+/erase)"', page)[1]
    mei.post(away)
    assert old not in mei.get(done.location).get_data(as_text=True)


def test_a_clock_that_jumped_is_told_and_answered(app, visit, world, old, freeze):
    with app.app_context():
        registry.perform("drafts.purge", [])
        db.session.commit()
    freeze(ENDS_AT + timedelta(days=300))
    with app.app_context():
        registry.perform("cases.pseudonymise", [])
        db.session.commit()
        assert db.session.get_one(PurgeClock, 1).stopped_at is not None
    mei = visit(world.mei)
    assert "clock has jumped" in text(mei.get(mei.at()).get_data(as_text=True))
    assert mei.post(at(mei, "clock")).status_code == 302
    with app.app_context():
        registry.perform("cases.pseudonymise", [])
        db.session.commit()
    page = text(mei.get(mei.at()).get_data(as_text=True))
    assert "clock has jumped" not in page
    assert "one closed case lost its names" in page
    assert mei.get(mei.at(f"cases/{old}")).status_code == 404


def test_closing_says_beside_each_field_what_is_missing(visit, world):
    asha = visit(world.asha)
    case = asha.log().location
    asha.get(f"{case}/close")
    assert "still run" in text(asha.last)
    for change, sentence in (
        ({"told_on": ""}, "on which day the person was told"),
        ({"dates_done": ""}, "dates of this case still run"),
        ({"reason": "referred"}, "who took the case on"),
        ({"reason": "lost_contact"}, "only after 3 tries"),
        ({"person_told": "no"}, "why the person was not told"),
    ):
        asha.get(f"{case}/close")
        answer = asha.post(f"{case}/close", how_it_ended(**change))
        assert answer.status_code == 422
        assert sentence in text(asha.last)
    asha.get(f"{case}/close")
    assert asha.post(f"{case}/close", how_it_ended()).status_code == 302


def test_a_coordinator_sees_which_consents_end_soon(visit, world, freeze):
    mei, asha = visit(world.mei), visit(world.asha)
    ref = mei.log().location.rsplit("/", 1)[1]
    start = clock.now()
    assert "Consents that end" not in mei.get(mei.at()).get_data(as_text=True)
    freeze(start + timedelta(days=725))
    for who in (mei, asha):
        who.get("/sign-in")
    mei, asha = visit(world.mei), visit(world.asha)
    page = mei.get(mei.at()).get_data(as_text=True)
    assert "Consents that end in two weeks" in page
    assert ref in page.split("Consents that end in two weeks")[1]
    assert "Consents that end" not in asha.get(asha.at()).get_data(as_text=True)


def test_who_carries_enough_is_said_when_another_case_is_given(visit, world):
    mei = visit(world.mei)
    mei.get(mei.at("about/"))
    hours = {
        f"hours_{risk}": hours
        for risk, hours in (("emergency", 1), ("high", 24), ("medium", 72), ("low", 168))
    }
    sent = {"name": "Harbour desk", "zone": "UTC", **hours}
    assert mei.post(mei.at("about/name"), {**sent, "cap_open": 0, "cap_urgent": 1}).status_code == 422
    mei.get(mei.at("about/"))
    assert mei.post(mei.at("about/name"), {**sent, "cap_open": 1, "cap_urgent": 9}).status_code == 302
    for said in (False, True):
        case = mei.log(take=None).location
        mei.get(f"{case}/workers")
        pair = {"primary": str(world.asha.id), "backup": str(world.mei.id), "status": "contact"}
        assert mei.post(f"{case}/workers", pair).status_code == 302
        page = mei.get(case).get_data(as_text=True)
        assert ("already carries as much" in page) is said
