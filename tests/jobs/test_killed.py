"""Workers, the delivery and Valkey are killed at random, and around commits: every job is done exactly once, or still due."""

import os
import random
import shutil
import sys
import time
import uuid
from collections import Counter
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from casework import queue
from casework.queue import Outbox
from casework.settings import ROOT
from casework.supervise import valkey
from casework.supervise.child import Child

pytestmark = pytest.mark.slow
JOBS = 40
KILLS = 15
PATIENCE = 90  # seconds; a quiet machine needs about ten


@contextmanager
def _running(settings, tmp_path):
    socket = valkey.socket_path(tmp_path)
    environ = dict(os.environ) | {"PYTHONPATH": str(ROOT)}
    process = [sys.executable, str(ROOT / "tests/jobs/process.py")]
    addresses = [settings.database_url, f"unix://{socket}"]
    children = [
        valkey.embedded(socket, environ),
        Child("delivery", [*process, "beat", *addresses], environ),
        Child("worker", [*process, "work", *addresses], environ),
        Child("second worker", [*process, "work", *addresses], environ),
    ]
    for child in children:
        child.start()
    try:
        yield children
    finally:
        for child in reversed(children):
            child.kill()
        shutil.rmtree(socket.parent)


def _counts(database):
    """What the done jobs were told, and how often each of them left its trace."""
    rows = database.session.execute(sa.select(Outbox.name, Outbox.ids, Outbox.done_at)).all()
    # Reading takes SQLite's only write lock here; whoever works needs it back.
    database.session.rollback()
    done = Counter(ids[0] for name, ids, done_at in rows if name == "test.trace" and done_at)
    return done, Counter(ids[0] for name, ids, _ in rows if name == "trace")


def _start_again(children):
    for child in children:
        if not child.running():
            child.start()


def test_every_job_is_done_once_or_still_due(database, settings, tmp_path):
    for _ in range(JOBS):
        queue.enqueue("test.trace", uuid.uuid4())
    database.session.commit()
    chance = random.Random(20260301)
    with _running(settings, tmp_path) as children:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.4))
            chance.choice(children).kill()
            done, traces = _counts(database)
            assert traces == done
            _start_again(children)
        end = time.monotonic() + PATIENCE
        while len(_counts(database)[0]) < JOBS and time.monotonic() < end:
            _start_again(children)
            time.sleep(0.2)
    done, traces = _counts(database)
    assert len(done) == JOBS
    assert traces == done
