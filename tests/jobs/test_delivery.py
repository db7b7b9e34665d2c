"""From the outbox through a real Valkey to rq's worker, and what is left of it in between and afterwards."""

import signal
import uuid

import pytest
import redis
import sqlalchemy as sa
import structlog

from casework import log, queue
from casework.jobs import delivery, registry
from casework.jobs.worker import worker
from casework.queue import Outbox

MARK = "Zzyx-Marked-Amina"


@pytest.fixture
def connection(redis_url):
    with redis.Redis.from_url(redis_url) as opened:
        yield opened


@pytest.fixture
def seen(monkeypatch):
    """What the job `test.note` was told, in order."""
    told = []
    monkeypatch.setitem(registry.JOBS, "test.note", lambda *ids: told.append(ids))
    return told


@pytest.fixture
def work(database, connection):
    """Run what was handed on, and put the signals back that rq takes for itself."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield lambda: worker(connection).work(burst=True, logging_level="WARNING")
    for number, handler in before.items():
        signal.signal(number, handler)


def _state(database):
    database.session.rollback()
    return database.session.execute(sa.select(Outbox.attempts, Outbox.done_at.is_not(None))).all()


def _everything_in(connection):
    """Every key of Valkey with all that it holds."""
    readers = {
        b"string": connection.get,
        b"hash": connection.hgetall,
        b"list": lambda key: connection.lrange(key, 0, -1),
        b"set": connection.smembers,
        b"zset": lambda key: connection.zrange(key, 0, -1),
        b"stream": connection.xrange,
    }
    return {key: readers[connection.type(key)](key) for key in connection.scan_iter()}


def test_a_due_job_is_told_its_ids_and_done(database, connection, seen, work):
    told = uuid.uuid4()
    queue.enqueue("test.note", told)
    database.session.commit()
    assert delivery.deliver(connection) == 1
    work()
    assert seen == [(told,)]
    assert _state(database) == [(1, True)]


def test_valkey_is_told_the_id_of_the_row_and_nothing_else(database, connection, seen):
    told = uuid.uuid4()
    queue.enqueue("test.note", told)
    database.session.commit()
    delivery.deliver(connection)
    [job] = [value for key, value in _everything_in(connection).items() if key.startswith(b"rq:job:")]
    row_id = database.session.scalar(sa.select(Outbox.id))
    assert job[b"description"] == b"job"
    assert delivery.open_queue(connection).jobs[0].args == [str(row_id)]
    assert str(told) not in repr(_everything_in(connection))


def test_nothing_of_a_done_job_stays_in_valkey(database, connection, seen, work):
    queue.enqueue("test.note", uuid.uuid4())
    database.session.commit()
    delivery.deliver(connection)
    work()
    assert [key for key in connection.scan_iter() if b":job:" in key or b":results:" in key] == []


def test_a_job_that_fails_is_due_again_and_its_words_are_nowhere(
    database, connection, work, monkeypatch, capsys
):
    def fail(*_):
        raise ValueError(f"cannot take {MARK}")

    monkeypatch.setitem(registry.JOBS, "test.note", fail)
    log.configure()
    queue.enqueue("test.note", uuid.uuid4())
    database.session.commit()
    delivery.deliver(connection)
    work()
    said = capsys.readouterr().err
    assert MARK not in repr(_everything_in(connection)) + said
    assert '"job.failed"' in said
    assert "ValueError" in said
    assert _state(database) == [(1, False)]


def test_the_search_of_valkey_would_have_found_it(connection):
    connection.hset("rq:job:x", mapping={"exc_info": MARK})
    assert MARK in repr(_everything_in(connection))


def test_what_a_failed_job_wrote_is_undone(database, connection, work, monkeypatch):
    def write_and_fail(*_):
        queue.enqueue("test.trace")
        database.session.flush()
        raise ValueError

    monkeypatch.setitem(registry.JOBS, "test.note", write_and_fail)
    queue.enqueue("test.note")
    database.session.commit()
    delivery.deliver(connection)
    work()
    assert database.session.scalars(sa.select(Outbox.name)).all() == ["test.note"]


def test_a_job_that_nobody_knows_stays_due(database, connection, work):
    queue.enqueue("of.a.newer.version")
    database.session.commit()
    delivery.deliver(connection)
    work()
    assert _state(database) == [(1, False)]


def test_a_job_handed_on_twice_runs_once(database, connection, seen, work):
    queue.enqueue("test.note")
    database.session.commit()
    ids = queue.take_on_loan()
    database.session.commit()
    delivery.hand_on(connection, ids)
    delivery.hand_on(connection, ids)
    work()
    assert len(seen) == 1


def test_without_valkey_the_row_is_due_at_once(database):
    queue.enqueue("test.note")
    database.session.commit()
    with redis.Redis.from_url("unix:///nonexistent/socket") as nowhere, pytest.raises(redis.RedisError):
        delivery.deliver(nowhere)
    assert _state(database) == [(0, False)]
    assert queue.any_due()


def test_a_beat_without_valkey_or_with_a_failing_plan_goes_on(database, monkeypatch):
    with (
        redis.Redis.from_url("unix:///nonexistent/socket") as nowhere,
        structlog.testing.capture_logs() as lines,
    ):
        delivery.beat(nowhere, planning=True)
    assert [line["event"] for line in lines] == ["beat.failed"]
    assert len(_state(database)) == len(registry.PERIODIC)


def test_whatever_runs_by_itself_is_a_known_job_and_ends_well(database, connection, work):
    assert set(registry.PERIODIC) <= set(registry.JOBS)
    delivery.plan()
    delivery.deliver(connection)
    work()
    assert _state(database) == [(1, True)] * len(registry.PERIODIC)
