"""Two stewards open the returns of a window in memory, make the numbers once, and both put their name to them.

One agrees (their halves go to the other, for a day), the other runs, the first one looks and releases. Each
step needs the keys of the one who takes it; nobody takes two of them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
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
from casework.errors import Denied, Invalid, Refused
from casework.trends import ledger, windows
from casework.trends.arrivals import Arrived
from casework.trends.facts import Facts
from casework.trends.frozen import Numbers
from casework.trends.models import TrendHalf, TrendRelease, TrendReturn
from casework.trends.plans import Plan
from casework.trends.returns import PURPOSE, signed_parts
from casework.trends.sheets import Sheet
from casework.trends.windows import Window
from casework.vault import Secret, returning, to_desk
from casework.vault.returning import Place

#: How long an agreement to open a window holds.
AGREED_FOR = timedelta(days=1)
RELEASE = "trend release"


@dataclass(frozen=True)
class Came:
    """What came in for a window.

    Attributes:
        sheets: the returns that open, one a desk.
        refused: how many do not, were signed by nobody of the network, or are not what came last by its record.
    """

    sheets: tuple[Sheet, ...]
    refused: int


def agree(actor: Actor, window_id: UUID) -> None:
    """A steward agrees that the returns of a closed window be opened: their halves go to the other stewards.

    Raises:
        Invalid: it has not closed yet, or its release was run.
        Denied: they are no steward of it.
    """
    window = _closed_window(actor, window_id)
    state = actor.desk.state
    _forget_halves(window_id, actor.user_id)
    for other in window.stewards:
        if other != actor.user_id and other in state.members:
            halves = _halves(actor, window, other)
            boxed, signed = returning.hand_halves(actor.person, state, window_id, other, halves)
            db.session.add(
                TrendHalf(
                    id=uuid4(), desk_id=state.desk_id, window_id=window_id, from_id=actor.user_id, to_id=other,
                    ends_at=clock.now() + AGREED_FOR, signature=signed, blob=boxed,
                )
            )  # fmt: skip
    db.session.flush()
    audit.record(actor.desk, Event.TREND_AGREED, window=str(window_id))


def agreed(window_id: UUID) -> set[UUID]:
    """Who has agreed to open a window, and still does."""
    rows = select(TrendHalf.from_id).where(TrendHalf.window_id == window_id, TrendHalf.ends_at > clock.now())
    return set(db.session.scalars(rows))


def run(actor: Actor, window_id: UUID) -> UUID:
    """Open all returns, make the numbers, write the ledger, destroy the returns.

    It happens once. The numbers wait for the other steward; whether they are released or not, they are spent.

    Returns:
        The id of the release.

    Raises:
        Invalid: nobody else has agreed, the window has not closed, or its release was run.
        Denied: no steward of it.
        Conflict: the plan is not what was announced, or the budget would be overspent.
    """
    window = _closed_window(actor, window_id)
    plan = windows.same_plan(window)
    ledger.check(actor.desk, window, plan)
    giver, handed = _handed(actor, window)
    came = _open(actor, window, giver, handed)
    return _keep(actor, window, giver, _numbers(plan, came))


def _numbers(plan: Plan, came: Came) -> dict[str, Numbers]:
    from casework.trends import releasing  # noqa: PLC0415 - OpenDP takes a second to load; only a run needs it

    facts = {name: Facts.join(sheet.part(name) for sheet in came.sheets) for name in plan.parts}
    return {name: releasing.numbers(plan, name, facts[name]) for name in plan.parts}


def _keep(actor: Actor, window: Window, giver: UUID, found: Mapping[str, Numbers]) -> UUID:
    text = json.dumps({name: one.as_json() for name, one in found.items()}, sort_keys=True)
    digest = sha256(text.encode()).hexdigest()
    state = actor.desk.state
    row = TrendRelease(
        id=uuid4(), desk_id=state.desk_id, window_id=window.id, numbers=text, digest=digest, run_on=clock.today(),
        first_id=actor.user_id, second_id=giver,
        first_signature=to_desk.sign(actor.person, RELEASE, state.desk_id, window.id, digest),
    )  # fmt: skip
    db.session.add(row)
    ledger.write(window, found, digest, (actor.user_id, giver))
    db.session.execute(delete(TrendReturn).where(TrendReturn.window_id == window.id))
    db.session.execute(delete(TrendHalf).where(TrendHalf.window_id == window.id))
    db.session.flush()
    first_on, last_on = window.first_on.isoformat(), window.last_on.isoformat()
    audit.record(
        actor.desk, Event.TREND_RUN, window=str(window.id), output=digest, first_on=first_on, last_on=last_on
    )
    return row.id


def release(actor: Actor, window_id: UUID, digest: str) -> None:
    """The steward who had agreed has seen the numbers, and releases them.

    Args:
        actor: the other one of the two.
        window_id: of the window.
        digest: of the numbers that they saw.

    Raises:
        Invalid: there is nothing to release.
        Denied: it is not for them; nobody confirms what they ran.
    """
    policy.require(actor, Action.TREND_STEWARD)
    row = db.session.scalar(select(TrendRelease).where(TrendRelease.window_id == window_id))
    if row is None or row.released_on is not None or row.digest != digest:
        raise Invalid("There are no such numbers to release.")
    if row.second_id != actor.user_id or row.desk_id != actor.desk.desk_id:
        raise Denied(Action.TREND_STEWARD.value)
    row.second_signature = to_desk.sign(actor.person, RELEASE, row.desk_id, window_id, digest)
    row.released_on = clock.today()
    audit.record(actor.desk, Event.TREND_RELEASED, window=str(window_id), output=digest)


def _closed_window(actor: Actor, window_id: UUID) -> Window:
    policy.require(actor, Action.TREND_STEWARD)
    audit.take_turn(actor.desk.desk_id)
    window = windows.get(actor.desk.state, window_id)
    if actor.user_id not in window.stewards:
        raise Denied(Action.TREND_STEWARD.value)
    if not window.closed:
        raise Invalid("This window has not closed: withdrawals still count.")
    if window.done:
        raise Invalid("The numbers of this window were made. They are never made twice.")
    return window


def _handed(actor: Actor, window: Window) -> tuple[UUID, dict[UUID, Secret]]:
    """The halves of the first other steward who agreed and whose box opens."""
    mine = select(TrendHalf).where(TrendHalf.window_id == window.id, TrendHalf.to_id == actor.user_id)
    for row in db.session.scalars(mine.where(TrendHalf.ends_at > clock.now()).order_by(TrendHalf.from_id)):
        try:
            if row.from_id in window.stewards and row.from_id != actor.user_id:
                state = actor.desk.state
                return row.from_id, returning.handed_halves(
                    actor.person, state, window.id, row.from_id, row.blob, row.signature
                )
        except Refused:
            audit.record(actor.desk, Event.SEAL_REFUSED, where="trend_half.blob")
    raise Invalid("Another steward has to agree first, within the last day.")


def _rows(window: Window) -> list[TrendReturn]:
    of = select(TrendReturn).where(TrendReturn.window_id == window.id).order_by(TrendReturn.from_id)
    return list(db.session.scalars(of))


def came(window: Window) -> int:
    """How many desks have sent a return that still waits; no key is needed."""
    return len(_rows(window))


def _halves(actor: Actor, window: Window, other: UUID) -> dict[UUID, Secret]:
    """One's halves of all returns that open to one; another return is met again, and counted, at the run."""
    found = {}
    for row in _rows(window):
        try:
            found[row.from_id] = returning.half(actor.person, _place(row), row.boxes, other)
        except Refused:
            continue
    return found


