"""Files come in sealed, are shown safely, and a form that brings one loses nothing."""

import io
import json
import re
import tempfile
from uuid import uuid4
from zipfile import ZipFile

import pytest
from werkzeug import formparser

from casework import store
from casework.web import uploads
from tests.evidence import made
from tests.web.visitor import text


@pytest.fixture
def case(asha):
    return asha.log().location


def hand_in(asha, case, data=b"a text of mine", **changes):
    asha.get(f"{case}/evidence/new")
    sent = {"what": "payslips", "grade": "photo", "called": "March", "place": "at Bo's"} | changes
    return asha.hand_in(f"{case}/evidence/new", sent, data, "IMG_2031 Sita.jpg")


def save(visitor, page, which="original", recipient="here", **more):
    visitor.get(page)
    return visitor.post(f"{page}/save", {"which": which, "recipient": recipient} | more)


def agree(visitor, case, purpose, recipient):
    visitor.get(f"{case}/consents")
    told = {"purpose": purpose, "recipient": recipient, "data": "The payslips", "given": "yes"}
    told |= {"how": "spoken", "language": "ne", "interpreter": "none_needed", "present": "nobody"}
    assert visitor.post(f"{case}/consents", told).status_code == 302


def offered(page):
    """For whom a file can be saved: words and value of each."""
    found = re.findall(r'name="recipient" value="([^"]+)"', page)
    return [one for one in found if one not in {"here", "person"}]


def raw(visitor, path, size):
    """A form with a file, as bytes: the test client would make a temporary file of its own."""
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    return visitor.client.post(
        path, data=head + bytes(size) + b"\r\n--b--\r\n", content_type="multipart/form-data; boundary=b"
    )


def test_a_photo_is_handed_in_looked_at_and_saved(asha, case):
    data = made.picture()
    page = hand_in(asha, case, data).location
    shown = asha.get(page).get_data(as_text=True)
    assert "March" in shown
    assert f'src="{page}/copy"' in shown
    copy, original, saved = asha.get(f"{page}/copy"), save(asha, page), save(asha, page, "copy")
    assert original.data == data
    assert copy.data == saved.data
    assert made.PLACE not in copy.data
    assert copy.headers["Content-Disposition"] == "inline"
    for answer in (saved, original):
        assert answer.headers["Content-Disposition"] == 'attachment; filename="file.jpg"'
    for answer in (copy, saved, original):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    listed = asha.get(f"{case}/part/evidence").get_data(as_text=True)
    assert "March" in listed
    assert "Sita.jpg" not in listed + shown


def test_a_page_that_was_handed_in_is_only_text(asha, case):
    page = hand_in(asha, case, b"<html><script>alert(1)</script>").location
    answer = save(asha, page)
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert asha.get(f"{page}/copy").status_code == 404


