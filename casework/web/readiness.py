"""Whether this server can serve: asked by supervisors and proxies, answered without content."""

import redis
import sqlalchemy as sa
import structlog
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from casework import queue, store
from casework.db import READ_ONLY, db
from casework.memory import connect

_WELL = "ok"
_AWAY = "away"
_LATE = "late"


def state() -> dict[str, str]:
    """What each part says: `ok`, `away`, or, of the work that is due, `late`.

    Late work does not keep anybody from working, so it is told and does not count in `ready`.
    """
    database = _database()
    return {
        "database": database,
        "memory": _memory(),
        "store": _store(),
        "jobs": _jobs() if database == _WELL else _AWAY,
    }


def ready(parts: dict[str, str]) -> bool:
    """Whether people can be let in.

    Args:
        parts: from `state`.
    """
    return parts["database"] == parts["memory"] == parts["store"] == _WELL


def _database() -> str:
    try:
        db.session.connection(execution_options={READ_ONLY: True}).execute(sa.text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        structlog.get_logger().error("readiness.database", exc_info=True)
        return _AWAY
    return _WELL


def _memory() -> str:
    try:
        connect(current_app.config["CASEWORK"].redis_url).ping()
    except redis.RedisError:
        structlog.get_logger().error("readiness.memory", exc_info=True)
        return _AWAY
    return _WELL


def _store() -> str:
    try:
        store.connect(current_app.config["CASEWORK"].store).check()
    except store.StoreAway:
        structlog.get_logger().error("readiness.store", exc_info=True)
        return _AWAY
    return _WELL


def _jobs() -> str:
    try:
        return _LATE if queue.any_late() else _WELL
    except SQLAlchemyError:
        db.session.rollback()
        structlog.get_logger().error("readiness.jobs", exc_info=True)
        return _AWAY
