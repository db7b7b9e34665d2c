"""Returns: a desk's facts of a window, made in an unlocked request, sealed to stewards two of whom open it together."""

from collections.abc import Sequence
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
from casework.db import db
from casework.errors import Invalid
from casework.search import service as search
from casework.trends import arrivals, filed, plans, windows
from casework.trends.models import TrendReturn
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
    if filed.touches(actor.desk.desk_id, window):
        raise Invalid(
            "Another window has some of these days, here or elsewhere: somebody would be counted twice."
        )
    place = Place(network.desk_id, window.id, actor.desk.desk_id)
    keys = {one: network.state.member(one).x for one in window.stewards if one in network.state.members}
    boxes, body = returning.pack(keys, place, _sheet(actor, window).to_bytes())
    keep(actor, network, place, boxes, body)
    audit.record(actor.desk, Event.TREND_SENT, window=str(window.id))


def keep(
    actor: Actor, network: DeskKeys, place: Place, boxes: bytes, body: bytes, number: int = 0
) -> TrendReturn:
    """Store a return in place of an earlier one of its desk, signed, and recorded at the network.

    Args:
        actor: who sends it, or who has taken it in as a file.
        network: the network, opened by them.
        place, boxes, body: the sealed return.
        number: of a file, from 1; 0 for a return of a desk of this network.
    """
    here = (TrendReturn.window_id == place.window_id, TrendReturn.from_id == place.from_id)
    db.session.execute(delete(TrendReturn).where(*here))
    row = TrendReturn(
        id=uuid4(), desk_id=place.network_id, window_id=place.window_id, from_id=place.from_id, on=clock.today(),
        signer_id=actor.user_id, boxes=boxes, body=body, number=number,
        signature=to_desk.sign(actor.person, PURPOSE, *signed_parts(place, boxes, body, number)),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    arrivals.came(network, row)
    return row


def signed_parts(place: Place, boxes: bytes, body: bytes, number: int = 0) -> tuple[UUID | bytes | int, ...]:
    """What the sender of a return signs; who takes in a file signs its number too."""
    ids = (place.network_id, place.window_id, place.from_id)
    return (*ids, sha256(boxes).digest(), sha256(body).digest(), *((number,) if number else ()))


def _sheet(actor: Actor, window: Window) -> Sheet:
    spent = [*windows.every(actor.network.state), *filed.windows_of(actor.desk.desk_id)]
    return facts_of(actor, window, spent)


def facts_of(actor: Actor, window: Window, others: Sequence[Window]) -> Sheet:
    """Made from the desk's own cards; a restricted case has none, whoever looks.

    Args:
        actor: a coordinator of the desk.
        window: whose cases are counted.
        others: every window that this desk is counted in, here and elsewhere.

    Raises:
        Invalid: some cards are lost and not made anew yet.
        Conflict: the plan is not the one that was announced.
    """
    opened = search.open_cards(actor.desk)
    if opened.problems or opened.missing:
        raise Invalid(
            "Some cases are not in the lists yet. Open the list of cases, wait until it is whole, come back."
        )
    costs = {name: plan.parts[OPENING].epsilon for name, plan in plans.every().items()}
    return sheet(opened.pack, windows.same_plan(window), window, others, costs, clock.today())
