"""Reminders while worker, delivery, Valkey and the database are killed: each is delivered or still due, none is lost."""

import os
import random
import shutil
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from casework import clock
from casework.db import db
from casework.reminders import wishes
from casework.reminders.models import DueHour, Letter
from casework.reminders.wishes import Wish
from casework.settings import ROOT
from casework.supervise import valkey
from casework.supervise.child import Child
from tests import factories, services
from tests.mailbox import mailbox
from tests.prepared import forget_connections, make
from tests.reminders.dates import case_of, task

pytestmark = pytest.mark.slow
KILLS, CRASHES = 6, 2
PATIENCE = 240  # seconds


@contextmanager
def running(settings, folder, box):
    socket = valkey.socket_path(folder)
    for name, text in (
        ("secret", settings.secret.hex()),
        ("pepper", "\n".join(f"{number} {one.hex()}" for number, one in settings.peppers.items())),
    ):
        (folder / name).write_text(f"{text}\n")
    environ = dict(os.environ) | {
        "PYTHONPATH": str(ROOT),
        "CASEWORK_PROFILE": "testing",
        "CASEWORK_INSTANCE": str(folder),
        "CASEWORK_DATABASE_URL": settings.database_url,
        "CASEWORK_REDIS_URL": f"unix://{socket}",
        "CASEWORK_MAIL_URL": box.url,
        "CASEWORK_MAIL_FROM": "casework@desk.example.org",
    }
    process = [sys.executable, str(ROOT / "tests/jobs/mailer.py")]
    children = [
        valkey.embedded(socket, environ),
        Child("delivery", [*process, "beat"], environ),
        Child("worker", [*process, "work"], environ),
    ]
    for child in children:
        child.start()
    try:
        yield children
    finally:
        for child in reversed(children):
            child.kill()
        shutil.rmtree(socket.parent, ignore_errors=True)


def waiting():
    """Steps that were not told, and mails that were not sent."""
    steps = sa.select(sa.func.count()).where(
        DueHour.told.is_(False), DueHour.at <= datetime.now(UTC), DueHour.membership_id.is_not(None)
    )
    found = db.session.scalar(steps), db.session.scalar(sa.select(sa.func.count()).select_from(Letter))
    db.session.rollback()
    return found


def ask(settings, world):
    """Two people who asked for mail, each with a date whose hour came before anybody looked."""
    people = [(world.actor(who), f"{who.login}@example.org") for who in (world.asha, world.bo)]
    day = clock.today() + timedelta(days=3)
    for actor, address in people:
        wishes.put(settings.secret, actor, Wish(address, "en", "UTC", 0, 0))
        task(actor, case_of(actor, actor), day)
    db.session.execute(
        sa.update(DueHour).where(DueHour.at.is_not(None)).values(at=datetime.now(UTC), told=False)
    )
    db.session.commit()
    return {address for _actor, address in people}


def start_again(children):
    for child in children:
        if not child.running():
            child.start()


def crashed(down, children):
    """Wait for the crash, while whoever died of the last one is started again, however late it noticed."""
    end = time.monotonic() + PATIENCE
    while not down.wait(0.3) and time.monotonic() < end:
        start_again(children)
    assert down.is_set()
    down.clear()


def all_told(children):
    """Wait until nothing is left to be told, while whoever dies is started again."""
    end = time.monotonic() + PATIENCE
    while any(waiting()) and time.monotonic() < end:
        start_again(children)
        time.sleep(0.3)
    assert waiting() == (0, 0)


def nothing_lost_and_nothing_twice(box, addresses):
    """Each heard of their dates, and whatever went out twice did so under one name: a mail program shows it once."""
    said = [(mail["To"], mail.get_payload()) for mail in box.mails]
    for address in addresses:
        assert any(to == address and "You have dates" in words for to, words in said)
    # One first mail and one of dates for each.
    assert len({mail["Message-ID"] for mail in box.mails}) == 2 * len(addresses)


def test_every_reminder_is_delivered_or_still_due(database, settings, tmp_path):
    addresses = ask(settings, factories.world())
    chance = random.Random(20260322)
    with mailbox() as box, running(settings, tmp_path, box) as children:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.3, 1.2))
            chance.choice(children).kill()
            start_again(children)
        all_told(children)
    nothing_lost_and_nothing_twice(box, addresses)


def test_a_database_that_crashes_between_a_mail_and_its_record_loses_nothing(redis_url, tmp_path):
    """PostgreSQL breaks off every connection at once, when a mail has left and nobody has written that down."""
    with services.cluster() as postgres:
        prepared = make(postgres.url, redis_url, tmp_path)
        with prepared.app.app_context(), mailbox() as box:
            addresses = ask(prepared.settings, factories.world())
            down, up, turn, crashes = (
                threading.Event(),
                threading.Event(),
                threading.Lock(),
                iter(range(CRASHES)),
            )
            up.set()

            def crash():
                # A mail may leave before the start that it followed has returned: that start would see it fall.
                with turn:
                    up.wait(PATIENCE)
                    if next(crashes, None) is not None:
                        up.clear()
                        postgres.crash()
                        down.set()

            box.between = crash
            with running(prepared.settings, tmp_path, box) as children:
                for _ in range(CRASHES):
                    crashed(down, children)
                    postgres.start()
                    up.set()
                forget_connections(prepared.app)
                all_told(children)
        nothing_lost_and_nothing_twice(box, addresses)
        # It did happen in between: what nobody could write down went out again, under the same name.
        assert len(box.mails) > 2 * len(addresses)
        forget_connections(prepared.app)
