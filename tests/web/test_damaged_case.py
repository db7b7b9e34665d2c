"""A case whose statement was damaged, as a coordinator meets it."""

import re

from sqlalchemy import select, update

from casework.cases import mending
from casework.cases.models import Case
from casework.db import db
from casework.vault import Section
from casework.web.views.cases.mending import NAMES
from tests.web.crawl import speak
from tests.web.visitor import text


def damage(app, ref):
    with app.app_context():
        blob = bytearray(db.session.scalar(select(Case.statement).where(Case.ref == ref)))
        blob[-1] ^= 1
        db.session.execute(update(Case).where(Case.ref == ref).values(statement=bytes(blob)))
        db.session.commit()


def test_the_door_leads_from_the_error_to_a_case_that_can_be_worked_on(app, visit, world):
    mei = visit(world.mei)
    case = mei.log(called="Fatoumata Jalloh")
    ref = case.location.rsplit("/", 1)[1]
    damage(app, ref)
    refused = mei.get(case.location)
    assert refused.status_code == 422
    where = f"{case.location}/damage"
    assert where in refused.get_data(as_text=True)
    shown = mei.get(where).get_data(as_text=True)
    assert "does not open. So nobody can tell" in shown
    assert "Fatoumata" not in shown
    wrong = mei.post(where, {"reason": "A disk failed", "ref_again": "K7QD-2MXR"})
    assert wrong.status_code == 422
    done = mei.post(where, {"reason": "A disk failed", "ref_again": ref})
    assert done.status_code == 302
    assert "Fatoumata Jalloh" in mei.get(done.location).get_data(as_text=True)
    assert "Nothing of this case is damaged" in mei.get(where).get_data(as_text=True)


def test_a_volunteer_is_led_to_the_coordinator_alone(app, visit, world):
    asha = visit(world.asha)
    case = asha.log()
    damage(app, case.location.rsplit("/", 1)[1])
    refused = asha.get(case.location)
    assert refused.status_code == 422
    assert "/damage" not in refused.get_data(as_text=True)
    assert asha.get(f"{case.location}/damage").status_code == 404


def test_every_part_that_the_page_can_show_has_a_word(app):
    assert mending.names() == NAMES.keys()


def test_in_arabic_no_part_is_called_by_its_table(app, visit, world):
    mei = visit(world.mei)
    case = mei.log(called="Fatoumata Jalloh")
    damage(app, case.location.rsplit("/", 1)[1])
    speak(mei, "ar")
    mei.get(f"{case.location}/damage")
    listed = re.search(r"<ul>\s*(<li>.*?)</ul>", mei.last.partition("<main")[2], re.DOTALL).group(1)
    assert len(re.findall("<li>", listed)) > len(list(Section))
    assert not re.findall("[A-Za-z]{2,}", text(listed))
