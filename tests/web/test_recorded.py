"""What pages leave in the record: a denial, a name that was shown, and what does not belong there."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from casework.audit import service as audit
from casework.cases import exceptions
from casework.cases.models import Entry
from casework.db import db
from casework.people.models import Consent
from casework.vault.models import ChainEntry
from tests import factories
from tests.web.test_cases import ref_of
from tests.web.visitor import text


@pytest.fixture
def of_case(app, world):
    """`of_case(ref)`: name and details of what was recorded of a case, oldest first."""

    def _of_case(ref):
        with app.app_context():
            mei = world.actor(world.mei)
            case = factories.reload(mei, ref)
            seen = audit.of_case(mei.desk, case.keys)
            return [(one.event.value, one.details) for one in reversed(seen)]

    return _of_case


@pytest.fixture
def of_desk(app, world):
    """`of_desk()`: name, actor and details of what was recorded of the desk itself, oldest first."""

    def _of_desk():
        with app.app_context():
            seen = audit.of_desk(world.actor(world.mei).desk)
            return [(one.event.value, one.actor_id, one.details) for one in reversed(seen)]

    return _of_desk


def test_what_a_role_may_not_have_is_not_there_and_is_recorded(visit, world, of_desk):
    asha, luz = visit(world.asha), visit(world.luz)
    ref = ref_of(asha.log())
    assert asha.get(asha.at(f"cases/{ref}/record")).status_code == 404
    assert luz.get(luz.at("cases/")).status_code == 404
    luz.get("/account/")
    assert luz.post(luz.at("cases/new"), {"language": "ne"}).status_code == 404
    denied = [one for one in of_desk() if one[0] == "access.denied"]
    assert denied == [
        ("access.denied", world.asha.id, {"action": "case.audit"}),
        ("access.denied", world.luz.id, {"action": "case.list"}),
        ("access.denied", world.luz.id, {"action": "case.log"}),
    ]


def test_a_volunteer_who_claims_a_second_emergency_is_told_and_loses_nothing(
    app, visit, world, freeze, of_desk
):
    from casework import clock  # noqa: PLC0415 - only here

    asha = visit(world.asha)
    nothing = dict.fromkeys(["consent.given", "consent.how", "consent.interpreter", "consent.present"])
    ref = ref_of(asha.log(**nothing, **{"consent.danger": "Held at the border"}))
    freeze(clock.now() + exceptions.LASTS + timedelta(hours=1))
    with app.app_context():
        assert exceptions.lapse().total() == 1
        db.session.commit()
    asha.sign_in(world.asha)
    asha.get(asha.at(f"cases/{ref}/consents"))
    answer = asha.post(asha.at(f"cases/{ref}/emergency"), {"reason": "Held again at the gate"})
    assert answer.status_code == 403
    assert "Only a coordinator" in text(asha.last)
    assert "Held again at the gate" in asha.last
    assert ("access.denied", world.asha.id, {"action": "exception.renew"}) in of_desk()


def test_every_page_that_shows_whose_case_it_is_leaves_one_event(visit, world, of_case):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    before = len(of_case(ref))
    for path in ("", "/workers", "/close", "/reopen", "/entries/new", "/consents", "/respondents"):
        assert asha.get(asha.at(f"cases/{ref}{path}")).status_code == 200
    arrived = ("case.opened", {"reason": None})
    assert of_case(ref)[before:] == [arrived] * 5 + [
        ("section.opened", {"section": "consents"}),
        ("section.opened", {"section": "respondents"}),
    ]
    mei = visit(world.mei)
    mei.get(mei.at(f"cases/{ref}/record"))
    assert "opened a section : Consents" in text(mei.last).replace("section:", "section :")


def test_a_filter_of_an_earlier_session_is_simply_gone(visit, world, freeze, of_desk):

    from casework import clock  # noqa: PLC0415 - only here

    asha = visit(world.asha)
    asha.get(asha.at("cases/"))
    kept = asha.post(asha.at("cases/"), {"status": "contact"}).location
    assert "v=" in kept
    freeze(clock.now() + timedelta(minutes=1))
    asha.sign_in(world.asha)
    assert asha.get(kept).status_code == 200
    assert not [one for one in of_desk() if one[0] == "seal.refused"]


def test_a_chain_that_was_cut_shows_one_page_and_is_logged(visit, world, app, capsys):
    asha = visit(world.asha)
    assert asha.get(asha.at("cases/")).status_code == 200
    with app.app_context():
        here = ChainEntry.desk_id == world.host_id
        newest = db.session.scalar(select(func.max(ChainEntry.seq)).where(here))
        db.session.execute(delete(ChainEntry).where(here, ChainEntry.seq == newest))
        db.session.commit()
    capsys.readouterr()
    for path in ("cases/", "members/"):
        answer = asha.get(asha.at(path))
        assert answer.status_code == 422
        assert "Something here does not open" in text(asha.last)
    assert capsys.readouterr().err.count("chain.refused") == 2


@pytest.mark.parametrize(("table", "part"), [(Entry, "entries"), (Consent, "consents")])
def test_pages_say_calmly_that_something_written_down_is_missing(app, visit, world, table, part):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    asha.get(asha.at(f"cases/{ref}/entries/new"))
    asha.post(asha.at(f"cases/{ref}/entries/new"), {"kind": "note", "text": "Called back."})
    assert asha.get(asha.at(f"cases/{ref}/{part}")).status_code == 200
    assert "tell your coordinator" not in text(asha.last)
    with app.app_context():
        db.session.execute(delete(table))
        db.session.commit()
    assert asha.get(asha.at(f"cases/{ref}/{part}")).status_code == 200
    assert "It was recorded; tell your coordinator" in text(asha.last)
