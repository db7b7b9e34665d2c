"""Bad days: locking a desk with 50 open sessions, and new keys for 20,000 cases after somebody left."""

import tempfile
import time
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from bench import _rewrap
from bench._rows import Row, row
from casework.access import locking, recovery, sessions
from casework.db import db
from tests import factories, prepared, services

SESSIONS = 50


def run() -> list[Row]:
    """Measure."""
    with (
        tempfile.TemporaryDirectory() as name,
        (Path(name) / "said").open("w") as said,
        redirect_stderr(said),
    ):
        return [*_in(Path(name) / "lock", _lock), *_in(Path(name) / "rewrap", _rewrap.run)]


def _in(folder: Path, measure: Any) -> list[Row]:
    folder.mkdir()
    with services.valkey() as valkey:
        made = prepared.make(f"sqlite:///{folder / 'casework.sqlite'}", valkey, folder)
        with made.app.app_context():
            found: list[Row] = measure(made.app)
    return found


def _lock(app: Any) -> list[Row]:
    """Beside ending sessions one by one, each in its own transaction; in milliseconds."""
    world, door = factories.world(), app.extensions["casework.doorway"]
    printed = recovery.make(world.actor(world.mei))
    recovery.rehearse(world.actor(world.mei), printed[:2])
    db.session.commit()
    theirs = _end_one_by_one(door, world)
    for _ in range(SESSIONS):
        sessions.begin(door, world.asha.keys)
    db.session.commit()
    actor, begin = world.actor(world.bo), time.perf_counter()
    locking.lock(door, actor)
    db.session.commit()
    ours = (time.perf_counter() - begin) * 1000
    return [row("lock a desk with 50 sessions", ours, theirs, "ms", SESSIONS)]


def _end_one_by_one(door: Any, world: factories.World) -> float:
    opened = [sessions.begin(door, world.asha.keys) for _ in range(SESSIONS)]
    db.session.commit()
    begin = time.perf_counter()
    for one in opened:
        sessions.end(door, one.secret)
        db.session.commit()
    return (time.perf_counter() - begin) * 1000
