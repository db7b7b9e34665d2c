"""Windows: announced by the network before anything is counted, signed, never changed, never overlapping."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound
from casework.trends import plans
from casework.trends.models import TrendRelease, TrendWindow
from casework.trends.plans import Plan
from casework.vault import ChainState, Role, to_desk

#: A steward more than two, so that one may be ill.
STEWARDS = (2, 3)
#: Days after its end in which desks send their returns, at least and at most.
LEAST_DAYS, MOST_DAYS = 1, 92
_PURPOSE, WITHDRAWAL = "trend window", "trend window withdrawn"
_ID = 16


@dataclass(frozen=True)
class Window:
    """A window as it was announced.

    Attributes:
        id, network_id: of the window and its network.
        plan, digest: the name of the table plan, and its hash then.
        first_on, last_on: its days, both counted.
        closes_on: the last day for returns and withdrawals.
        stewards: who may open its returns, two together.
        done: whether its release was run; its returns are gone then.
    """

    id: UUID
    network_id: UUID
    plan: str
    digest: str
    first_on: date
    last_on: date
    closes_on: date
    stewards: tuple[UUID, ...]
    done: bool = False

    @property
    def taking(self) -> bool:
        """Whether desks send their returns today."""
        return self.last_on < clock.today() <= self.closes_on and not self.done

    @property
    def closed(self) -> bool:
        """Whether returns come too late, and stewards may open what came."""
        return clock.today() > self.closes_on

    def overlaps(self, other: "Window") -> bool:
        """Whether some day is in both."""
        return self.first_on <= other.last_on and other.first_on <= self.last_on

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first_on <= day <= self.last_on


def announce(
    actor: Actor,
    plan_name: str,
    first_on: date,
    closes_on: date,
    stewards: tuple[UUID, ...],
    form_token: UUID,
) -> UUID:
    """Announce a window.

    Args:
        actor: a coordinator, at the network.
        plan_name: of the table plan, by the public size class of the network.
        first_on: its first day; how long it lasts is the plan's.
        closes_on: until when returns come in.
        stewards: two or three coordinators of the network.
        form_token: of the form; the same one twice announces one window.

    Returns:
        Its id.

    Raises:
        Invalid: days, plan or stewards that cannot be.
        Conflict: it overlaps with another one: somebody would be counted in both.
    """
    policy.require(actor, Action.TREND_STEWARD)
    state = actor.desk.state
    known = db.session.scalar(select(TrendWindow.id).where(TrendWindow.form_token == form_token))
    if known is not None:
        return known
    plan = plan_of(plan_name)
    last_on = last_day(first_on, plan.months)
    _check(state, stewards, last_on, closes_on)
    audit.take_turn(state.desk_id)
    if any(one.first_on <= last_on and first_on <= one.last_on for one in every(state)):
        raise Invalid("Another window has some of these days: somebody would be counted twice.", "first_on")
    row = TrendWindow(
        id=uuid4(), desk_id=state.desk_id, plan=plan.name, digest=plan.digest, first_on=first_on,
        last_on=last_on, closes_on=closes_on, stewards=b"".join(one.bytes for one in sorted(set(stewards))),
        signer_id=actor.user_id, form_token=form_token,
    )  # fmt: skip
    row.signature = to_desk.sign(actor.person, _PURPOSE, *_parts(row))
    db.session.add(row)
    db.session.flush()
    audit.record(actor.desk, Event.TREND_ANNOUNCED, window=str(row.id), plan=plan.name)
    return row.id


def _check(state: ChainState, stewards: tuple[UUID, ...], last_on: date, closes_on: date) -> None:
    if not STEWARDS[0] <= len(set(stewards)) <= STEWARDS[1]:
        raise Invalid("Two or three stewards are needed.", "stewards")
    if not all(may_steward(state, one) for one in stewards):
        raise Invalid("A steward is a coordinator of the network.", "stewards")
    if closes_on < clock.today():
        raise Invalid("This day has passed: no desk could send anything any more.", "closes_on")
    # Days that are announced again, because a window was lost, may lie long ago.
    begins = max(last_on, clock.today() - timedelta(LEAST_DAYS))
    if not timedelta(LEAST_DAYS) <= closes_on - begins <= timedelta(MOST_DAYS):
        raise Invalid("Choose a day after the end of the window, at most three months later.", "closes_on")


def may_steward(state: ChainState, who: UUID) -> bool:
    """Whether somebody is a coordinator of the network today."""
    member = state.members.get(who)
    return member is not None and member.role is Role.COORDINATOR


def plan_of(name: str) -> Plan:
    """A plan by name.

    Raises:
        Invalid: there is none.
    """
    found = plans.every().get(name)
    if found is None:
        raise Invalid("There is no such plan.", "plan")
    return found


def last_day(first_on: date, months: int) -> date:
    """The last day of a window: before the same day some months later; a shorter month's end stands for what it lacks.

    Args:
        first_on: its first day.
        months: how many.
    """
    year, month = divmod(first_on.year * 12 + first_on.month - 1 + months, 12)
    day = min(first_on.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(1)


def every(state: ChainState) -> list[Window]:
    """The windows of a network whose signature holds, the newest first; without those that were withdrawn.

    Args:
        state: the network's verified chain.
    """
    done = _done(state)
    return [_read(row, done) for row in _rows(state) if not _withdrawn(state, row)]


def withdrawn(state: ChainState) -> list[Window]:
    """The windows of a network that were lost, and withdrawn, the newest first."""
    return [_read(row, frozenset()) for row in _rows(state) if _withdrawn(state, row)]


def _rows(state: ChainState) -> list[TrendWindow]:
    rows = select(TrendWindow).where(TrendWindow.desk_id == state.desk_id)
    newest = rows.order_by(TrendWindow.first_on.desc(), TrendWindow.id)
    return [row for row in db.session.scalars(newest) if _holds(state, row)]


def _done(state: ChainState) -> frozenset[UUID]:
    released = select(TrendRelease.window_id).where(TrendRelease.desk_id == state.desk_id)
    return frozenset(db.session.scalars(released))


def get(state: ChainState, window_id: UUID) -> Window:
    """One window.

    Raises:
        NotFound: there is none, or nobody of the network signed it.
    """
    found = next((one for one in every(state) if one.id == window_id), None)
    if found is None:
        raise NotFound
    return found


def same_plan(window: Window) -> Plan:
    """The plan of a window, as it was when the window was announced.

    Raises:
        Conflict: the file was changed since: it is not what was announced.
    """
    plan = plan_of(window.plan)
    if plan.digest != window.digest:
        raise Conflict
    return plan


def _read(row: TrendWindow, done: frozenset[UUID]) -> Window:
    ids = tuple(UUID(bytes=row.stewards[at : at + _ID]) for at in range(0, len(row.stewards), _ID))
    return Window(
        row.id,
        row.desk_id,
        row.plan,
        row.digest,
        row.first_on,
        row.last_on,
        row.closes_on,
        ids,
        row.id in done,
    )


def _holds(state: ChainState, row: TrendWindow) -> bool:
    return signed_there(state, row.signer_id, row.signature, _PURPOSE, *_parts(row))


def _withdrawn(state: ChainState, row: TrendWindow) -> bool:
    """Columns alone withdraw nothing: a coordinator signed it."""
    if row.withdrawn_on is None or row.withdrawer_id is None or row.withdrawal is None:
        return False
    return signed_there(state, row.withdrawer_id, row.withdrawal, WITHDRAWAL, *withdrawal_parts(row))


def signed_there(state: ChainState, who: UUID, made: bytes, purpose: str, *parts: UUID | str | bytes) -> bool:
    """Whether a coordinator of the network signed something.

    Who signed it may have left since: what they were then is in the chain too.

    Args:
        state: the chain of the network.
        who: is said to have signed.
        made: the signature.
        purpose, parts: what was signed.
    """
    keys = [state.members[who]] if who in state.members else []
    signers = [*keys, *state.former.get(who, ())]
    return any(
        one.role is Role.COORDINATOR and to_desk.signed_with(one.ed, made, purpose, *parts) for one in signers
    )


def _parts(row: TrendWindow) -> tuple[UUID | str | bytes, ...]:
    days = (row.first_on, row.last_on, row.closes_on)
    return (row.desk_id, row.id, row.plan, row.digest, *(day.isoformat() for day in days), row.stewards)


def withdrawal_parts(row: TrendWindow) -> tuple[UUID | str, ...]:
    """What a coordinator signs who withdraws a window."""
    return (row.desk_id, row.id, row.withdrawn_on.isoformat() if row.withdrawn_on else "")
