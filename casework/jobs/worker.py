"""The worker: rq's, in one process and without anything that rq would keep or print of a job."""

import redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from casework.jobs import delivery


class Worker(SimpleWorker):
    """Runs one job after the other in this process. A killed one is started again by its supervisor.

    Not rq's forking worker: jobs hold no keys that a process of their own would have to protect, and a
    fork would inherit open connections to the database.
    """

    log_job_description = False
    log_result_lifespan = False


def worker(connection: "redis.Redis") -> Worker:
    """A worker of the one queue; it must work inside an app context.

    Args:
        connection: to Valkey.
    """
    return Worker(
        [delivery.open_queue(connection)],
        connection=connection,
        serializer=JSONSerializer,
        default_result_ttl=0,
        log_job_description=False,
    )