def test_nothing_of_a_file_touches_the_temporary_folder(asha, case, tmp_path, monkeypatch):
    """Werkzeug's own parser puts whatever is larger than 500 kB there."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(formparser, "SpooledTemporaryFile", lambda *_a, **_k: pytest.fail("spooled"))
    answer = hand_in(asha, case, b"Qzxwvj lines\n" * 200_000)
    assert answer.status_code == 302
    assert list(tmp_path.iterdir()) == []


def test_a_broken_file_comes_back_with_everything_that_was_typed(asha, case):
    answer = hand_in(asha, case, b"\x89PNG\r\n\x1a\n" + bytes(100), note="Bo has the key")
    assert answer.status_code == 422
    assert "This picture is broken" in asha.last
    assert "Bo has the key" in asha.last
    assert 'value="March"' in asha.last


def test_a_file_that_goes_back_with_its_form_is_asked_for_again(asha, case):
    assert hand_in(asha, case, b"plain words", note="x" * 100_000).status_code == 422
    assert "Choose the file again" in asha.last
    assert hand_in(asha, case, b"\x89PNG\r\n\x1a\n" + bytes(100)).status_code == 422
    assert "Choose the file again" not in asha.last, "another file is wanted, not this one again"


def test_no_file_and_not_nothing_is_asked_back(asha, case):
    assert hand_in(asha, case, None).status_code == 422
    assert "Choose a file" in asha.last
    assert hand_in(asha, case, None, grade="none").status_code == 302


def test_the_same_form_sent_twice_keeps_one(asha, case):
    token = str(uuid4())
    first = hand_in(asha, case, form_token=token)
    assert hand_in(asha, case, form_token=token).location == first.location


def test_a_store_that_is_away_says_so_and_keeps_what_was_typed(asha, case, monkeypatch):
    def away(*_args):
        raise store.StoreAway

    monkeypatch.setattr(store.Store, "put", away)
    answer = hand_in(asha, case)
    assert answer.status_code == 503
    assert "could not be kept just now" in asha.last
    assert 'value="March"' in asha.last
    monkeypatch.undo()
    page = hand_in(asha, case).location
    monkeypatch.setattr(store.Store, "get", away)
    assert save(asha, page).status_code == 503


def test_more_than_is_taken_is_refused_before_it_is_read(asha, case):
    asha.get(f"{case}/evidence/new")
    assert raw(asha, f"{case}/evidence/new", 28 * 1024 * 1024).status_code == 413


def test_other_forms_take_no_file_and_strangers_send_none(asha, case, visit, monkeypatch):
    assert raw(asha, f"{case}/entries/new", 600_000).status_code == 413
    monkeypatch.setattr(uploads, "wait_for_file", lambda: pytest.fail("a stranger's file was awaited"))
    stranger = visit()
    stranger.get("/sign-in")
    assert raw(stranger, f"{case}/evidence/new", 600_000).status_code in {403, 413}


def test_without_our_token_a_file_is_not_kept(asha, case):
    answer = asha.client.post(f"{case}/evidence/new", data={"file": (io.BytesIO(b"text"), "a"), "csrf": "x"})
    assert answer.status_code == 403


def test_what_is_said_is_changed_and_two_at_once_are_told(asha, case, visit, world):
    page = hand_in(asha, case).location
    asha.get(f"{page}/edit")
    bo = visit(world.bo)
    bo.get(f"{page}/edit")
    said = {"what": "payslips", "grade": "photo", "called": "March"}
    assert bo.post(f"{page}/edit", said | {"place": "at the church"}).status_code == 302
    assert asha.post(f"{page}/edit", said | {"place": "at home"}).status_code == 409
    assert "at the church" in asha.last
    assert 'value="at home"' in asha.last
    assert asha.post(f"{page}/edit", said | {"place": "at home"}).status_code == 302


def test_taken_out_is_gone(asha, case):
    page = hand_in(asha, case).location
    asha.get(page)
    assert asha.post(f"{page}/take-out").status_code == 302
    assert asha.get(page).status_code == 404


def test_another_desk_finds_none_of_it(asha, case, visit, world):
    page = hand_in(asha, case).location
    ram = visit(world.ram)
    other = page.replace(asha.desk, ram.desk)
    for path in (page, other, f"{other}/copy", f"{other}/edit"):
        assert ram.get(path).status_code == 404
    assert save(ram, other).status_code == 404


def test_it_is_asked_for_whom_a_file_is_before_it_is_saved(asha, case):
    page = hand_in(asha, case).location
    asha.get(page)
    assert asha.post(f"{page}/save", {"which": "original"}).status_code == 422
    assert "For whom is it?" in asha.last
    assert asha.get(f"{page}/save").status_code == 405
    assert save(asha, page, recipient="person").data == b"a text of mine"
    assert "What left already" not in asha.get(f"{case}/consents").get_data(as_text=True)


def test_a_file_goes_to_whom_they_agreed_and_to_nobody_else(asha, case):
    """It is listed with what left; once they take it back it goes there no more, also from a page that was open."""
    page = hand_in(asha, case).location
    assert save(asha, page, recipient=str(uuid4())).status_code == 422
    agree(asha, case, "legal_ally", "Maya Rai")
    asha.get(page)
    (to,) = offered(asha.last)
    token = str(uuid4())
    for _ in range(2):
        assert save(asha, page, recipient=to, form_token=token).data == b"a text of mine"
    told = asha.get(f"{case}/consents").get_data(as_text=True)
    assert text(told).count("No. 1: March") == 1
    newest = re.search(r'action="([^"]+/withdraw)"', told)[1]
    open_page = asha.get(page).get_data(as_text=True)
    asha.get(f"{case}/consents")
    assert asha.post(newest).status_code == 302
    asha.last = open_page
    answer = asha.post(f"{page}/save", {"which": "original", "recipient": to})
    assert answer.status_code == 422
    assert "a text of mine" not in asha.last
    assert offered(asha.last) == []
    assert "No. 1: March" in text(asha.get(f"{case}/consents").get_data(as_text=True))


def test_a_home_state_gets_no_file_before_a_second_person_lets_it(asha, case):
    page = hand_in(asha, case).location
    agree(asha, case, "embassy", "Embassy")
    asha.get(page)
    (to,) = offered(asha.last)
    assert save(asha, page, recipient=to).status_code == 422
    assert "afraid" in asha.last


def test_a_copy_for_the_person_has_its_files_and_says_what_it_has_not(asha, case, monkeypatch):
    photo = made.picture()
    hand_in(asha, case, photo)
    asha.get(f"{case}/papers/new/receipt")
    asha.post(f"{case}/papers/new/receipt", {"recipient": "person", "language": "en"})
    page = text(asha.get(f"{case}/copy").get_data(as_text=True))
    for said in ("March", "files/1.jpg", "Receipt of payment", "papers/1.pdf", "All of it with 2 files"):
        assert said in page
    assert "Not in this copy" in page
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *_, **__: pytest.fail("a file in the clear"))
    answer = asha.get(f"{case}/copy.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="copy.zip"'
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == ["copy.json", "files/1.jpg", "papers/1.pdf"]
        assert archive.read("files/1.jpg") == photo
        assert archive.read("papers/1.pdf").startswith(b"%PDF")
        told = json.loads(archive.read("copy.json"))
    assert told["more"]["evidence"][0]["file"] == "files/1.jpg"
    assert told["more"]["legal_status"] == {"kept": False}
    assert told["left_out"]
    assert "9801112233" not in json.dumps(told)
