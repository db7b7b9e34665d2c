"""Referring to another desk through the real pages: cards compared, sent, opened, accepted, declined, answered."""

import datetime as dt
import re
from uuid import uuid4

import pytest

from casework import clock
from casework.access.models import Desk
from casework.db import db
from casework.packets.desk_cards import Card
from casework.vault import Secret, box, signature
from casework.web.forms.packets import Decline
from tests.web.visitor import text

_TAKEN, _SHOWN, _NOT_TAKEN = 302, 200, 422


def card_of(visitor):
    """The letters of a desk's card and its code."""
    page = visitor.get(visitor.at("partners/card")).get_data(as_text=True)
    letters = re.search(r">(CASEWORK-DESK:[A-Z2-7]+)<", page).group(1)
    return letters, re.search(r">((?:\d{5} ){5}\d{5})<", page).group(1)


def introduce(one, letters, code):
    """Somebody brings a card and compares it; the address of the desk."""
    one.get(one.at("partners/"))
    brought = one.post(one.at("partners/"), {"card": letters})
    assert brought.status_code == _TAKEN
    one.get(brought.location)
    assert one.post(brought.location, {"digits": code}).status_code == _TAKEN
    return brought.location


def agree(visitor, case, desk):
    visitor.get(f"{case}/consents")
    yes = {"purpose": "referral", "given": "yes", "how": "spoken", "language": "ne", "recipient": desk}
    alone = {"interpreter": "none_needed", "present": "nobody", "data": "What happened"}
    assert visitor.post(f"{case}/consents", yes | alone).status_code == _TAKEN


def refer(visitor, case, **changes):
    page = visitor.get(f"{case}/packets/new").get_data(as_text=True)
    partner = re.search(r'<option[^>]* value="([0-9a-f-]{36})"', page).group(1)
    sent = {
        "partner": partner,
        "told": "Please take her over",
        "sections": ["story", "identity"],
        "ends_on": (clock.today() + dt.timedelta(days=5)).isoformat(),
    }
    return visitor.post(f"{case}/packets/new", sent | changes)


@pytest.fixture
def nina(visit, world):
    return visit(world.nina)


@pytest.fixture
def known(mei, nina):
    introduce(mei, *card_of(nina))
    introduce(nina, *card_of(mei))


def arrived(visitor):
    """The address of the packet that Today leads to."""
    page = visitor.get(visitor.at()).get_data(as_text=True)
    return re.search(r'href="([^"]+/packets/[0-9a-f-]{36})"', page).group(1)


def test_from_consent_to_feedback(mei, nina, known):
    case = mei.log().location
    assert refer(mei, case).status_code == _NOT_TAKEN
    agree(mei, case, "Valley desk")
    sent = refer(mei, case)
    assert sent.status_code == _TAKEN
    assert "Waits for an answer" in text(mei.get(sent.location).get_data(as_text=True))
    packet = arrived(nina)
    closed = text(nina.get(packet).get_data(as_text=True))
    assert "Harbour desk" in closed
    assert "Sita Test" not in closed
    opened = text(nina.get(f"{packet}/open").get_data(as_text=True))
    assert "Three months without pay" in opened
    assert "Sita Test" in opened
    accepted = nina.post(f"{packet}/accept", {"take": "y"})
    assert accepted.status_code == _TAKEN
    assert "Sita Test" in nina.get(accepted.location).get_data(as_text=True)
    nina.get(packet)
    assert nina.post(f"{packet}/tell", {"outcome": "helping", "note": "A bed is found"}).status_code == _TAKEN
    assert "has answered" in text(mei.get(mei.at()).get_data(as_text=True))
    told = text(mei.get(sent.location).get_data(as_text=True))
    assert "A bed is found" in told
    assert accepted.location.rpartition("/")[2] in told
    assert "has answered" not in text(mei.get(mei.at()).get_data(as_text=True))


def test_accepting_twice_leads_to_one_case(mei, nina, visit, world, known):
    case = mei.log().location
    agree(mei, case, "Valley desk")
    refer(mei, case)
    packet, ram = arrived(nina), visit(world.ram)
    for one in (nina, ram):
        assert one.get(f"{packet}/open").status_code == _SHOWN
    first, second = (one.post(f"{packet}/accept", {}) for one in (nina, ram))
    assert "/cases/" in first.location
    assert second.location == packet
    assert "Somebody has accepted this already" in text(ram.get(packet).get_data(as_text=True))


def test_declined_the_reason_goes_back_and_nothing_opens_any_more(mei, nina, known):
    case = mei.log().location
    agree(mei, case, "Valley desk")
    sent = refer(mei, case)
    packet = arrived(nina)
    nina.get(packet)
    assert nina.post(f"{packet}/decline", {"reason": ""}).status_code == _NOT_TAKEN
    assert nina.post(f"{packet}/decline", {"reason": "No lawyer for this"}).status_code == _TAKEN
    assert nina.get(f"{packet}/open").status_code == _TAKEN
    assert "No lawyer for this" in text(mei.get(sent.location).get_data(as_text=True))


def test_taken_back_it_says_so_on_both_sides(mei, nina, known):
    case = mei.log().location
    agree(mei, case, "Valley desk")
    sent = refer(mei, case)
    packet = arrived(nina)
    mei.get(sent.location)
    assert mei.post(f"{sent.location}/recall").status_code == _TAKEN
    for visitor, page in ((mei, sent.location), (nina, packet)):
        assert "Taken back and destroyed" in text(visitor.get(page).get_data(as_text=True))


