"""Filters under a name: one tap on the list, their owner's alone, at most twenty."""

import re

from casework.db import db
from casework.search.models import SavedView
from tests.web.visitor import Visitor, text


def save(visitor: Visitor, name: str, **chosen):
    filtered = visitor.post(visitor.at("cases/"), chosen)
    visitor.get(filtered.location)
    return visitor.post(visitor.at("cases/views"), {"view_name": name})


def test_a_saved_list_is_shown_again_and_deleted(app, visit, world):
    asha = visit(world.asha)
    asha.log(kind="wage_theft", called="Sita Test"), asha.log(kind="detention", called="Amina Test")
    asha.get(asha.at("cases/"))
    assert save(asha, " Detained  people ", kind="detention", sort="opened").status_code == 302
    asha.get(asha.at("cases/"))
    assert "Detained people" in text(asha.last)
    where = re.search(r'href="([^"]+/cases/views/[0-9a-f-]+)"', asha.last).group(1)
    assert "Detained" not in where
    shown = asha.get(where)
    asha.get(shown.location)
    assert "Amina Test" in asha.last
    assert "Sita Test" not in asha.last
    assert re.search(r'<option selected value="opened"', asha.last)
    with app.app_context():
        (row,) = db.session.query(SavedView)
        assert b"Detained" not in row.body
    assert asha.post(f"{where}/forget").status_code == 302
    assert asha.get(where).status_code == 404


def test_nobody_else_sees_or_deletes_it(visit, world):
    asha, bo = visit(world.asha), visit(world.bo)
    asha.get(asha.at("cases/"))
    save(asha, "Hers", kind="detention")
    asha.get(asha.at("cases/"))
    where = re.search(r'href="([^"]+/cases/views/[0-9a-f-]+)"', asha.last).group(1)
    bo.get(bo.at("cases/"))
    assert "Hers" not in text(bo.last)
    assert bo.get(where).status_code == 404
    bo.get(bo.at("cases/"))
    bo.post(f"{where}/forget")
    assert asha.get(where).status_code == 302


def test_a_name_is_needed_and_the_same_name_is_one_list(app, visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/"))
    assert save(asha, "  ", kind="detention").status_code == 422
    assert "Please give a name." in text(asha.last)
    long = "x" * 61
    assert save(asha, long, kind="detention").status_code == 422
    assert long in asha.last
    for kind in ("detention", "trafficking"):
        asha.get(asha.at("cases/"))
        assert save(asha, "Mine", kind=kind).status_code == 302
    with app.app_context():
        assert db.session.query(SavedView).count() == 1


def test_at_most_twenty(app, visit, world):
    asha = visit(world.asha)
    asha.get(asha.at("cases/"))
    filtered = asha.post(asha.at("cases/"), {"kind": "detention"})
    asha.get(filtered.location)
    page = asha.last
    answers = []
    for number in range(21):
        asha.last = page
        answers.append(asha.post(asha.at("cases/views"), {"view_name": f"List {number}"}).status_code)
    assert answers == [302] * 20 + [422]
    assert "20 are kept at most" in text(asha.last)
