"""All files of a desk in one: asked for, agreed to, made while it is sent, opened without any server."""

import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from uuid import uuid4
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.models import Case, CaseSection
from casework.db import db
from casework.errors import Refused
from casework.export.lists import cell
from casework.export.making import BrokenOff
from casework.export.packing import LEFT_OUT
from casework.vault import Role, age
from tests.evidence import made as pictures
from tests.factories.people import human
from tests.factories.worlds import join
from tests.web.test_cases import ref_of
from tests.web.visitor import text

DAY = dt.timedelta(days=1)
WHY = "The host closes our server"


@pytest.fixture
def cleo(app, world):
    """A second coordinator of the host desk."""
    with app.app_context():
        who = human("cleo", "Cleo")
        join(world.mei, world.host_id, who, Role.COORDINATOR)
        join(world.mei, world.network_id, who, Role.COORDINATOR)
        who.keep()
        world.mei.keep()
        db.session.commit()
    return who


@pytest.fixture
def visit(visit, freeze):
    """Everybody signs in with a code of their own half minute: each counts once."""
    freeze(clock.now())

    def _visit(*who):
        freeze(clock.now() + dt.timedelta(seconds=31))
        return visit(*who)

    return _visit


@pytest.fixture
def agreed(visit, world, cleo, freeze):
    """Mei has asked, Cleo has agreed, a day has passed: Mei's browser, on the page with the words."""
    mei, second = visit(world.mei), visit(cleo)
    ask(mei)
    agree(second)
    freeze(clock.now() + DAY)
    mei, second = visit(world.mei), visit(cleo)
    mei.get(mei.at("export/"))
    mei.get(one_of(mei) + "/make")
    return mei, second


def ask(mei):
    mei.get(mei.at("export/"))
    return mei.post(mei.at("export/"), {"reason": WHY}, follow=True)


def one_of(visitor):
    """The address of the one that the page names."""
    return re.search(visitor.at("export/") + "[0-9a-f-]{36}", visitor.last)[0]


def agree(second):
    second.get(second.at("export/"))
    path = one_of(second)
    second.get(path)
    return second.post(path + "/agree", {"sure": "y"})


def words_of(page):
    listed = page[page.index('<ol class="secret words">') :]
    return " ".join(part.split("</li>")[0] for part in listed.split("<li>")[1:7])


def fetch(mei, words=None, **changes):
    """Send the form with the words; the answer, not read yet, and the words."""
    words = words or words_of(mei.last)
    return mei.post(one_of(mei) + "/make", {"words": words, **changes}), words


def unsealed(answer, words):
    return ZipFile(io.BytesIO(b"".join(age.opened(words, [answer.get_data()]))))


def rows(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"lists/{name}.csv").decode("utf-8-sig"))))


def test_a_file_with_everything_opens_without_a_server(visit, world, agreed, tmp_path):
    asha = visit(world.asha)
    ref = ref_of(asha.log(what_happened="=2+3 is what he said"))
    asha.get(asha.at(f"cases/{ref}/evidence/new"))
    photo = pictures.picture()
    asha.hand_in(
        asha.at(f"cases/{ref}/evidence/new"),
        {"what": "contract", "called": "Contract A", "grade": "photo"},
        photo,
    )
    mei, _ = agreed
    answer, words = fetch(mei)
    assert (answer.status_code, answer.mimetype) == (200, "application/octet-stream")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="export.zip.age"'
    archive = unsealed(answer, words)
    case = json.loads(archive.read(f"cases/{ref}/case.json"))
    assert (case["called"], case["kinds"], case["does_not_open"]) == ("Sita Test", ["wage_theft"], [])
    assert case["answers"]["identity"]["reach"][0]["number"]["written"] == "+977 980 111 2233"
    page = text(archive.read(f"cases/{ref}/case.html").decode())
    assert "Sita Test" in page
    assert "+977 980 111 2233" in page
    assert archive.read(f"cases/{ref}/{case['evidence'][0]['file']}") == photo
    assert [line["called"] for line in rows(archive, "cases")] == ["Sita Test"]
    assert {line["name"] for line in rows(archive, "people")} >= {"Mei", "Asha", "Cleo"}
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["left_out"] == list(LEFT_OUT)
    assert {one["name"] for one in manifest["files"]} == set(archive.namelist()) - {"manifest.json"}
    assert all(sha256(archive.read(one["name"])).hexdigest() == one["sha256"] for one in manifest["files"])
    schema = json.loads(archive.read("schema/case.schema.json"))
    # Rooms that come later bring keys of their own.
    assert set(schema["required"]) == set(schema["properties"]) <= set(case)
    for key, said in schema["properties"].items():
        assert case[key] == said.get("const", case[key])
        needed = said.get("items", {}).get("required", ())
        assert all(set(needed) <= set(each) for each in (case[key] if needed else ())), key
    _opens_by_command(answer.get_data(), words, ref, tmp_path)


