"""One command runs everything, ends cleanly when asked, and starts again after it was killed."""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import time
from pathlib import Path

import pytest

from tests.supervise.running import PATIENCE, Running, read

pytestmark = pytest.mark.slow


@pytest.fixture
def installation(tmp_path):
    running = Running(tmp_path)
    yield running
    if running.process and running.process.poll() is None:
        running.end(signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_ends_cleanly_when_asked(installation, number):
    installation.start().until_ready()
    status, body = installation.get("/readyz")
    assert (status, json.loads(body)) == (
        200,
        {"database": "ok", "memory": "ok", "jobs": "ok", "store": "ok"},
    )
    assert installation.get("/sign-in")[0] == 200
    assert installation.end(number) == 0
    installation.until_alone()
    assert [path.name for path in (installation.instance / "run").iterdir()] == ["lock"]


def test_everything_in_the_private_folder_is_for_its_owner_only(installation):
    installation.start().until_ready()
    modes = {
        path.relative_to(installation.instance): path.stat().st_mode & 0o077
        for path in installation.instance.rglob("*")
    }
    assert {path for path, mode in modes.items() if mode} == set()
    limits = [Path(f"/proc/{pid}/limits").read_text() for pid in installation.family()]
    cores = [line.split()[4] for text in limits for line in text.splitlines() if line.startswith("Max core")]
    assert cores
    assert set(cores) == {"0"}


def test_after_a_kill_nothing_is_left_and_it_starts_again(installation):
    installation.start().until_ready()
    assert len(installation.family()) >= 5
    installation.end(signal.SIGKILL)
    installation.until_alone()
    installation.start().until_ready()
    assert installation.get("/readyz")[0] == 200


def test_what_runs_by_itself_is_delivered_and_done(installation):
    installation.start().until_ready()
    end = time.monotonic() + PATIENCE
    while _jobs(installation) != {True}:
        assert time.monotonic() < end, installation.words()
        time.sleep(0.2)


def _jobs(installation):
    """Whether each row of the outbox is done; nothing, while there is none."""
    with contextlib.closing(sqlite3.connect(installation.instance / "casework.sqlite")) as connection:
        return {bool(done) for (done,) in connection.execute("SELECT done_at IS NOT NULL FROM outbox")}


def test_a_second_one_does_not_start_over_the_first(installation, tmp_path):
    installation.start().until_ready()
    second = Running(tmp_path)
    second.said = tmp_path / "second"
    assert second.start().process.wait(PATIENCE) == 1
    assert "already running" in second.words()
    assert installation.get("/readyz")[0] == 200


def test_a_killed_part_is_started_again(installation):
    installation.start().until_ready()
    [valkey] = [
        pid for pid in installation.family() if b"valkey-server" in read(Path(f"/proc/{pid}/cmdline"))
    ]
    os.kill(valkey, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while installation.get("/readyz")[0] != 200 or valkey in installation.family():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_port_that_is_taken_is_said(installation):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", installation.port))
        taken.listen()
        assert installation.start().process.wait(PATIENCE) == 1
    assert f"port {installation.port} is taken" in installation.words()
    installation.until_alone()


def test_the_demo_is_not_served_to_others(tmp_path):
    open_to_all = Running(tmp_path, CASEWORK_DEMO="1", CASEWORK_HOST="0.0.0.0")  # noqa: S104 - what must be refused
    assert open_to_all.start().process.wait(PATIENCE) == 1
    assert "loopback only" in open_to_all.words()
    open_to_all.until_alone()


def test_nothing_that_a_browser_sends_is_logged(installation):
    installation.start().until_ready()
    installation.get("/zzyx-marked/amina?name=zzyx-marked")
    for request in (
        b"GET /zzyx-marked HTTP/1.1\r\nHost: zzyx-marked\r\nCookie: a=zzyx-marked\r\n\r\n",
        b"zzyx-marked\r\n\r\n",
        b"GET / HTTP/1.1\r\nzzyx-marked\r\n\r\n",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\nzzyx-marked",
        b"GET /" + b"zzyx-marked" * 1000 + b" HTTP/1.1\r\n\r\n",
    ):
        _send(installation.port, request)
    installation.end(signal.SIGTERM)
    assert "request.done" in installation.words()
    assert "zzyx-marked" not in installation.words().casefold()


def _send(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):
            pass
