"""A network announces its window to other installations, and takes in the returns that they send as files."""

from uuid import UUID

from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.db import db
from casework.errors import Invalid
from casework.trends import facts, files, returns, windows
from casework.trends.files import Announcement, ReturnFile
from casework.trends.models import TrendReturn
from casework.trends.windows import Window


def announcement(actor: Actor, window_id: UUID) -> Announcement:
    """The window as a file says it, with the keys that its stewards have today.

    Args:
        actor: a coordinator, at the network.
        window_id: of the window.

    Raises:
        Invalid: no return of it can be made any more.
        NotFound, Denied: there is none, or not for this person.
    """
    policy.require(actor, Action.TREND_STEWARD)
    state = actor.desk.state
    window = windows.get(state, window_id)
    keys = {one: state.member(one).x for one in window.stewards if windows.may_steward(state, one)}
    if window.closed or window.done or len(keys) < windows.STEWARDS[0]:
        raise Invalid("Returns of this window are not taken any more.")
    return Announcement(window, facts.layout(), keys)


def bring(actor: Actor, window_id: UUID, found: ReturnFile, digits: str) -> None:
    """Take in the return of a desk of another installation; it replaces one that came before.

    Args:
        actor: a coordinator, at the network, who has spoken with somebody of that desk.
        window_id: of the window.
        found: the file.
        digits: its code, as they read it out.

    Raises:
        Invalid: another window's, too early or too late, brought before, replaced by a newer one, of a desk of this
            network, or another code.
        NotFound, Denied: there is no such window, or it is not for this person.
    """
    policy.require(actor, Action.TREND_STEWARD)
    audit.take_turn(actor.desk.desk_id)
    window = windows.get(actor.desk.state, window_id)
    _check(actor, window, found)
    files.check_code(found.code, digits)
    returns.keep(actor, actor.desk, found.place, found.boxes, found.body, found.number)


def _check(actor: Actor, window: Window, found: ReturnFile) -> None:
    if (found.place.network_id, found.place.window_id) != (actor.desk.desk_id, window.id):
        raise Invalid("This return is for another window, or for another network.", "file")
    if not window.taking:
        raise Invalid("Returns of this window are not taken today.", "file")
    known = db.session.scalar(
        select(TrendReturn).where(
            TrendReturn.window_id == window.id, TrendReturn.from_id == found.place.from_id
        )
    )
    if found.number < 1 or (known is not None and not known.number):
        raise Invalid("This desk sends its returns inside this installation.", "file")
    if known is not None and found.number == known.number:
        raise Invalid("This return was brought already.", "file")
    if known is not None and found.number < known.number:
        raise Invalid("This desk has sent a newer return since. Ask it for the newest one.", "file")


def brought(actor: Actor, window_id: UUID) -> int:
    """How many returns of a window came as files."""
    policy.require(actor, Action.TREND_STEWARD)
    rows = select(TrendReturn.id).where(TrendReturn.window_id == window_id, TrendReturn.number > 0)
    return len(db.session.scalars(rows).all())
