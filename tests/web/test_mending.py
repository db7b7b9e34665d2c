"""What takes cards out of the list: an erasure with keys, one without, and damage. Each is mended in its own way."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from casework.cases import erasing
from casework.cases.models import Case
from casework.db import db
from casework.search import desk_lists, service
from casework.search.models import Segment
from casework.web import lists_shown
from tests.web.visitor import text

NAMES = ("Sita", "Rama", "Gita", "Hari")
MISSING = "Some cases are missing in this list"


@pytest.fixture
def asha(visit, world):
    """A volunteer whose desk has four cases."""
    visitor = visit(world.asha)
    for name in NAMES:
        visitor.log(called=f"{name} Test", form_token=str(uuid4()))
    return visitor


def drop(app, which=0):
    """Take a case's card away as a job does: with the block in which it lies."""
    with app.app_context():
        service.drop(db.session.scalars(select(Case.id).order_by(Case.id)).all()[which])
        db.session.commit()


def shown(visitor, path="cases/"):
    return text(visitor.get(visitor.at(path)).get_data(as_text=True))


def whole(page):
    return MISSING not in page and all(f"{name} Test" in page for name in NAMES)


@pytest.mark.parametrize("path", ["", "cases/"])
def test_after_an_erasure_without_keys_the_next_who_looks_sees_a_whole_list(asha, app, path):
    drop(app)
    assert whole(shown(asha, path))
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Segment.blob.is_(None))) == 0


def test_a_search_is_whole_as_well(asha, app):
    drop(app)
    asha.get(asha.at("search/"))
    found = text(asha.post(asha.at("search/"), {"query": "Gita Test"}, follow=True).get_data(as_text=True))
    assert "Gita Test" in found
    assert MISSING not in found


@pytest.mark.parametrize("which", range(len(NAMES)))
def test_a_large_block_is_made_anew_a_slice_at_a_time(asha, app, monkeypatch, which):
    monkeypatch.setattr(lists_shown, "AT_ONCE", 1)
    drop(app, which)
    pages = [shown(asha) for _ in NAMES]
    assert MISSING in pages[0]
    assert whole(pages[-1])


def test_damage_is_said_and_made_whole_when_asked(asha, app):
    with app.app_context():
        db.session.execute(update(Segment).values(blob=bytes(90)))
        db.session.commit()
    assert MISSING in shown(asha)
    assert MISSING in shown(asha)
    after = text(asha.post(asha.at("cases/mend"), {}, follow=True).get_data(as_text=True))
    assert "The list is whole again" in after
    assert whole(after)


def test_an_erasure_with_keys_takes_out_one_card(asha, app, world):
    with app.app_context():
        mei, (row, *_) = world.actor(world.mei), db.session.scalars(select(Case)).all()
        erasing.erase(mei, row.ref, "person_asked", row.ref, timedelta(days=35), uuid4())
        db.session.commit()
        cards = desk_lists.cards_for(mei)
        assert (cards.problems, cards.missing, len(cards.pack)) == ((), (), len(NAMES) - 1)
    assert MISSING not in shown(asha)
