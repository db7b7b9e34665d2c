"""A process is started again when it ends, given up when it keeps ending, and never outlives its supervisor."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casework.settings import ROOT
from casework.supervise import child as children
from casework.supervise.child import Child, KeepsEnding

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def start():
    """Starts a process, and ends it with the test."""
    started = []

    def _start(command):
        started.append(Child("test", command, os.environ, quiet=True))
        started[-1].start()
        return started[-1]

    yield _start
    for child in started:
        child.kill()


def _gone(pid):
    for _ in range(500):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if _is_zombie(pid):
            return True
        time.sleep(0.01)
    return False


def _is_zombie(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_what_was_killed_is_started_again(start):
    child = start(SLEEP)
    child.kill()
    assert not child.running()
    child.restart_if_ended()
    assert child.running()


def test_what_runs_is_left_alone(start):
    child = start(SLEEP)
    before = child._process.pid
    child.restart_if_ended()
    assert child._process.pid == before


def test_what_keeps_ending_is_given_up(start):
    child = start([sys.executable, "-c", ""])
    for _ in range(children.MOST_ENDS - 1):
        child._process.wait()
        child.restart_if_ended()
    child._process.wait()
    with pytest.raises(KeepsEnding, match="test"):
        child.restart_if_ended()


def test_a_polite_process_ends_when_asked(start):
    child = start(SLEEP)
    child.stop(20)
    assert child.status == -signal.SIGTERM


def test_a_deaf_process_is_ended_nevertheless(start, tmp_path):
    deaf = tmp_path / "deaf"
    code = f"import pathlib, signal, time; signal.signal(15, signal.SIG_IGN); pathlib.Path({str(deaf)!r}).touch()"
    child = start([sys.executable, "-c", f"{code}; time.sleep(600)"])
    while not deaf.exists():
        time.sleep(0.01)
    child.stop(0.2)
    assert child.status == -signal.SIGKILL


def test_a_child_sits_in_the_source_tree_and_reads_nothing_from_the_terminal(start, tmp_path):
    out = tmp_path / "out"
    told = f"import os, sys; open({str(out)!r}, 'w').write(os.getcwd() + repr(sys.stdin.read()))"
    start([sys.executable, "-c", told])._process.wait()
    assert out.read_text() == f"{ROOT}''"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_child_dies_with_a_killed_supervisor():
    code = (
        "import os, sys, time\n"
        "from casework.supervise.child import Child\n"
        f"child = Child('x', {SLEEP!r}, os.environ)\n"
        "child.start()\n"
        "print(child._process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert _gone(pid)
