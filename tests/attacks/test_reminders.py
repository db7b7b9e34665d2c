"""What leaves the server and what stays for it: calendars, mails, the queue. None says what a date is about.

One thing here opens with the server's own secret: where somebody wants mail. Exactly that is asserted.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import redis

from casework import clock
from casework.db import db
from casework.errors import Refused
from casework.jobs import delivery, registry, run
from casework.queue import Outbox, take_on_loan
from casework.reminders import feed, wishes
from casework.reminders.models import CalendarFeed, Reminder
from casework.vault import by_server, catalogue
from tests.attacks.traces import opened_by_the_server, places, seen
from tests.mailbox import mailbox

WORD = "Qzxwvj"
ADDRESS = f"{WORD}.mail@example.org"


@pytest.fixture
def box():
    with mailbox() as found:
        yield found


@pytest.fixture
def asha(visit, world):
    visitor = visit(world.asha)
    case = visitor.log(called=f"{WORD} called", what_happened=f"{WORD} story", risk="emergency").location
    visitor.get(f"{case}/dates/new")
    day = clock.today()
    sent = {"title": f"{WORD} task", "owner": "", "backup": ""}
    parts = {"due-day": str(day.day), "due-month": str(day.month), "due-year": str(day.year)}
    assert visitor.post(f"{case}/dates/new", sent | parts).status_code == 302
    visitor.get(visitor.at("reminders/"))
    wish = {"address": ADDRESS, "zone": "UTC", "quiet_from": "0", "quiet_until": "0"}
    assert visitor.post(visitor.at("reminders/mail"), wish).status_code == 302
    visitor.get(visitor.at("reminders/"))
    visitor.get(visitor.post(visitor.at("reminders/calendar")).location)
    return visitor


def calendar_of(visitor):
    page = visitor.last
    return page[page.index("/calendar/") :].partition("<")[0]


def work(connection):
    """What beat and worker do, until nothing is due."""
    delivery.plan()
    while ids := take_on_loan():
        db.session.commit()
        delivery.hand_on(connection, ids)
        for one in ids:
            run.run(str(one))
    db.session.rollback()


def test_neither_calendar_nor_mail_nor_queue_says_what_a_date_is_about(
    app_with, settings, asha, box, redis_url, capfd
):
    ics = asha.client.get(calendar_of(asha)).data
    made = app_with(mail_url=box.url, mail_from="casework@desk.example.org")
    with made.app_context(), redis.Redis.from_url(redis_url) as connection:
        with clock.at(clock.now() + timedelta(hours=3)):
            work(connection)
        out, err = capfd.readouterr()
        everything = [*places(settings, (out + err).encode()), ("calendar", ics)]
        sealed = opened_by_the_server(settings)
    bodies = [mail.get_payload(decode=True) for mail in box.mails]
    heads = [value.encode() for mail in box.mails for name, value in mail.items() if name != "To"]
    assert len(box.mails) >= 1
    assert b"Casework: " in ics
    everything += [("mail", one) for one in bodies + heads]
    for mark in (WORD, "Harbour desk", "Sita Test", ADDRESS):
        assert seen(mark, everything) == [], mark
    assert sealed == []
    assert {mail["To"] for mail in box.mails} == {ADDRESS}


def test_the_servers_secret_opens_the_address_of_mail_and_nothing_else(app, settings, asha):
    with app.app_context():
        assert [wishes.opened(settings.secret, row).address for row in db.session.query(Reminder)] == [
            ADDRESS
        ]
        db.session.rollback()
    assert [one.name for one in catalogue.FIELDS if one.scope == "server"] == ["reminder.body"]
    for field in (one for one in catalogue.FIELDS if one.scope != "server"):
        with pytest.raises(ValueError, match="not sealed here"):
            by_server.seal(settings.secret, field, uuid4(), uuid4(), "anything")


def test_a_copy_of_the_database_without_the_secret_tells_no_address(app, settings, asha):
    with app.app_context():
        (row,) = db.session.query(Reminder)
        for other in (b"", b"\0" * 32, *settings.peppers.values()):
            with pytest.raises(Refused):
                wishes.opened(other, row)
        db.session.rollback()


def test_a_row_that_somebody_slips_in_reads_only_what_lies_open(app, asha):
    """Whoever writes to the database can ask for numbers of days, which the database shows them anyway."""
    with app.app_context():
        (row,) = db.session.query(CalendarFeed)
        row.secret_hash = feed._hash("mine")
        db.session.commit()
        assert set(vars(feed.read("mine"))) == {"feed_id", "numbers"}
        db.session.rollback()


def test_jobs_are_told_ids_alone(app, asha):
    with app.app_context():
        delivery.plan()
        for row in db.session.query(Outbox):
            assert row.name in registry.JOBS or row.name in registry.OUTSIDE
            assert all(len(one) == 36 for one in row.ids)
        db.session.rollback()
