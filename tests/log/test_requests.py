"""The line of a request holds the rule of its route, and nothing that stands in the address."""

import json

import pytest
from flask import Flask

from casework import log

MARK = "Zzyx-Marked-Amina"


@pytest.fixture
def lines(capsys):
    app = Flask("quiet")
    log.install(app)

    @app.route("/case/<name>", methods=["GET", "POST"])
    def case(name):
        if name == "broken":
            raise ValueError(MARK)
        return "seen"

    def ask(*args, **kwargs):
        app.test_client().open(*args, **kwargs)
        written = capsys.readouterr().err
        assert MARK not in written
        return [json.loads(line) for line in written.splitlines()]

    return ask


def test_the_rule_stands_for_the_address(lines):
    [line] = lines(f"/case/{MARK}?q={MARK}", headers={"User-Agent": MARK, "X-Request-Id": MARK})
    assert (line["event"], line["rule"], line["status"]) == ("request.done", "/case/<name>", 200)
    assert len(line["request"]) == 16


def test_an_unknown_address_leaves_no_rule(lines):
    [line] = lines(f"/{MARK}", method="POST", data={"name": MARK})
    assert (line["rule"], line["status"]) == (None, 404)


def test_a_failed_request_leaves_class_and_frames(lines):
    failed, done = lines("/case/broken", method="POST", data={"name": MARK})
    assert failed["error"][0]["class"] == "ValueError"
    assert failed["request"] == done["request"]
    assert done["status"] == 500


def test_an_invented_method_is_not_quoted(lines):
    [line] = lines("/", method="ZZYX")
    assert line["method"] is None
