"""A private place: for its owner only, for one supervisor at a time, and without pictures of the memory."""

import os
import subprocess
import sys

import pytest

from casework.settings import ROOT
from casework.supervise import private


def test_a_folder_is_for_its_owner_only(tmp_path):
    folder = private.make_folder(tmp_path / "a" / "b")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_open_is_closed(tmp_path):
    (tmp_path / "open").mkdir(mode=0o755)
    assert private.make_folder(tmp_path / "open").stat().st_mode & 0o777 == 0o700


def test_a_link_to_elsewhere_is_not_taken(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    with pytest.raises(private.CannotRun):
        private.make_folder(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder that belongs to somebody else")
def test_a_folder_of_somebody_else_is_not_taken(tmp_path):
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 65534, 65534)
    with pytest.raises(private.CannotRun):
        private.make_folder(tmp_path / "theirs")


def test_only_one_holds_and_the_next_one_may_after_it(tmp_path):
    with private.hold(tmp_path), pytest.raises(private.AlreadyRunning):
        private.hold(tmp_path)
    private.hold(tmp_path).close()


def test_a_killed_holder_holds_no_longer(tmp_path):
    code = (
        "import os, pathlib, signal\n"
        "from casework.supervise import private\n"
        f"lock = private.hold(pathlib.Path({str(tmp_path)!r}))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    private.hold(tmp_path).close()


def test_doors_are_closed_for_all_that_follows():
    code = (
        "import os, resource\n"
        "from casework.supervise import private\n"
        "private.close_doors()\n"
        "os.execvp('sh', ['sh', '-c', 'umask; ulimit -c'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert [int(word, 8) for word in done.stdout.split()] == [0o077, 0]
