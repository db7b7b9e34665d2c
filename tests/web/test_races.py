"""What a page says when two are at work at one moment, and what keeps others from working: nothing long."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text

from casework.access import invitations
from casework.access.models import Desk, Invitation, User
from casework.clock import today
from casework.db import db
from casework.search.models import SegmentOfCase
from casework.vault import Role
from casework.web.access import public
from tests.web.visitor import text as words


@pytest.fixture
def occupied(app):
    """Somebody who is writing, and takes their time."""
    with app.app_context(), db.engine.connect() as other:
        other.execute(insert(User).values(**person()))
        yield other
        other.rollback()


def person():
    return {"id": uuid4(), "login_mac": b"m" * 32, "profile": b"", "profile_counter": 0, "since": today()}


def impatient(app):
    """A page that adds the same person, and does not wait for long."""

    def add():
        quick = "PRAGMA busy_timeout=0" if db.engine.name == "sqlite" else "SET LOCAL lock_timeout='50ms'"
        db.session.execute(text(quick))
        db.session.add(User(**person()))
        return "saved"

    app.add_url_rule("/add", "add", public(add))
    return app.test_client()


def test_who_loses_a_race_at_the_commit_is_told_so(app_with, occupied):
    answer = impatient(app_with()).get("/add")
    assert answer.status_code == 409
    assert "Somebody else changed this meanwhile" in words(answer.get_data(as_text=True))


def test_any_other_error_at_the_commit_is_our_mistake(app_with, app):
    ours = app_with()

    def add():
        row = {"case_id": uuid4(), "segment_id": uuid4(), "desk_id": uuid4()}
        db.session.add(SegmentOfCase(**row))
        return "saved"

    ours.add_url_rule("/add", "add", public(add))
    answer = ours.test_client().get("/add")
    assert answer.status_code == 500
    assert "Something went wrong here" in words(answer.get_data(as_text=True))


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_passphrase_is_tried_while_somebody_writes(visit, world, app, request):
    with app.app_context():
        token = invitations.invite(world.actor(world.mei), "Dev", Role.VOLUNTEER)
        db.session.commit()
    request.getfixturevalue("occupied")
    stranger = visit()
    stranger.get("/sign-in")
    wrong = {"login": "asha", "passphrase": "wrong words", "code": "000000"}
    assert stranger.post("/sign-in", wrong).status_code == 401
    stranger.get(f"/welcome/{token}")
    assert stranger.post(f"/welcome/{token}", {"login": "dev"}).status_code == 302
    stranger.get(f"/welcome/{token}/keys")
    wrong = {"passphrase": "wrong words", "code": "000000"}
    assert stranger.post(f"/welcome/{token}/keys", wrong).status_code == 422


def test_a_double_click_founds_one_desk_and_makes_one_link(visit, world, app):
    mei = visit(world.mei)

    def click_twice(page, path, filled):
        form = mei.get(mei.at(page)).get_data(as_text=True)
        for _ in range(2):
            mei.last = form
            yield mei.post(mei.at(path), filled, follow=True)

    founded = click_twice("about/", "about/found", {"desk": "Hill desk", "name": "Mei"})
    pages = [(answer.status_code, answer.request.path) for answer in founded]
    assert pages[0][0] == 200
    assert pages[0] == pages[1]
    invited = click_twice("members/invite", "members/invite", {"name": "Dev", "role": "volunteer"})
    links = [re.search(r"/welcome/[\w-]+", answer.get_data(as_text=True)).group() for answer in invited]
    assert links[0] == links[1]
    with app.app_context():
        assert len(db.session.scalars(select(Desk)).all()) == 4
        assert len(db.session.scalars(select(Invitation)).all()) == 1
