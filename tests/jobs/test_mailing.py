"""A mail from the outbox to a real mail server on this machine: what it says, and what is left of it."""

import signal
from datetime import UTC, datetime, timedelta

import pytest
import redis
import sqlalchemy as sa
from flask_babel import force_locale, gettext

from casework import log, queue
from casework.db import db
from casework.jobs import delivery, run
from casework.jobs.worker import worker
from casework.queue import Outbox
from casework.reminders import letters, wishes
from casework.reminders.models import Letter
from casework.reminders.wishes import Wish
from tests import factories
from tests.mailbox import mailbox

WISH = Wish("zzyx.amina@example.org", "en", "UTC", 0, 0)
NOON = datetime(2026, 3, 22, 12, 0, tzinfo=UTC)
SENDER = "casework@desk.example.org"


@pytest.fixture
def box():
    with mailbox() as found:
        yield found


@pytest.fixture
def mailing(app, app_with, box):
    """The app with the mail server, in its context, and somebody who has just asked for mail."""
    made = app_with(mail_url=box.url, mail_from=SENDER)
    with made.app_context():
        yield made
        db.session.rollback()


def ask(app, wish=WISH):
    world = factories.world()
    asha = world.actor(world.asha)
    wishes.put(app.config["CASEWORK"].secret, asha, wish)
    db.session.commit()
    return asha


def due():
    found = queue.take_on_loan()
    db.session.commit()
    return found


def send():
    for one in due():
        run.run(str(one))


def test_it_says_one_sentence_and_is_gone(mailing, box):
    ask(mailing)
    letter = db.session.scalar(sa.select(Letter.id))
    db.session.rollback()
    send()
    (mail,) = box.mails
    assert mail["Message-ID"] == f"<{letter}@desk.example.org>"
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, WISH.address, "Casework")
    assert mail.get_payload(decode=True).decode().strip() == letters.WORDS[0]
    assert set(mail.keys()) <= {
        "Message-ID", "From", "To", "Subject", "Date", "Auto-Submitted",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert db.session.scalars(sa.select(Letter)).all() == []
    db.session.rollback()
    assert due() == []


def test_a_worker_killed_between_the_mail_and_its_record_sends_the_same_mail_again(mailing, box, monkeypatch):
    ask(mailing)
    (row,) = due()
    with monkeypatch.context() as broken:
        broken.setattr(letters, "done", _killed)
        run.run(str(row))
    assert db.session.scalar(sa.select(Outbox.done_at).where(Outbox.id == row)) is None
    db.session.rollback()
    run.run(str(row))
    run.run(str(row))
    first, second = box.mails
    assert first["Message-ID"] == second["Message-ID"]


def _killed(*_):
    raise SystemError


def test_a_refused_mail_stays_due_and_no_log_says_whose_it_was(mailing, box, capsys):
    log.configure()
    box.refusing = True
    ask(mailing)
    send()
    said = capsys.readouterr()
    assert "PostAway" in said.err
    assert "zzyx" not in said.err + said.out
    assert len(db.session.scalars(sa.select(Letter)).all()) == 1
    assert db.session.scalars(sa.select(Outbox.done_at)).all() == [None]


def test_without_a_mail_server_it_stays_due(app_with, app):
    made = app_with(mail_url="smtp://127.0.0.1:1", mail_from=SENDER)
    with made.app_context():
        ask(made)
        send()
        assert db.session.scalars(sa.select(Outbox.done_at)).all() == [None]
        db.session.rollback()


def test_what_nobody_took_for_days_is_given_up(mailing, box, freeze):
    freeze(NOON)
    ask(mailing)
    freeze(NOON + timedelta(days=4))
    send()
    assert box.raw == []
    assert db.session.scalars(sa.select(Letter)).all() == []


def test_in_quiet_hours_it_waits_for_the_morning(mailing, box, freeze):
    freeze(NOON.replace(hour=22))
    ask(mailing, Wish(WISH.address, "en", "Asia/Qatar", 21, 7))
    send()
    assert box.raw == []
    assert due() == []
    freeze(datetime(2026, 3, 23, 3, 59, tzinfo=UTC))
    assert due() == []
    freeze(datetime(2026, 3, 23, 4, 0, tzinfo=UTC))
    send()
    assert len(box.raw) == 1


def test_whoever_ended_it_meanwhile_is_not_written_to(mailing, box):
    wishes.end(ask(mailing))
    db.session.commit()
    send()
    assert box.raw == []
    assert due() == []


def test_it_speaks_its_readers_language(mailing, box):
    ask(mailing, Wish(WISH.address, "es", "UTC", 0, 0))
    send()
    with force_locale("es"):
        expected = gettext(letters.WORDS[0])
    assert box.mails[0].get_payload(decode=True).decode().strip() == expected


def test_the_queue_is_told_nothing_of_it(mailing, box, redis_url):
    ask(mailing)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    with redis.Redis.from_url(redis_url) as connection:
        delivery.deliver(connection)
        held = b"".join(key + (connection.dump(key) or b"") for key in connection.scan_iter())
        worker(connection).work(burst=True, logging_level="WARNING")
    for number, handler in before.items():
        signal.signal(number, handler)
    assert len(box.raw) == 1
    for mark in (b"zzyx", b"Casework", b"mail"):
        assert mark not in held


def test_a_folder_keeps_one_file_a_mail_for_its_owner_only(app, settings):
    folder = settings.instance / "mail"
    with app.app_context():
        ask(app)
        send()
        db.session.rollback()
    (file,) = folder.glob("*.eml")
    assert file.stat().st_mode & 0o077 == 0
    assert WISH.address in file.read_text("utf-8")
    file.unlink()
