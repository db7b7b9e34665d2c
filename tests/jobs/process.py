"""A worker or a delivery as a process of its own, to be killed by `test_killed.py`.

Its one job leaves exactly one row for each run that was kept, so that runs can be counted.
"""

import os
import random
import signal
import sys
import time
import uuid
from datetime import timedelta

import redis
import sqlalchemy as sa
from flask import Flask

from casework import clock, log, queue
from casework.db import db
from casework.jobs import delivery, registry
from casework.jobs.worker import worker

CHANCE = 0.08
FOREVER = timedelta(days=10_000)


def leave_a_trace(told: uuid.UUID) -> None:
    """The job: slow enough to be killed before, in and after its transaction."""
    time.sleep(0.02)
    queue.enqueue("trace", told, due_at=clock.now() + FOREVER)
    db.session.flush()
    time.sleep(0.02)


def die_by_chance(_session: object) -> None:
    """Right before a commit or right after it: what must stand together is in one, or this shows it."""
    if random.random() < CHANCE:
        os.kill(os.getpid(), signal.SIGKILL)


def main(kind: str, database_url: str, redis_url: str) -> None:
    queue.SHORTEST_LOAN = queue.LONGEST_LOAN = timedelta(seconds=0.5)
    registry.JOBS["test.trace"] = leave_a_trace
    log.configure()
    app = Flask("process")
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    db.init_app(app)
    for moment in ("before_commit", "after_commit"):
        sa.event.listen(db.session, moment, die_by_chance)
    with app.app_context(), redis.Redis.from_url(redis_url) as connection:
        if kind == "work":
            worker(connection).work(logging_level="CRITICAL")
        while True:
            delivery.beat(connection, planning=False)
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
