"""The outbox: a row is due until its job has committed, whatever happens to whoever delivers it."""

import threading
import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from casework import clock, queue
from casework.queue import Outbox

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def one(database, freeze):
    """The id of a row that is due at noon; it is noon."""
    freeze(NOON)
    queue.enqueue("a.job", uuid.UUID(int=7))
    database.session.commit()
    return database.session.scalar(sa.select(Outbox.id))


def test_a_row_goes_with_the_transaction_that_asked_for_it(database):
    queue.enqueue("a.job")
    database.session.rollback()
    assert database.session.scalar(sa.select(sa.func.count()).select_from(Outbox)) == 0


def test_a_row_holds_a_name_and_ids(database, one):
    row = database.session.get(Outbox, one)
    assert (row.name, row.ids, row.due_at, row.done_at) == ("a.job", [str(uuid.UUID(int=7))], NOON, None)


def test_nothing_is_due_before_its_moment(database, freeze):
    freeze(NOON)
    queue.enqueue("a.job", due_at=NOON + timedelta(hours=1))
    database.session.commit()
    assert not queue.any_due()
    assert queue.take_on_loan() == []
    freeze(NOON + timedelta(hours=1))
    assert queue.any_due()


def test_what_is_on_loan_is_not_taken_twice(database, one):
    assert queue.take_on_loan() == [one]
    database.session.commit()
    assert not queue.any_due()
    assert queue.take_on_loan() == []


def test_a_loan_ends_and_grows_with_every_attempt(database, one, freeze):
    moment, loans = NOON, []
    for _ in range(9):
        freeze(moment)
        assert queue.take_on_loan() == [one]
        database.session.commit()
        due_at = database.session.get(Outbox, one, populate_existing=True).due_at
        loans.append((due_at - moment) / timedelta(minutes=1))
        moment = due_at
    assert loans == [2, 4, 8, 16, 32, 60, 60, 60, 60]


def test_what_could_not_be_handed_on_is_due_at_once_and_did_not_count(database, one):
    queue.give_back(queue.take_on_loan())
    database.session.commit()
    assert queue.any_due()
    assert database.session.get(Outbox, one, populate_existing=True).attempts == 0


def test_a_done_job_is_neither_due_nor_claimed_again(database, one, freeze):
    queue.finish(queue.claim(one))
    database.session.commit()
    freeze(NOON + timedelta(days=3))
    assert queue.claim(one) is None
    assert not queue.any_due()
    assert queue.take_on_loan() == []


def test_a_job_that_ended_while_it_was_given_back_stays_done(database, one):
    queue.take_on_loan()
    queue.finish(queue.claim(one))
    queue.give_back([one])
    database.session.commit()
    assert not queue.any_due()


def test_a_periodic_job_is_asked_for_once_in_each_period(database, freeze):
    asked = []
    for minutes in (0, 1, 9, 10, 19, 45):
        freeze(NOON + timedelta(minutes=minutes))
        queue.enqueue_each("a.sweep", timedelta(minutes=10))
        queue.enqueue_each("b.sweep", timedelta(hours=1))
        database.session.commit()
        asked.append(database.session.scalar(sa.select(sa.func.count()).where(Outbox.name == "a.sweep")))
    assert asked == [1, 1, 1, 2, 2, 3]
    assert database.session.scalar(sa.select(sa.func.count()).where(Outbox.name == "b.sweep")) == 1


# SQLite lets one write at a time: there the second finds the row of the first.
@pytest.mark.parametrize("backend", ["postgres"])
def test_two_processes_that_ask_for_the_same_period_make_one_row(app, database, freeze):
    freeze(NOON)

    def ask():
        with clock.at(NOON), app.app_context():
            queue.enqueue_each("a.sweep", timedelta(minutes=10))
            database.session.commit()

    queue.enqueue_each("a.sweep", timedelta(minutes=10))
    database.session.flush()
    second = threading.Thread(target=ask)
    second.start()
    _wait_until_somebody_waits(database)
    database.session.commit()
    second.join()
    assert database.session.scalar(sa.select(sa.func.count()).select_from(Outbox)) == 1


def _wait_until_somebody_waits(database):
    waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with database.engine.connect() as connection:
        while not connection.execute(waiting).scalar():
            time.sleep(0.01)
            connection.rollback()


def test_late_is_what_nobody_delivered_for_ten_minutes(database, one, freeze):
    freeze(NOON + timedelta(minutes=9))
    assert not queue.any_late()
    freeze(NOON + timedelta(minutes=10))
    assert queue.any_late()


def test_rows_of_done_jobs_are_forgotten_and_due_ones_kept(database, one, freeze):
    queue.finish(queue.claim(one))
    queue.enqueue("b.job")
    database.session.commit()
    queue.forget_done(NOON + timedelta(seconds=1))
    assert database.session.scalars(sa.select(Outbox.name)).all() == ["b.job"]
