"""The delivery or the worker of a whole installation, to be killed by `test_mail_killed.py`."""

import os
import random
import signal
import sys
import time
from datetime import timedelta

import redis
import sqlalchemy as sa

from casework import queue, settings
from casework.app import create_app
from casework.db import db
from casework.jobs import delivery
from casework.jobs.worker import worker

CHANCE = 0.03


def die_by_chance(_session: object) -> None:
    """Right before a commit or right after it: also between a mail and its record."""
    if random.random() < CHANCE:
        os.kill(os.getpid(), signal.SIGKILL)


def main(kind: str) -> None:
    queue.SHORTEST_LOAN = queue.LONGEST_LOAN = timedelta(seconds=0.5)
    app = create_app(settings.load())
    for moment in ("before_commit", "after_commit"):
        sa.event.listen(db.session, moment, die_by_chance)
    with app.app_context(), redis.Redis.from_url(app.config["CASEWORK"].redis_url) as connection:
        if kind == "work":
            worker(connection).work(logging_level="CRITICAL")
        while True:
            delivery.beat(connection, planning=True)
            time.sleep(0.05)


if __name__ == "__main__":
    main(sys.argv[1])
