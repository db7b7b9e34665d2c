"""`python -m casework.jobs beat` and `… work`: the two processes beside the web server."""

import signal
import time

import click
import redis
from flask import Flask
from flask.cli import ScriptInfo

from casework import log
from casework.jobs import delivery
from casework.jobs.worker import worker
from casework.settings import ROOT

#: Seconds between two looks into the outbox.
PAUSE = 1.0
#: Looks into the outbox between two looks at what runs by itself.
LOOKS = 30


@click.group()
@click.pass_context
def jobs(context: click.Context) -> None:
    """Work that needs no keys."""
    log.guard_process()
    # Only `wsgi.py` joins the parts; it is found by its path, so that nothing here imports upward.
    context.obj = ScriptInfo(app_import_path=str(ROOT / "wsgi.py")).load_app()


@jobs.command()
@click.pass_obj
def beat(app: Flask) -> None:
    """Look into the outbox every second, and hand what is due to the workers."""
    going = True

    def stop(*_: object) -> None:
        nonlocal going
        going = False

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    looks = 0
    with _connect(app) as connection:
        while going:
            with app.app_context():
                delivery.beat(connection, planning=looks % LOOKS == 0)
            looks += 1
            time.sleep(PAUSE)


@jobs.command()
@click.pass_obj
def work(app: Flask) -> None:
    """Run the jobs that are handed on."""
    with _connect(app) as connection, app.app_context():
        worker(connection).work(logging_level="WARNING")


def _connect(app: Flask) -> "redis.Redis":
    return redis.Redis.from_url(app.config["CASEWORK"].redis_url)


if __name__ == "__main__":
    jobs()
