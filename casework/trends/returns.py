"""Returns: a desk's facts of a window, made in an unlocked request, sealed to stewards two of whom open it together."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.counted import TRENDS
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid
from casework.people import consents
from casework.search import service as search
from casework.trends import plans, windows
from casework.trends.models import TrendReturn, TrendWindow
from casework.trends.plans import OPENING
from casework.trends.sheets import Sheet, sheet
from casework.trends.windows import Window
from casework.vault import DeskKeys, returning, to_desk
from casework.vault.returning import Place

PURPOSE = "trend return"


@dataclass(frozen=True)
class Standing:
    """How a desk stands with a window.

    Attributes:
        window: the window.
        sent_on: when the desk's return was sent, if it was.
        opening, closing: how many people it would count today; exact, for the desk alone. None where returns are
            not taken.
        lacking: whether some cards are lost, so that nothing can be sent before they are made anew.
    """

    window: Window
    sent_on: date | None
    opening: int | None = None
    closing: int | None = None
    lacking: bool = False


def standing(actor: Actor) -> list[Standing]:
    """The windows of the network and what the desk has sent, the newest first.

    Args:
        actor: a coordinator of the desk, with the network's keys.
    """
    policy.require(actor, Action.TREND_RETURN)
    sent = select(TrendReturn.window_id, TrendReturn.on).where(TrendReturn.from_id == actor.desk.desk_id)
    days = {row.window_id: row.on for row in db.session.execute(sent)}
    return [_standing(actor, one, days.get(one.id)) for one in windows.every(actor.network.state)]


def _standing(actor: Actor, window: Window, sent_on: date | None) -> Standing:
    if not window.taking:
        return Standing(window, sent_on)
    try:
        made = _sheet(actor, window)
    except Invalid:
        return Standing(window, sent_on, lacking=True)
    return Standing(window, sent_on, len(made.opening), len(made.closing))


def send(actor: Actor, window_id: UUID) -> None:
    """Make the desk's return of a window and seal it; one that was sent before is replaced.

    Args:
        actor: a coordinator of the desk, with the network's keys.
        window_id: of the network.

    Raises:
        Invalid: too early, too late, or some cards are lost and not made anew yet.
    """
    policy.require(actor, Action.TREND_RETURN)
    network = actor.network
    audit.take_turn(actor.desk.desk_id)
    window = windows.get(network.state, window_id)
    if not window.taking:
        raise Invalid("Returns of this window are not taken today.")
    place = Place(network.desk_id, window.id, actor.desk.desk_id)
    keys = {one: network.state.member(one).x for one in window.stewards if one in network.state.members}
    boxes, body = returning.pack(keys, place, _sheet(actor, window).to_bytes())
    _forget(actor.desk.desk_id, window.id)
    db.session.add(
        TrendReturn(
            id=uuid4(), desk_id=network.desk_id, window_id=window.id, from_id=actor.desk.desk_id, on=clock.today(),
            signer_id=actor.user_id, signature=to_desk.sign(actor.person, PURPOSE, *signed_parts(place, boxes, body)),
            boxes=boxes, body=body,
        )
    )  # fmt: skip
    db.session.flush()
    audit.record(actor.desk, Event.TREND_SENT, window=str(window.id))


def signed_parts(place: Place, boxes: bytes, body: bytes) -> tuple[UUID | bytes, ...]:
    """What the sender of a return signs."""
    ids = (place.network_id, place.window_id, place.from_id)
    return (*ids, sha256(boxes).digest(), sha256(body).digest())


def _sheet(actor: Actor, window: Window) -> Sheet:
    """Made from the desk's own cards; a restricted case has none, whoever looks."""
    opened = search.open_cards(actor.desk)
    if opened.problems or opened.missing:
        raise Invalid(
            "Some cases are not in the lists yet. Open the list of cases, wait until it is whole, come back."
        )
    costs = {name: plan.parts[OPENING].epsilon for name, plan in plans.every().items()}
    others = windows.every(actor.network.state)
    return sheet(opened.pack, windows.same_plan(window), window, others, costs, clock.today())


def follow_consents(case: OpenCase) -> None:
    """Somebody is not to be counted any more: the desk's returns that may have them in are taken back, at once.

    A return names nobody, so it cannot be looked into; it goes whole, and the coordinator sends another.

    Args:
        case: whose answers have changed.
    """
    if consents.live(case.actor, case.keys, TRENDS) is None:
        take_back(case.actor.desk)


def follow_leaving(case: OpenCase) -> None:
    """The same where a case is erased, or is for named people only from now on."""
    take_back(case.actor.desk)


def take_back(desk: DeskKeys) -> None:
    """Take back the desk's returns of windows that have not closed."""
    rows = db.session.scalars(
        select(TrendReturn).where(TrendReturn.from_id == desk.desk_id).order_by(TrendReturn.id)
    )
    for row in rows.all():
        window = db.session.get_one(TrendWindow, row.window_id)
        if clock.today() <= window.closes_on:
            _forget(desk.desk_id, row.window_id)
            audit.record(desk, Event.TREND_TAKEN_BACK, window=str(row.window_id))


def _forget(desk_id: UUID, window_id: UUID) -> None:
    mine = delete(TrendReturn).where(TrendReturn.from_id == desk_id, TrendReturn.window_id == window_id)
    db.session.execute(mine)