def _opens_by_command(sealed, words, ref, folder):
    (folder / "export.zip.age").write_bytes(sealed)
    code = (
        "import sys; words = sys.argv.pop(); from casework.export import __main__ as command;"
        "command.getpass = lambda _: words; sys.exit(command.main(sys.argv[1:]))"
    )
    for typed, status in ((words.replace(" ", "-").upper(), 0), (words + " x", 1)):
        where = folder / f"opened{status}"
        run = subprocess.run(
            [sys.executable, "-c", code, str(folder / "export.zip.age"), str(where), typed],
            check=False, capture_output=True, text=True, env={"PATH": "/nowhere"},
        )  # fmt: skip
        assert run.returncode == status, run.stderr
        assert (where / "cases" / ref / "case.html").exists() is not bool(status)
        assert not (where / "export.zip").exists()


def test_every_case_says_that_it_left(app, visit, world, agreed):
    asha = visit(world.asha)
    ref = ref_of(asha.log())
    mei, _ = agreed
    answer, _ = fetch(mei)
    answer.get_data()
    record = text(mei.get(mei.at(f"cases/{ref}/record")).get_data(as_text=True))
    assert "took it along with all files of the desk" in record
    with app.app_context():
        desk = world.actor(world.mei).desk
        found = [each.event for each in audit.of_desk(desk)]
        assert Event.EXPORT_BEGUN in found
        told = next(each for each in audit.of_desk(desk) if each.event is Event.EXPORT_MADE)
        assert told.details["cases"] == 1
    assert "1 case" in text(mei.get(mei.at("export/")).get_data(as_text=True)) or "1 case" in text(
        mei.get(one_of(mei)).get_data(as_text=True)
    )
    for who in (world.asha, world.bo):
        told = visit(who)
        assert "has taken all files of this desk along" in text(told.get(told.at()).get_data(as_text=True))


def test_everybody_is_told_before_and_volunteers_find_no_door(visit, world, cleo):
    mei, asha, luz = visit(world.mei), visit(world.asha), visit(world.luz)
    assert ask(mei).status_code == 200
    path = one_of(mei)
    told = text(asha.get(asha.at()).get_data(as_text=True))
    assert "Mei asks to take all files of this desk along" in told
    assert WHY not in told
    assert asha.at("export/") not in asha.last
    for visitor in (asha, luz):
        for where in ("export/", f"export/{uuid4()}", f"export/{uuid4()}/make"):
            assert visitor.get(visitor.at(where)).status_code == 404
        visitor.get(visitor.at())
        for act in ("/agree", "/stop", "/make"):
            assert visitor.post(path + act, {"sure": "y"}).status_code == 404
        assert visitor.post(visitor.at("export/"), {"reason": WHY}).status_code == 404
    second = visit(cleo)
    assert "do you agree?" in text(second.get(second.at()).get_data(as_text=True))


def test_the_same_coordinator_and_a_stale_page_are_refused_in_words(visit, world, cleo):
    mei, second = visit(world.mei), visit(cleo)
    ask(mei)
    path = one_of(mei)
    print_ = "0" * 64
    assert mei.post(path + "/agree", {"sure": "y", "fingerprint": print_}).status_code == 422
    assert "not who asked" in text(mei.last)
    second.get(path)
    assert second.post(path + "/agree", {"fingerprint": print_}).status_code == 422
    assert second.post(path + "/agree", {"sure": "y", "fingerprint": print_}).status_code == 409
    assert "not what your page showed" in text(second.last)
    mei.get(path)
    assert mei.post(path + "/make", {"words": "a b c d e f", "drawn": "x"}).status_code == 422
    assert mei.get(path + "/make").status_code == 302


def test_wrong_words_are_said_and_the_paper_stays_right(agreed):
    mei, _ = agreed
    words = words_of(mei.last)
    answer, _ = fetch(mei, "one two three four five six")
    assert answer.status_code == 422
    assert "These are not the six words" in text(mei.last)
    assert words_of(mei.last) == words
    answer, _ = fetch(mei, words.upper().replace(" ", "-"))
    assert unsealed(answer, words).namelist()


