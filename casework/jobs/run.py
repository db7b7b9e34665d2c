"""What a worker calls for each row of the outbox: the job and the row's end, in one transaction."""

import time
import uuid
from collections.abc import Callable

import structlog
from flask import current_app

from casework import queue
from casework.db import READ_ONLY, db
from casework.jobs import registry
from casework.queue import Outbox


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
    spoken = _outside(row_id)
    row = queue.claim(row_id)
    if row is None:
        return
    log = structlog.get_logger().bind(job=row.name, attempts=row.attempts)
    if spoken:
        spoken()
    else:
        registry.perform(row.name, _ids(row))
    queue.finish(row)
    db.session.commit()
    log.info("job.done", ms=round((time.monotonic() - started) * 1000))


def _outside(row_id: uuid.UUID) -> Callable[[], None] | None:
    """Do the part of a job that speaks with another server, if it has one, while no transaction is open."""
    db.session.connection(execution_options={READ_ONLY: True})
    row = queue.look(row_id)
    found = registry.OUTSIDE.get(row.name) if row else None
    ids = _ids(row) if row else []
    db.session.rollback()
    return found(*ids) if found else None


def _ids(row: Outbox) -> list[uuid.UUID]:
    return [uuid.UUID(one) for one in row.ids]
