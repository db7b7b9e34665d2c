"""A window whose figures nobody can make any more is given up, so that its days can be announced again."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid
from casework.trends import ledger, plans, windows
from casework.trends.models import TrendHalf, TrendReturn, TrendWindow
from casework.trends.windows import Window
from casework.vault import ChainState, to_desk

#: After its close; then somebody else may be asked to be a steward of the same days.
_LONG = timedelta(days=30)


def withdraw(actor: Actor, window_id: UUID) -> None:
    """Give up a window that is lost. What was sent for it is destroyed; nobody has paid for it.

    Args:
        actor: a coordinator, at the network.
        window_id: of the window.

    Raises:
        Invalid: its figures were made, or can still be made.
        NotFound: there is none, or it was withdrawn already.
    """
    policy.require(actor, Action.TREND_STEWARD)
    state = actor.desk.state
    audit.take_turn(state.desk_id)
    window = windows.get(state, window_id)
    if window.done or ledger.paid(actor.desk, window):
        raise Invalid("The numbers of this window were made. They are never made twice.")
    if not lost(state, window):
        raise Invalid("This window is not lost: two of its stewards can still make its figures.")
    row = db.session.get_one(TrendWindow, window_id)
    row.withdrawn_on, row.withdrawer_id = clock.today(), actor.user_id
    row.withdrawal = to_desk.sign(actor.person, windows.WITHDRAWAL, *windows.withdrawal_parts(row))
    for table in (TrendReturn, TrendHalf):
        db.session.execute(delete(table).where(table.window_id == window_id))
    db.session.flush()
    audit.record(actor.desk, Event.TREND_WITHDRAWN, window=str(window_id))


def lost(state: ChainState, window: Window) -> bool:
    """Whether two stewards are not there any more, the plan is another one, or a month went by after the close.

    Args:
        state: the network's verified chain.
        window: one without figures.
    """
    there = sum(windows.may_steward(state, one) for one in window.stewards)
    plan = plans.every().get(window.plan)
    changed = plan is None or plan.digest != window.digest
    return there < windows.STEWARDS[0] or changed or clock.today() > window.closes_on + _LONG
