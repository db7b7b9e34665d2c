"""Who is not to be counted any more is in no return of a window that is still open.

A return names nobody, so it cannot be looked into: it goes whole, at once, and the coordinator sends another. No
key is needed, so a job that erases can do it too.
"""

from uuid import UUID

from sqlalchemy import select, update

from casework import clock
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.counted import TRENDS
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.db import db
from casework.people import consents
from casework.people.models import Consent
from casework.trends import arrivals
from casework.trends.models import TrendFile, TrendReturn, TrendWindow
from casework.vault import keeping


def follow_consents(case: OpenCase) -> None:
    """Somebody has answered anew whether they may be counted: if they may not, the desk's returns go.

    Args:
        case: whose answers have changed.
    """
    if consents.live(case.actor, case.keys, TRENDS) is None:
        take_back(case.desk_id)


def follow_restricting(case: OpenCase) -> None:
    """A case is for named people only from now on."""
    take_back(case.desk_id)


def follow_erasing(case_id: UUID, _actor: Actor | None) -> None:
    """A case is being erased, or loses what stays of its person, perhaps by a job that has no keys.

    Nobody without keys can tell whether it was counted. One that nobody ever answered for was not: the names of
    an emergency lapse every day, and take no return along.

    Args:
        case_id: the case; its rows are still there.
    """
    if db.session.scalar(select(Consent.id).where(Consent.case_id == case_id).limit(1)) is not None:
        take_back(db.session.get_one(Case, case_id).desk_id)


def take_back(desk_id: UUID) -> None:
    """Take back a desk's returns of windows that have not closed; what went out as a file has to be made anew.

    Args:
        desk_id: of the desk.
    """
    here = select(TrendReturn, TrendWindow).join(TrendWindow, TrendWindow.id == TrendReturn.window_id)
    mine = here.where(TrendReturn.from_id == desk_id, TrendWindow.closes_on >= clock.today())
    for row, window in db.session.execute(mine.order_by(TrendReturn.id)).all():
        _say(desk_id, window.id)
        arrivals.gone(row.desk_id, window.id, desk_id)
        db.session.delete(row)
    files = (TrendFile.desk_id == desk_id, TrendFile.closes_on >= clock.today(), TrendFile.stale.is_(False))
    for window_id in db.session.scalars(
        select(TrendFile.window_id).where(*files).order_by(TrendFile.id)
    ).all():
        _say(desk_id, window_id)
    db.session.execute(update(TrendFile).where(*files).values(stale=True))
    db.session.flush()


def _say(desk_id: UUID, window_id: UUID) -> None:
    audit.record_keyless(keeping.load(desk_id), Event.TREND_TAKEN_BACK, window=str(window_id))
