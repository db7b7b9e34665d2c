"""A copy for the person, and an erasure, as a coordinator does them."""

import json
import re
from html import unescape
from uuid import uuid4


def test_a_copy_to_print_and_a_file_for_machines(visit, world):
    asha = visit(world.asha)
    case = asha.log(called="Fatoumata Jalloh")
    html = unescape(asha.get(f"{case.location}/copy").get_data(as_text=True))
    for kept in ("Fatoumata Jalloh", "Three months without pay."):
        assert kept in html
    assert "980 111 2233" not in html, "a number is shown where its rule is read"
    file = asha.get(f"{case.location}/copy.json")
    assert file.headers["Content-Disposition"] == 'attachment; filename="copy.json"'
    assert file.headers["Cache-Control"] == "no-store"
    assert b"9801112233" not in file.data
    assert json.loads(file.data)["answers"]["identity"]["called"] == "Fatoumata Jalloh"


def test_the_printed_copy_says_where_they_were_sent_and_what_others_were_told(visit, world):
    asha = visit(world.asha)
    case, place = asha.log(called="Fatoumata Jalloh").location, "Harbour clinic (test)"
    agreed = {
        "how": "spoken",
        "language": "ne",
        "interpreter": "phone",
        "present": ["nobody"],
        "given": "yes",
    }
    for purpose, more in (("referral", {"recipient": place}), ("employer", {"recipient": "Acme (test)"})):
        asha.get(f"{case}/consents")
        sent = agreed | {"purpose": purpose, "data": "What is owed", "form_token": str(uuid4())} | more
        assert asha.post(f"{case}/consents", sent).status_code == 302
    asha.get(f"{case}/plan/refer")
    referred = {"to": place, "told": "A cough since March", "after": "14", "home_state": "no"}
    assert asha.post(f"{case}/plan/refer", referred).status_code == 302
    asha.get(f"{case}/outside")
    told = {"purpose": "employer", "recipient": "Acme (test)", "data": "Owed since May", "home_state": "no"}
    assert asha.post(f"{case}/outside", told).status_code == 302
    html = unescape(asha.get(f"{case}/copy").get_data(as_text=True))
    for said in ("Where they were sent", place, "A cough since March", "Nobody has asked yet"):
        assert html.count(said) >= 1, said
    assert html.count("A cough since March") == 1
    assert "Owed since May" in html.partition("What others were told")[2]


def test_a_case_is_erased_and_a_certificate_stays(visit, world):
    mei = visit(world.mei)
    case = mei.log(called="Fatoumata Jalloh")
    ref = case.location.rsplit("/", 1)[1]
    where = f"{case.location}/erase"
    mei.get(where)
    wrong = mei.post(where, {"reason": "person_asked", "ref_again": "K7QD-2MXR"})
    assert wrong.status_code == 422
    assert "This is another reference" in wrong.get_data(as_text=True)
    token = re.search(r'name="form_token"[^>]*value="([^"]+)"', mei.last)[1]
    sent = {"reason": "person_asked", "ref_again": ref, "form_token": token}
    done = mei.post(where, sent)
    assert done.status_code == 302
    certificate = mei.get(done.location).get_data(as_text=True)
    assert ref in certificate
    assert "Fatoumata" not in certificate
    assert mei.get(case.location).status_code == 404
    mei.get(mei.at("cases/erased"))
    assert ref in mei.last
    record = mei.get(mei.at("about/record")).get_data(as_text=True)
    assert "/cases/erased" in record


def test_a_volunteer_sees_no_way_to_erase(visit, world):
    asha = visit(world.asha)
    case = asha.log()
    assert "/erase" not in asha.get(case.location).get_data(as_text=True)
    assert asha.get(f"{case.location}/erase").status_code == 404
    assert asha.get(asha.at("cases/erased")).status_code == 404
