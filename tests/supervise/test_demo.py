"""The newcomer's way: one command, then a sign-in with what the terminal said."""

import http.cookiejar
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest

from casework import demo
from casework.settings import ROOT
from tests.supervise.running import Running

pytestmark = pytest.mark.slow


@pytest.fixture
def running(tmp_path):
    started = Running(tmp_path, CASEWORK_DEMO="1").start()
    yield started
    if started.process.poll() is None:
        started.end(signal.SIGTERM)


def _code(running, login):
    """The code of the moment, by the command that the terminal names."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "casework", "demo", "codes"]
    done = subprocess.run(command, cwd=ROOT, env=running.environ, check=True, capture_output=True, text=True)
    return re.search(rf"^{login}\s+(\d{{3}} ?\d{{3}})", done.stdout, re.MULTILINE)[1]


def _sign_in(running, person):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{running.port}/sign-in"
    page = browser.open(address).read().decode()
    form = page[page.index('action="/sign-in"') :]
    typed = {
        "csrf": re.search(r'name="csrf" value="([^"]+)"', form)[1],
        "login": person.login,
        "passphrase": person.passphrase,
        "code": _code(running, person.login),
    }
    request = urllib.request.Request(
        address, urllib.parse.urlencode(typed).encode(), {"Origin": address[:-8]}
    )
    return browser.open(request)


def test_the_terminal_says_all_that_a_volunteer_needs_to_sign_in(running):
    running.until_ready(minutes=10)
    for person in demo.sign_ins():
        assert str(person) in running.words()
    assert "flask --app wsgi casework demo codes" in running.words()
    volunteer = next(person for person in demo.sign_ins() if person.role == "volunteer")
    answer = _sign_in(running, volunteer)
    assert answer.status == 200
    assert not answer.url.endswith("/sign-in")
    assert b"/sign-out" in answer.read()
