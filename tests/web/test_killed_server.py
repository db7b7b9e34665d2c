"""The server is killed right after an answer, and while others are on their way: what it acknowledged is there."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import sqlalchemy as sa

from casework.cases.models import Case
from casework.db import db
from casework.settings import ROOT
from tests.web.visitor import Visitor, first_contact

pytestmark = pytest.mark.slow
KILLS = 4
AT_ONCE = 3


class Served:
    """The server, started again on the same port over the same files."""

    def __init__(self, settings):
        self.port = 0
        self._told = {
            "database_url": settings.database_url,
            "redis_url": settings.redis_url,
            "pepper": settings.peppers[1].hex(),
            "secret": settings.secret.hex(),
            "instance": str(settings.instance),
        }

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/web/served.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ) | {"PYTHONPATH": str(ROOT)},
            text=True,
        )
        self.process.stdin.write(json.dumps(self._told | {"port": self.port}) + "\n")
        self.process.stdin.flush()
        self.port = int(self.process.stdout.readline())

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


class Browser:
    """Forms over a real connection, with the one cookie of a session; `post` gives where it leads."""

    def __init__(self, served, cookie, csrf):
        self._served, self._cookie, self._csrf = served, cookie, csrf

    def post(self, path, data):
        asked = http.client.HTTPConnection("127.0.0.1", self._served.port, timeout=30)
        try:
            sent = urlencode(data | {"csrf": self._csrf}, doseq=True)
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self._cookie}
            asked.request("POST", path, sent, kind)
            answer = asked.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            asked.close()


@pytest.fixture
def served(settings, world):
    server = Served(settings)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def asha(app, world, served):
    """Signed in through the app in this process; her session lies in Valkey, for the other process too."""
    inside = Visitor(app.test_client(), world.codes[world.host_id])
    assert inside.sign_in(world.asha).status_code == 302
    assert inside.get(inside.at("cases/new")).status_code == 200, inside.last
    csrf = re.search(r'name="csrf" value="([^"]+)"', inside.last).group(1)
    cookie = inside.client.get_cookie("casework-session")
    return inside, Browser(served, f"casework-session={cookie.value}", csrf)


def _keep_logging(inside, browser, acknowledged):
    """Log until the server is gone; remember only what it said was kept."""
    while True:
        try:
            status, to = browser.post(inside.at("cases/new"), first_contact(form_token=str(uuid4())))
        except (OSError, http.client.HTTPException):
            return
        if status == 302:
            acknowledged.append(to.rsplit("/", 1)[1])


def _log_until_killed(served, inside, browser):
    acknowledged: list[str] = []
    others = [
        threading.Thread(target=_keep_logging, args=(inside, browser, acknowledged)) for _ in range(AT_ONCE)
    ]
    for other in others:
        other.start()
    status, to = browser.post(inside.at("cases/new"), first_contact(form_token=str(uuid4())))
    served.kill()
    assert status == 302
    for other in others:
        other.join()
    return [*acknowledged, to.rsplit("/", 1)[1]]


def test_what_was_acknowledged_is_there_after_a_kill(served, asha):
    inside, browser = asha
    kept: list[str] = []
    for _ in range(KILLS):
        kept += _log_until_killed(served, inside, browser)
        served.start()
    for ref in kept:
        page = inside.get(inside.at(f"cases/{ref}/part/story"))
        assert page.status_code == 200
        assert "Three months without pay." in page.get_data(as_text=True)
    assert len(kept) == len(set(kept)) >= KILLS


def test_what_was_not_acknowledged_is_sent_again_and_makes_one_case(app, served, asha):
    """Whoever saw no answer sends the same form again: its token makes it one case, kept or not."""
    inside, browser = asha
    form = first_contact(form_token=str(uuid4()))
    sending = threading.Thread(target=_try, args=(browser, inside.at("cases/new"), form))
    sending.start()
    served.kill()
    sending.join()
    served.start()
    assert browser.post(inside.at("cases/new"), form)[0] == 302
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1


def _try(browser, path, form):
    try:
        browser.post(path, form)
    except (OSError, http.client.HTTPException):
        return
