"""Published figures, from the announcement of a window to the files of its release, as four people click through it."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from collections import Counter
from dataclasses import replace
from uuid import uuid4

import hxl
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select

from casework import clock
from casework.cases import consenting
from casework.db import db
from casework.respondents import register
from casework.trends import releasing, stewards, windows
from casework.trends.frozen import Cell, Table
from casework.trends.models import TrendRelease, TrendReturn, TrendWindow
from casework.trends.releases import waiting
from tests import factories
from tests.papers.copied import text_of
from tests.trends.caseloads import caseload
from tests.web.visitor import text

FIRST = dt.date(2026, 1, 1)
OPENED = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TAKING = dt.datetime(2027, 1, 5, 12, tzinfo=dt.UTC)
CLOSED = dt.datetime(2027, 2, 5, 12, tzinfo=dt.UTC)


@pytest.fixture
def window(app, world):
    """A small window of 2026, with three cases whose people agreed."""
    with app.app_context(), clock.at(OPENED):
        asha, mei = world.actor(world.asha), world.actor(world.mei, world.network_id)
        for kind in ("detention", "detention", "wage_theft"):
            case = factories.case(asha, kind=kind, home="NP", host="MY")
            consenting.record(asha, case.ref, factories.answer("trends"), uuid4())
        closes = dt.date(2027, 1, 31)
        made = windows.announce(mei, "small", FIRST, closes, (world.mei.id, world.nina.id), uuid4())
        db.session.commit()
    return made


@pytest.fixture
def released(app, world, window):
    """The same, sent, run and released; many more people than the desk has, so that something shows."""
    with app.app_context(), clock.at(CLOSED):
        mei, nina = (world.actor(who, world.network_id) for who in (world.mei, world.nina))
        made = {"opening": releasing.numbers(windows.plan_of("small"), "opening", caseload(900))}
        stewards._keep(mei, windows.get(mei.desk.state, window), nina.user_id, made)
        stewards.release(nina, window, waiting(nina, window).digest)
        db.session.commit()
    return window


def test_a_window_is_announced_and_what_cannot_be_is_said_beside_the_field(visit, world, app):
    sent = {
        "plan": "small",
        "first_on": "2026-01-01",
        "closes_on": "2031-01-01",
        "stewards": str(world.mei.id),
    }
    with clock.at(OPENED):
        mei = visit(world.mei, world.network_id)
        mei.get(mei.at("windows/"))
        assert mei.post(mei.at("windows/"), sent).status_code == 422
        assert "Two or three stewards are needed." in text(mei.last)
        assert 'value="2026-01-01"' in mei.last
        page = mei.last
        sent |= {"closes_on": "2027-01-31", "stewards": [str(world.mei.id), str(world.nina.id)]}
        assert mei.post(mei.at("windows/"), sent).status_code == 302
        # A double click.
        mei.last = page
        assert mei.post(mei.at("windows/"), sent).status_code == 302
    with app.app_context():
        assert len(db.session.scalars(select(TrendWindow)).all()) == 1


def test_from_the_returns_to_the_release(visit, world, window, app):
    with clock.at(TAKING):
        mei = visit(world.mei)
        mei.get(mei.at("returns/"))
        assert "Counts today: 3 people" in text(mei.last)
        assert mei.post(mei.at(f"returns/{window}")).status_code == 302
        mei.get(mei.at("returns/"))
        assert "Sent 5 Jan 2027" in text(mei.last)
    with clock.at(CLOSED):
        mei, nina = visit(world.mei, world.network_id), visit(world.nina, world.network_id)
        mei.get(mei.at(f"windows/{window}"))
        # Alone: there is nothing to press but to agree, and who presses all the same is told.
        assert "/run" not in mei.last
        assert mei.post(mei.at(f"windows/{window}/run")).status_code == 422
        nina.get(nina.at(f"windows/{window}"))
        assert nina.post(nina.at(f"windows/{window}/agree")).status_code == 302
        mei.get(mei.at(f"windows/{window}"))
        assert mei.post(mei.at(f"windows/{window}/run")).status_code == 302
        mei.get(mei.at(f"windows/{window}"))
        assert "/release" not in mei.last
        nina.get(nina.at(f"windows/{window}"))
        assert nina.post(nina.at(f"windows/{window}/release")).status_code == 302
        cara = visit(world.cara, world.network_id)
        cara.get(cara.at())
        cara.get(cara.at("trends/"))
        assert "1 Jan 2026 to 31 Dec 2026" in text(cara.last)
        assert cara.get(cara.at(f"trends/{window}")).status_code == 200
        # Three people are too few for anything.
        assert "Too few to show." in text(cara.last)
    with app.app_context():
        assert db.session.scalars(select(TrendReturn)).all() == []


def test_charts_tables_and_sentences(visit, world, released):
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        cara.get(cara.at(f"trends/{released}"))
        said = text(cara.last)
        assert "Wage theft" in said
        assert "Cases seen by desks, not a sample" in said
        assert "95 percent interval" in said
        assert cara.last.count('class="bar-interval"') >= 5
        # No way to a case, for nobody.
        assert "/cases/" not in cara.last
        drawn = cara.get(cara.at(f"trends/{released}/opening/kind.svg"))
        assert drawn.mimetype == "image/svg+xml"
        assert drawn.get_data(as_text=True).startswith("<svg")
        assert cara.get(cara.at(f"trends/{released}/opening/names.svg")).status_code == 404


def test_a_chart_is_a_picture_as_well(visit, world, released):
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        raw = cara.get(cara.at(f"trends/{released}/opening/kind.png")).get_data()
        assert cara.get(cara.at(f"trends/{released}/opening/names.png")).status_code == 404
    drawn = Image.open(io.BytesIO(raw))
    assert drawn.format == "PNG"
    assert drawn.width >= 1200
    # Bars, and letters in our own fonts, not a white page.
    assert len(drawn.convert("RGB").getcolors(100_000)) > 20


def test_the_brief_prints_every_table_with_its_interval(visit, world, released):
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        answer = cara.get(cara.at(f"trends/{released}/brief.pdf"))
    assert answer.mimetype == "application/pdf"
    said = text_of(answer.get_data())
    assert "Cases seen by desks, not a sample" in said
    assert "Wage theft" in said
    assert "95 times in 100" in said


def test_the_file_with_tags_is_read_by_libhxl(visit, world, released):
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        raw = cara.get(cara.at(f"trends/{released}/figures.csv")).get_data()
    found = hxl.data(list(csv.reader(io.StringIO(raw.decode()))))
    rows = list(found)
    assert {"#affected", "#country", "#cause", "#sector", "#date"} <= {column.tag for column in found.columns}
    assert len(rows) >= 5
    assert all(int(row.get("#affected+cases-min-max")) >= 11 for row in rows)


def test_the_data_package_describes_the_file_beside_it(visit, world, released):
    """By the specification: named fields with types that every line keeps, and the hash of the file."""
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        told = json.loads(cara.get(cara.at(f"trends/{released}/datapackage.json")).get_data())
        (table,) = told["resources"]
        raw = cara.get(cara.at(f"trends/{released}/{table['path']}")).get_data()
        assert cara.get(cara.at(f"trends/{uuid4()}/datapackage.json")).status_code == 404
    named = {"type": "string", "pattern": r"^[a-z0-9._-]+$"}
    jsonschema_rs.validate(
        {
            "required": ["$schema", "name", "resources", "ledger"],
            "properties": {
                "name": named,
                "created": {"type": "string", "format": "date-time"},
                "resources": {
                    "minItems": 1,
                    "items": {
                        "required": ["name", "path", "schema"],
                        "properties": {"name": named, "schema": {"required": ["fields"]}},
                    },
                },
            },
        },
        told,
    )
    assert (table["hash"], table["bytes"]) == ("sha256:" + hashlib.sha256(raw).hexdigest(), len(raw))
    lines = list(csv.reader(io.StringIO(raw.decode())))
    fields = table["schema"]["fields"]
    assert lines[0] == [field["name"] for field in fields]
    assert lines[table["dialect"]["commentRows"][0] - 1] == [field["hxl"] for field in fields]
    read = {"integer": int, "date": dt.date.fromisoformat, "string": str}
    for line in lines[2:]:
        for field, said in zip(fields, line, strict=True):
            assert said in table["schema"]["missingValues"] or read[field["type"]](said) is not None
    assert told["ledger"][0]["epsilon"] == pytest.approx(0.75)


def test_the_workbook_opens(visit, world, released):
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        raw = cara.get(cara.at(f"trends/{released}/figures.xlsx")).get_data()
    book = zipfile.ZipFile(io.BytesIO(raw))
    assert b"#affected" in book.read("xl/sharedStrings.xml")
    assert "xl/worksheets/sheet2.xml" in book.namelist()


def test_what_programmes_get_is_what_openapi_says(visit, world, released):
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        described = json.loads(cara.get(cara.at("trends/openapi.json")).get_data())
        for path, told in described["paths"].items():
            address = path.replace("{window_id}", str(released))
            schema = told["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            jsonschema_rs.validate(schema, json.loads(cara.get(address).get_data()))
        unknown = path.replace("{window_id}", str(uuid4()))
        assert cara.get(unknown).status_code == 404
    assert len(described["paths"]) == 2


def test_who_may_not_is_told_that_there_is_nothing(visit, world, window):
    tries = (
        (world.asha, world.host_id, "returns/"),
        (world.luz, world.host_id, "returns/"),
        (world.cara, world.network_id, "windows/"),
        (world.mei, world.host_id, "windows/"),
        (world.cara, world.network_id, f"windows/{window}"),
    )
    for number, (human, desk, path) in enumerate(tries):
        # A code of an authenticator is taken once.
        with clock.at(TAKING + dt.timedelta(minutes=number)):
            visitor = visit(human, desk)
            assert visitor.get(visitor.at(path)).status_code == 404


def test_a_change_of_the_stored_numbers_takes_the_release_off_the_pages(visit, world, released, app):
    with app.app_context():
        row = db.session.scalars(select(TrendRelease)).one()
        row.numbers = row.numbers.replace('"count": ', '"count": 1', 1)
        db.session.commit()
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        assert cara.get(cara.at(f"trends/{released}")).status_code == 404
        cara.get(cara.at("trends/"))
        assert "Nothing is released yet" in text(cara.last)


def test_a_fuzzer_finds_no_answer_that_openapi_does_not_say(visit, world, released, app):
    with clock.at(CLOSED):
        cara = visit(world.cara, world.network_id)
        described = json.loads(cara.get(cara.at("trends/openapi.json")).get_data())
        schema = schemathesis.openapi.from_dict(described)
        tried: Counter[int] = Counter()
        for operation in schema.get_all_operations():
            known = st.sampled_from([{"window_id": str(released)}, {}])

            @given(operation.ok().as_strategy(), known)
            @settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None, database=None)
            def _try(case, path):
                if case.path_parameters:
                    case.path_parameters.update(path)
                answer = cara.get(case.formatted_path)
                tried[answer.status_code] += 1
                if answer.status_code != 200:
                    assert answer.status_code == 404
                    return
                told = case.operation.definition.raw["responses"]["200"]["content"]["application/json"][
                    "schema"
                ]
                jsonschema_rs.validate(told, answer.get_json())

            _try()
    assert tried[200] >= 15
    assert tried[404] >= 1


def test_who_is_answerable_has_a_name_for_those_who_read_the_register_and_no_code_for_anybody(
    app, visit, world, window
):
    with app.app_context(), clock.at(CLOSED):
        mei, nina = (world.actor(who, world.network_id) for who in (world.mei, world.nina))
        one = register.enter(world.actor(world.asha), "recruiter", "Golden Bridge Agency", "NP", uuid4()).id
        numbers = releasing.numbers(windows.plan_of("small"), "opening", caseload(900))
        cells = tuple(Cell((str(code),), 40, 30, 50) for code in (one, uuid4()))
        table = Table("respondent", ("respondent",), 1.0, 10, 11, cells)
        stewards._keep(
            mei,
            windows.get(mei.desk.state, window),
            nina.user_id,
            {"opening": replace(numbers, tables=(table,))},
        )
        stewards.release(nina, window, waiting(nina, window).digest)
        db.session.commit()
    with clock.at(CLOSED):
        asha, cara = visit(world.asha), visit(world.cara, world.network_id)
        asha.get(asha.at(f"trends/{window}"))
        assert "Golden Bridge Agency" in text(asha.last)
        assert "Not named here (2)" in text(asha.last)
        cara.get(cara.at(f"trends/{window}"))
        assert "Golden Bridge Agency" not in cara.last
        assert "Not named here (1)" in text(cara.last)
        for page in (asha.last, cara.last):
            assert str(one)[:8] not in page
        drawn = asha.get(asha.at(f"trends/{window}/opening/respondent.svg")).get_data(as_text=True)
        assert "Golden Bridge Agency" not in drawn
        assert "Not named here (1)" in drawn
