"""How far the sweep after a change of the epoch has come (construction §6)."""

from dataclasses import dataclass

from sqlalchemy import func, select

from casework.db import db
from casework.vault.desk import DeskKeys
from casework.vault.models import CaseWrap, RestrictedWrap


@dataclass(frozen=True)
class Progress:
    """How many cases have keys that nobody who left has ever held.

    Attributes:
        done, total: cases.
        finished: whether it was signed that nothing is wrapped under an older epoch any more.
        stuck: how many of the last slice do not open, and keep the keys that they have.
    """

    done: int
    total: int
    finished: bool
    stuck: int = 0


def progress(desk: DeskKeys) -> Progress:
    """How far a desk has come; one that never changed its epoch has nothing to do."""
    if desk.epoch in {1, desk.state.done}:
        return Progress(0, 0, finished=True)
    done = total = 0
    for table in (CaseWrap, RestrictedWrap):
        current = func.count(table.case_id).filter(table.epoch == desk.epoch)
        counted = select(current, func.count(table.case_id)).where(table.desk_id == desk.desk_id)
        now, every = db.session.execute(counted).one()
        done, total = done + now, total + every
    return Progress(done, total, finished=False)