def test_a_double_click_makes_one_and_it_can_be_made_again(agreed):
    mei, _ = agreed
    page = mei.last
    answer, words = fetch(mei)
    answer.get_data()
    mei.last = page
    again, _ = fetch(mei)
    assert again.status_code == 422
    assert "being made already" in text(mei.last)
    mei.get(mei.at("export/"))
    mei.get(one_of(mei) + "/make")
    third, other = fetch(mei)
    assert other != words
    assert unsealed(third, other).namelist()


@pytest.mark.parametrize("how", ["stopped", "locked", "signed out"])
def test_it_ends_before_the_next_case_when_it_may_not_go_on(visit, world, agreed, how):
    asha = visit(world.asha)
    for name in ("Sita Test", "Rina Test"):
        asha.log(called=name)
    mei, second = agreed
    other = visit(world.mei)
    answer, words = fetch(mei)
    parts = answer.iter_encoded()
    sent = [next(parts)]
    # The answer that is being made holds this thread's context, as it holds a thread of the server.
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_ends, how, second, other).result()
    with pytest.raises(BrokenOff):
        sent.extend(parts)
    with pytest.raises(Refused):
        b"".join(age.opened(words, sent))


def _ends(how, second, other):
    if how == "stopped":
        second.get(second.at("export/"))
        path = one_of(second)
        second.get(path)
        assert second.post(path + "/stop").status_code == 302
    elif how == "locked":
        second.get(second.at("lock/now"))
        assert second.post(second.at("lock/now"), {"sure": "y"}).status_code == 302
    else:
        other.get("/account/")
        assert other.post("/account/sign-out-everywhere", {"sure": "y"}).status_code == 302


def test_a_restricted_case_goes_along_only_where_both_are_named(app, visit, world, cleo, agreed):
    mei, _ = agreed
    names = {"both": (world.mei, cleo), "one": (world.mei, world.asha), "none": (cleo, world.asha)}
    asha, refs = visit(world.asha), {}
    for name, named in names.items():
        refs[name] = ref_of(asha.log(called=f"{name} Test", take=None))
        who = visit(named[0])
        who.get(who.at(f"cases/{refs[name]}/who"))
        sent = {"who": "named", "named": [str(each.id) for each in named]}
        assert who.post(who.at(f"cases/{refs[name]}/who"), sent).status_code == 302
    mei.get(mei.at("export/"))
    mei.get(one_of(mei) + "/make")
    answer, words = fetch(mei)
    archive = unsealed(answer, words)
    assert f"cases/{refs['both']}/case.json" in archive.namelist()
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for name in ("one", "none"):
        assert refs[name].encode() not in everything
        assert f"{name} Test".encode() not in everything


def test_damage_is_named_and_keeps_nothing_else_back(app, visit, world, agreed):
    asha = visit(world.asha)
    whole, cut, lost = (ref_of(asha.log(called=f"{name} Test")) for name in ("Whole", "Cut", "Lost"))
    with app.app_context():
        ids = {row.ref: row.id for row in db.session.scalars(select(Case))}
        story = db.session.scalars(
            select(CaseSection).where(CaseSection.case_id == ids[cut]).order_by(CaseSection.id)
        ).all()
        for row in story:
            row.body = row.body[:-1] + bytes([row.body[-1] ^ 1])
        gone = db.session.get(Case, ids[lost])
        gone.statement = gone.statement[:-1] + bytes([gone.statement[-1] ^ 1])
        db.session.commit()
    mei, _ = agreed
    answer, words = fetch(mei)
    archive = unsealed(answer, words)
    damaged = json.loads(archive.read("manifest.json"))["does_not_open"]
    assert f"cases/{lost}" in damaged
    assert f"cases/{cut}: story" in damaged
    assert not [one for one in damaged if whole in one]
    assert json.loads(archive.read(f"cases/{whole}/case.json"))["called"] == "Whole Test"
    assert "story" in json.loads(archive.read(f"cases/{cut}/case.json"))["does_not_open"]


def test_nothing_is_a_formula_to_a_spreadsheet():
    for typed in ("=2+3", "+1", "-1", "@x", "\tx", "\r=1"):
        assert cell(typed) == f"'{typed}"
    assert [cell(one) for one in (None, True, False, ["a", "b"], 3)] == ["", "yes", "no", "a, b", "3"]
