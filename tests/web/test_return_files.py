"""A return goes to a network of another installation and back as a file, as two coordinators click through it."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework import clock
from casework.access import desks, entrance
from casework.db import db
from casework.trends import windows
from casework.trends.models import TrendReturn, TrendWindow
from casework.vault import Role
from tests import factories
from tests.factories.worlds import code, join
from tests.web.visitor import text

OPENED = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TAKING = dt.datetime(2026, 5, 5, 12, tzinfo=dt.UTC)
LONG_AFTER = dt.datetime(2026, 9, 5, 12, tzinfo=dt.UTC)


@pytest.fixture
def far(app, world):
    """Lena of a network that this one knows nothing of, that network, and its window."""
    with app.app_context(), clock.at(OPENED):
        lena, omar = factories.human("lena", "Lena"), factories.human("omar", "Omar")
        network = desks.found(lena.keys, "Far network", lena.name).desk_id
        join(lena, network, omar, Role.COORDINATOR)
        for one in (lena, omar):
            one.keep()
        there = entrance.enter(lena.keys, code(network), network=True)
        days = dt.date(2026, 2, 1), dt.date(2026, 5, 20)
        made = windows.announce(there, "large", *days, (lena.id, omar.id), uuid4())
        world.codes[network] = code(network)
        db.session.commit()
    return lena, network, made


def spoken(page):
    return re.search(r"\d{5}(?: \d{5}){5}", page).group()


def test_a_file_goes_there_and_back(visit, world, far, app):
    lena, network, window = far
    with clock.at(TAKING):
        there, mei = visit(lena, network), visit(world.mei)
        page = f"windows/{window}/elsewhere"
        there.get(there.at(page))
        announced = there.get(there.at(f"windows/{window}/announcement")).get_data()
        there.get(there.at(page))
        code_there = spoken(text(there.last))
        mei.get(mei.at("returns/elsewhere"))
        # Nothing chosen, and a code that was heard wrong: said beside the field, and what was typed stays.
        assert mei.post(mei.at("returns/elsewhere"), {"digits": code_there}).status_code == 422
        wrong = mei.hand_in(mei.at("returns/elsewhere"), {"digits": "12345"}, announced, "window.casework")
        assert wrong.status_code == 422
        assert "not the code of this file" in text(mei.last)
        mei.get(mei.at("returns/elsewhere"))
        made = mei.hand_in(mei.at("returns/elsewhere"), {"digits": code_there}, announced, "window.casework")
        assert made.status_code == 200
        assert made.headers["Content-Disposition"] == 'attachment; filename="return.casework"'
        file = made.get_data()
        mei.get(mei.at("returns/elsewhere"))
        assert "File no. 1" in text(mei.last)
        heard = {"digits": spoken(text(mei.last))}
        there.get(there.at(page))
        assert there.hand_in(there.at(page), heard, file, "return.casework").status_code == 302
        there.get(there.at(page))
        assert "Returns that came as files: 1" in text(there.last)
        assert there.hand_in(there.at(page), heard, file, "return.casework").status_code == 422
        assert "brought already" in text(there.last)
    with app.app_context():
        assert db.session.scalars(select(TrendReturn)).one().number == 1


def test_a_window_that_nobody_made_is_withdrawn_on_its_page(visit, far, app):
    lena, network, window = far
    with clock.at(TAKING):
        there = visit(lena, network)
        there.get(there.at(f"windows/{window}"))
        assert "/withdraw" not in there.last
        assert there.post(there.at(f"windows/{window}/withdraw")).status_code == 422
    with clock.at(LONG_AFTER):
        there = visit(lena, network)
        there.get(there.at(f"windows/{window}"))
        assert "This window is lost" in text(there.last)
        assert there.post(there.at(f"windows/{window}/withdraw")).status_code == 302
        there.get(there.at("windows/"))
        assert "Withdrawn, because they were lost" in text(there.last)
        assert there.get(there.at(f"windows/{window}")).status_code == 404
        # No announcement of it goes out any more.
        assert there.get(there.at(f"windows/{window}/announcement")).status_code == 404
    with app.app_context():
        assert db.session.scalars(select(TrendWindow)).one().withdrawn_on == LONG_AFTER.date()
