"""Returns for a network of another installation: its announcement comes as a file, and so goes the return.

Whoever announces elsewhere is in no chain of this installation, so the coordinator hears the code of the
announcement from somebody of that network: it holds the stewards' keys that the return is sealed to.
"""

from dataclasses import dataclass
from uuid import uuid4

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid
from casework.trends import facts, filed, files, plans, returns, windows
from casework.trends.files import Announcement, ReturnFile
from casework.trends.models import TrendFile
from casework.trends.windows import Window
from casework.vault import returning, spoken
from casework.vault.returning import Place


@dataclass(frozen=True)
class Made:
    """A return as it was made for another network.

    Attributes:
        window: the window there.
        number: how often one was made for it.
        code: of the newest file, to be read out.
        stale: whether somebody said no, or was erased, since.
    """

    window: Window
    number: int
    code: str
    stale: bool


def made(actor: Actor) -> list[Made]:
    """What the desk has made for other networks, the newest window first; the files themselves are not kept."""
    policy.require(actor, Action.TREND_RETURN)
    rows = filed.rows(actor.desk.desk_id)
    return [Made(filed.window_of(row), row.number, spoken.code(row.digest), row.stale) for row in rows]


def make(actor: Actor, announcement: Announcement, digits: str) -> ReturnFile:
    """Make the desk's return for another network, sealed to its stewards.

    Args:
        actor: a coordinator of the desk, with the keys of its own network.
        announcement: as it came.
        digits: its code, as somebody of that network read it out.

    Raises:
        Invalid: another code, too early or too late, days in which this desk is counted already, lists or a plan
            that this installation does not have, or cards that are lost.
        Denied: not for this person.
    """
    policy.require(actor, Action.TREND_RETURN)
    files.check_code(announcement.code, digits)
    audit.take_turn(actor.desk.desk_id)
    window = announcement.window
    _check(actor, window, announcement.layout)
    others = [*windows.every(actor.network.state), *filed.windows_of(actor.desk.desk_id)]
    sheet = returns.facts_of(actor, window, others)
    row = _row(actor, window)
    place = Place(window.network_id, window.id, actor.desk.desk_id)
    # Who is answerable is an id of this network's register: it means nothing in another one.
    sealed = returning.pack(announcement.stewards, place, sheet.without_respondents().to_bytes())
    found = ReturnFile(place, row.number, *sealed)
    row.digest = found.digest
    audit.record(actor.desk, Event.TREND_FILE_MADE, window=str(window.id), digest=found.digest.hex())
    return found


def _check(actor: Actor, window: Window, layout: bytes) -> None:
    plan = plans.every().get(window.plan)
    if layout != facts.layout() or plan is None or plan.digest != window.digest:
        raise Invalid(
            "That network counts by another plan or other lists than this installation knows."
            " One of the two has to be updated.",
            "file",
        )
    if windows.last_day(window.first_on, plan.months) != window.last_on:
        raise files.broken()
    if window.network_id == actor.network.desk_id:
        raise Invalid("This is a window of your own network: send the return here, without a file.", "file")
    if not window.taking:
        raise Invalid("Returns of this window are not taken today.", "file")
    here = any(one.overlaps(window) for one in windows.every(actor.network.state))
    if here or filed.touches(actor.desk.desk_id, window):
        raise Invalid(
            "Another window has some of these days, here or elsewhere: somebody would be counted twice.",
            "file",
        )


def _row(actor: Actor, window: Window) -> TrendFile:
    """The row of a window, with the next number."""
    desk_id = actor.desk.desk_id
    row = next((one for one in filed.rows(desk_id) if one.window_id == window.id), None)
    if row is None:
        row = TrendFile(
            id=uuid4(), desk_id=desk_id, network_id=window.network_id, window_id=window.id, plan=window.plan,
            first_on=window.first_on, last_on=window.last_on, closes_on=window.closes_on, number=0, digest=b"",
        )  # fmt: skip
        db.session.add(row)
    row.number, row.made_on, row.stale = row.number + 1, clock.today(), False
    db.session.flush()
    return row
