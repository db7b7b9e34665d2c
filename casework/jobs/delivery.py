"""From the outbox to rq. What Valkey is told of a job is the id of its row, and nothing else."""

import uuid

import redis
import structlog
from rq import Queue
from rq.serializers import JSONSerializer

from casework import queue
from casework.db import READ_ONLY, db
from casework.jobs import registry

QUEUE = "casework"
#: Seconds; shorter than the shortest loan of a row.
TIMEOUT = 100
_RUN = "casework.jobs.run.run"
_DESCRIPTION = "job"


def open_queue(connection: "redis.Redis") -> Queue:
    """The one queue, with JSON for its arguments: rq's own choice would run whatever a pickle says."""
    return Queue(QUEUE, connection=connection, serializer=JSONSerializer, default_timeout=TIMEOUT)


def deliver(connection: "redis.Redis") -> int:
    """Hand the due rows on to the workers. Commits what it takes on loan before it hands on.

    Args:
        connection: to Valkey.

    Returns:
        How many were handed on.

    Raises:
        redis.RedisError: Valkey is away; the rows are due again at once.
    """
    if not _anything_due():
        return 0
    ids = queue.take_on_loan()
    db.session.commit()
    try:
        hand_on(connection, ids)
    except redis.RedisError:
        queue.give_back(ids)
        db.session.commit()
        raise
    return len(ids)


def hand_on(connection: "redis.Redis", ids: list[uuid.UUID]) -> None:
    """Tell the workers to run the jobs of some rows. Neither results nor failures are kept."""
    with connection.pipeline() as together:
        for row_id in ids:
            open_queue(connection).enqueue_call(
                _RUN,
                args=(str(row_id),),
                description=_DESCRIPTION,
                result_ttl=0,
                failure_ttl=0,
                pipeline=together,
            )
        together.execute()


def plan() -> None:
    """See to it that what runs by itself is in the outbox. Commits."""
    for name, every in registry.PERIODIC.items():
        queue.enqueue_each(name, every)
    db.session.commit()


def _anything_due() -> bool:
    # Asked every other second: a transaction that only reads, so that nobody who writes waits for it.
    db.session.connection(execution_options={READ_ONLY: True})
    try:
        return queue.any_due()
    finally:
        db.session.rollback()


def beat(connection: "redis.Redis", *, planning: bool) -> None:
    """Deliver once. Whatever fails is logged, and tried again at the next beat.

    Args:
        connection: to Valkey.
        planning: whether to look at what runs by itself as well.
    """
    try:
        if planning:
            plan()
        deliver(connection)
    except Exception:  # noqa: BLE001 - the beat goes on: the database or Valkey may be back in a second
        db.session.rollback()
        structlog.get_logger().error("beat.failed", exc_info=True)
