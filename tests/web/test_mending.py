"""An erasure without keys takes a whole block of the list; the page says so and makes it anew, slice by slice."""

from uuid import uuid4

from sqlalchemy import select

from casework.cases.models import Case
from casework.db import db
from casework.search import desk_lists, service
from tests.web.visitor import text


def test_a_list_is_made_whole_again(visit, world, app, monkeypatch):
    monkeypatch.setattr(desk_lists, "SLICE", 2)
    asha = visit(world.asha)
    for name in ("Sita", "Rama", "Gita", "Hari"):
        asha.log(called=f"{name} Test", form_token=str(uuid4()))
    with app.app_context():
        service.drop(db.session.scalars(select(Case.id)).first())
        db.session.commit()
    missing = text(asha.get(asha.at("cases/")).get_data(as_text=True))
    assert "Some cases are missing in this list" in missing
    for _ in range(3):
        asha.get(asha.at("cases/"))
        after = text(asha.post(asha.at("cases/mend"), {}, follow=True).get_data(as_text=True))
    assert "The list is whole again" in after
    assert "Some cases are missing" not in after
    for name in ("Sita", "Rama", "Gita", "Hari"):
        assert f"{name} Test" in after