def _open(actor: Actor, window: Window, giver: UUID, handed: Mapping[UUID, Secret]) -> Came:
    sheets, refused = [], 0
    arrived = Arrived(actor.desk, window.id, window.last_on)
    for row in _rows(window):
        try:
            arrived.check(row)
            sheets.append(_opened(actor, row, giver, handed.get(row.from_id)))
        except Refused:
            refused += 1
            audit.record(actor.desk, Event.SEAL_REFUSED, where="trend_return.body")
    return Came(tuple(sheets), refused)


def _opened(actor: Actor, row: TrendReturn, giver: UUID, theirs: Secret | None) -> Sheet:
    place = _place(row)
    parts = signed_parts(place, row.boxes, row.body, row.number)
    if theirs is None or not to_desk.signed_by(
        actor.desk.state, row.signer_id, row.signature, PURPOSE, *parts
    ):
        raise Refused
    mine = returning.half(actor.person, place, row.boxes, giver)
    return Sheet.from_bytes(returning.open_return(mine, theirs, place, row.body))


def _place(row: TrendReturn) -> Place:
    return Place(row.desk_id, row.window_id, row.from_id)


def _forget_halves(window_id: UUID, who: UUID) -> None:
    db.session.execute(delete(TrendHalf).where(TrendHalf.window_id == window_id, TrendHalf.from_id == who))
