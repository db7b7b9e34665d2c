"""How late it is by the time that the server has run: a date that somebody sets forward brings nothing on.

The first row begins with the date of its first beat. From then on it moves by the seconds that the machine counts since
it was started, which no change of the date touches. Where several machines serve, each counts for itself, from where the
farthest of them was when it began or was seen last: so none is late because another beat, and none counts an hour twice.
While all are off nothing is counted, so this clock may be late and never early: what waits for it waits a little longer.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from casework import clock
from casework.clock import Run
from casework.db import db
from casework.retention.models import SteadyClock

#: A start that beat last so long before the farthest is over, or begins again from there.
_OVER = timedelta(days=1)


def beat() -> None:
    """Write down how late it is, so that a restart loses only what passed since."""
    run, late = clock.run(), now()
    row = db.session.get(SteadyClock, run.start, with_for_update=True, populate_existing=True)
    if row is None:
        db.session.add(SteadyClock(start=run.start, at=late, ran=run.seconds))
    else:
        row.at, row.ran = max(late, _moved(row, run)), run.seconds
    db.session.execute(delete(SteadyClock).where(SteadyClock.at < late - _OVER))


def now() -> datetime:
    """How late it is by the time that the server has run. Before the first beat that is what the date says."""
    run = clock.run()
    farthest: datetime | None = db.session.scalar(select(func.max(SteadyClock.at)))
    if farthest is None:
        return clock.now()
    row = db.session.get(SteadyClock, run.start)
    return farthest if row is None else max(farthest, _moved(row, run))


def _moved(row: SteadyClock, run: Run) -> datetime:
    return row.at + timedelta(seconds=max(0.0, run.seconds - row.ran))