def test_another_code_is_not_taken(mei, nina):
    letters, code = card_of(nina)
    mei.get(mei.at("partners/"))
    page = mei.post(mei.at("partners/"), {"card": letters}).location
    mei.get(page)
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    assert mei.post(page, {"digits": wrong}).status_code == _NOT_TAKEN
    assert "Not compared yet" in text(mei.get(page).get_data(as_text=True))


@pytest.mark.parametrize(
    "letters", ["", "CASEWORK-DESK:", "CASEWORK-DESK:AAAA", "hello", "CASEWORK-DESK:" + "A" * 300]
)
def test_what_is_no_card_is_refused_and_stays_typed(mei, letters):
    mei.get(mei.at("partners/"))
    answer = mei.post(mei.at("partners/"), {"card": letters})
    assert answer.status_code == _NOT_TAKEN
    assert letters in mei.last


def test_ones_own_card_is_no_other_desk(mei):
    letters, _ = card_of(mei)
    mei.get(mei.at("partners/"))
    assert mei.post(mei.at("partners/"), {"card": letters}).status_code == _NOT_TAKEN


def test_a_volunteer_compares_nothing(visit, world, nina):
    asha = visit(world.asha)
    letters, _ = card_of(nina)
    asha.get(asha.at("partners/"))
    assert asha.post(asha.at("partners/"), {"card": letters}).status_code == 404


def test_no_desk_is_chosen_before_somebody_chose(mei, nina, known):
    case = mei.log().location
    agree(mei, case, "Valley desk")
    page = mei.get(f"{case}/packets/new").get_data(as_text=True)
    assert re.search(r'<select[^>]* name="partner"[^>]*>\s*<option (selected )?value="">—</option>', page)
    answer = refer(mei, case, partner="")
    assert answer.status_code == _NOT_TAKEN
    assert "Choose to which desk." in text(answer.get_data(as_text=True))


def test_two_desks_of_one_name_are_told_apart(mei, nina, known):
    """Another installation may call a desk as one here is called: a packet goes to one of them for good."""
    x = box.private_key(Secret.random()).public_key().public_bytes_raw()
    ed = signature.private_key(Secret.random()).public_key().public_bytes_raw()
    far = Card(uuid4(), "Valley desk", 1, x, ed, 1, bytes(32))
    introduce(mei, far.text, far.code)
    page = mei.get(f"{mei.log().location}/packets/new").get_data(as_text=True)
    for code in (far.code, card_of(nina)[1]):
        assert f">Valley desk · {code[:5]}</option>" in page


def test_to_another_installation_it_leaves_as_a_sealed_file(mei):
    x = box.private_key(Secret.random()).public_key().public_bytes_raw()
    ed = signature.private_key(Secret.random()).public_key().public_bytes_raw()
    far = Card(uuid4(), "Far desk", 1, x, ed, 1, bytes(32))
    introduce(mei, far.text, far.code)
    case = mei.log().location
    agree(mei, case, "Far desk")
    token = {"form_token": str(uuid4())}
    answer = refer(mei, case, **token)
    assert answer.status_code == _SHOWN
    assert answer.data.startswith(b"casework packet\n\x01")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="packet.bin"'
    for mark in (b"Sita", b"Three months", b"Far desk", b"Harbour"):
        assert mark not in answer.data
    assert refer(mei, case, **token).status_code == _NOT_TAKEN
    assert "Left as a file" in text(mei.get(f"{case}/packets").get_data(as_text=True))


def test_a_file_that_is_no_packet_is_refused(app, nina):
    nina.get(nina.at("packets/"))
    for data in (b"hello", b"casework packet\n\x02rest", b"casework packet\n\x01\x00\x00\x00\x05short"):
        answer = nina.hand_in(nina.at("packets/"), {}, data, "packet.bin")
        assert answer.status_code == _NOT_TAKEN
    assert nina.post(nina.at("packets/"), {}).status_code == _NOT_TAKEN
    with app.app_context():
        assert db.session.query(Desk).count() == 3


@pytest.mark.parametrize(("by_file", "said"), [(False, "The other desk reads it"), (True, "It stays here")])
def test_who_declines_is_told_truly_who_reads_why(app, by_file, said):
    with app.test_request_context():
        assert said in str(Decline().of(by_file=by_file).reason.description)
        assert "The other desk" in str(Decline().reason.description), "of one packet, not of all that follow"


def test_a_case_that_another_desk_took_on_is_closed_with_that_filled_in(mei, nina, known):
    case = mei.log().location
    agree(mei, case, "Valley desk")
    sent = refer(mei, case)
    assert "took this case on" not in text(mei.get(f"{case}/close").get_data(as_text=True))
    packet = arrived(nina)
    nina.get(f"{packet}/open")
    assert nina.post(f"{packet}/accept", {"take": "y"}).status_code == _TAKEN
    mei.get(f"{case}/close")
    assert 'value="Valley desk"' not in mei.last
    filled = re.search(r'href="([^"]+/close\?packet=[^"]+)"', mei.last).group(1)
    mei.get(sent.location)
    assert filled in mei.last
    mei.get(filled)
    assert 'value="Valley desk"' in mei.last
    assert f'value="{clock.today().isoformat()}"' in mei.last
    assert re.search(r'value="referred" checked', mei.last)
    # Another case's page is not filled in with it.
    other = mei.log(form_token=str(uuid4())).location
    assert 'value="Valley desk"' not in mei.get(f"{other}/close?{filled.partition('?')[2]}").get_data(
        as_text=True
    )
