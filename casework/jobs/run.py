"""What a worker calls for each row of the outbox: the job and the row's end, in one transaction."""

import time
import uuid

import structlog
from flask import current_app

from casework import queue
from casework.db import db
from casework.jobs import registry


def run(row_id: str) -> None:
    """Run the job of a row, unless it is done already.

    Nothing is raised: the engine of the queue would keep the error's text. A job that fails leaves its
    row due, and is tried again after the loan.

    Args:
        row_id: the id of a row of the outbox.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - Flask's own way to the app itself
    with app.app_context():
        try:
            _run(uuid.UUID(row_id))
        except Exception:  # noqa: BLE001 - see above
            db.session.rollback()
            structlog.get_logger().error("job.failed", exc_info=True)


def _run(row_id: uuid.UUID) -> None:
    started = time.monotonic()
    row = queue.claim(row_id)
    if row is None:
        return
    log = structlog.get_logger().bind(job=row.name, attempts=row.attempts)
    registry.perform(row.name, [uuid.UUID(i) for i in row.ids])
    queue.finish(row)
    db.session.commit()
    log.info("job.done", ms=round((time.monotonic() - started) * 1000))
