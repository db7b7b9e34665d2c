"""Every address of a case, read from the map of the app: no door was forgotten, whoever knocks and however.

Sources: casework practice §5, rules 5, 8, 12 and 14.
"""

import io
import re
import zipfile
from uuid import uuid4

import pytest

from tests.web.test_cases import ref_of
from tests.web.visitor import text

NUMBER = "9801112233"
#: Words that only the case knows.
TOLD = ("Sita Qzx", "Qzxstory", "Qzxnote")
WHY = "/why"
#: For coordinators, of a case that does not open: it counts what is broken, and shows nothing of what is told.
COUNTS_ONLY = "/damage"


@pytest.fixture
def asha(visit, world):
    return visit(world.asha)


@pytest.fixture
def ref(asha):
    """A case of Asha's with a name, a number, a story and a note."""
    ref = ref_of(asha.log(called="Sita Qzx", what_happened="Qzxstory."))
    asha.get(asha.at(f"cases/{ref}/entries/new"))
    asha.post(asha.at(f"cases/{ref}/entries/new"), {"type": "note", "text": "Qzxnote"})
    return ref


def addresses(app, ref, method):
    """Every address of the map that names a case; ids are made up, and what is chosen from a list is filled in."""
    known = {"section": "identity", "sort": "hours", "paper": "summary", "name": "wages"}
    found = []
    for rule in app.url_map.iter_rules():
        if "ref" in rule.arguments and method in rule.methods and "/cases/" in rule.rule:
            values = {name: known.get(name) or uuid4() for name in rule.arguments - {"ref", "desk"}}
            with app.test_request_context():
                path = app.url_map.bind("").build(rule.endpoint, {**values, "ref": ref, "desk": "DESK"})
            found.append(path.replace("/desk/DESK/cases/", ""))
    assert len(found) > 30
    return sorted(found)


def digits(answer):
    """The digits of an answer, whatever else stands between them; of an archive, of all of its files."""
    data = answer.data
    if answer.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(map(archive.read, archive.namelist()))
    return re.sub(rb"\D", b"", data).decode()


def test_no_address_leads_to_the_number(app, asha, ref):
    for path in addresses(app, ref, "GET"):
        answer = asha.get(asha.at(f"cases/{path}"))
        assert NUMBER not in digits(answer), path


@pytest.mark.parametrize("who", ["luz", "ram", "nina"])
def test_an_ally_and_another_desk_find_no_address(app, visit, world, asha, ref, who):
    other = visit(getattr(world, who))
    for path in addresses(app, ref, "GET"):
        for desk in {other.desk, asha.desk}:
            answer = other.get(f"/desk/{desk}/cases/{path}")
            assert answer.status_code == 404, path
    for path in addresses(app, ref, "POST"):
        other.get("/account/")
        assert other.post(f"/desk/{asha.desk}/cases/{path}", {"read": "1"}).status_code == 404, path


def test_a_stranger_is_sent_to_sign_in_from_every_address(app, visit, asha, ref):
    stranger = visit()
    for path in addresses(app, ref, "GET"):
        assert stranger.get(asha.at(f"cases/{path}")).location == "/sign-in", path


def test_somebody_elses_case_asks_why_at_every_address(app, visit, world, asha, ref):
    for who in (world.bo, world.mei):
        other = visit(who)
        other.says_why = False
        for path in addresses(app, ref, "GET"):
            answer = other.get(other.at(f"cases/{path}"))
            shown = text(answer.get_data(as_text=True))
            assert not any(word in shown for word in TOLD), path
            asked = WHY in (answer.location or "") or path.endswith((WHY, COUNTS_ONLY))
            assert answer.status_code == 404 or asked, path
        for path in addresses(app, ref, "POST"):
            other.get(other.at("cases/new"))
            answer = other.post(other.at(f"cases/{path}"), {"read": "1", "reason": "x"})
            shown = text(answer.get_data(as_text=True))
            assert not any(word in shown for word in TOLD), path
            assert answer.status_code in (403, 404, 422, 409), path


def test_what_is_restricted_is_at_no_address_for_others(app, visit, world, asha, ref):
    mei = visit(world.mei)
    asha.get(asha.at(f"cases/{ref}/who"))
    named = {"who": "named", "named": [str(world.asha.id), str(world.bo.id)]}
    assert asha.post(asha.at(f"cases/{ref}/who"), named).status_code == 302
    for path in addresses(app, ref, "GET"):
        assert mei.get(mei.at(f"cases/{path}")).status_code == 404, path
    for path in addresses(app, ref, "POST"):
        mei.get("/account/")
        assert mei.post(mei.at(f"cases/{path}"), {"read": "1", "why": "covering"}).status_code == 404, path
