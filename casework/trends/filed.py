"""In which windows of other installations' networks a desk is counted: it made its return of them as a file."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from casework.db import db
from casework.trends.models import TrendFile
from casework.trends.windows import Window


def rows(desk_id: UUID) -> Sequence[TrendFile]:
    """What a desk has made, the newest window first."""
    mine = select(TrendFile).where(TrendFile.desk_id == desk_id)
    return db.session.scalars(mine.order_by(TrendFile.first_on.desc(), TrendFile.id)).all()


def windows_of(desk_id: UUID) -> list[Window]:
    """The windows of other networks in which a desk is counted."""
    return [window_of(row) for row in rows(desk_id)]


def window_of(row: TrendFile) -> Window:
    """The window of a row, as far as it is known here: its stewards are not."""
    days = (row.first_on, row.last_on, row.closes_on)
    return Window(row.window_id, row.network_id, row.plan, "", *days, ())


def touches(desk_id: UUID, window: Window) -> bool:
    """Whether a desk is counted for some of these days in another window elsewhere."""
    others = (one for one in windows_of(desk_id) if one.id != window.id)
    return any(one.overlaps(window) for one in others)
