"""The ledger: what each release cost each person, and that nobody pays more than their lifetime's budget."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict
from casework.trends.frozen import Numbers
from casework.trends.models import TrendLedger, TrendWindow
from casework.trends.plans import LIFETIME, MOST_DELTA, Plan
from casework.trends.windows import Window
from casework.vault import DeskKeys

#: Cells that one person moves in each table.
BOUND = 1
#: OpenDP rounds what things cost upward, in the last digit of a number.
_SLACK = 1e-9


@dataclass(frozen=True)
class Line:
    """A line of the ledger, as it is published beside its release."""

    part: str
    plan: str
    digest: str
    bound: int
    scales: Mapping[str, float]
    epsilon: float
    delta: float
    opendp: str
    output: str


def check(network: DeskKeys, window: Window, plan: Plan) -> None:
    """Go on only if a release may be made.

    Windows do not overlap, so each person opens in one and closes for the first time in one; a return leaves out of
    the closing whoever paid too much at the opening (`sheets.sheet`). What is left is that no day is paid twice.

    Args:
        network: whose window it is, opened.
        window: that is about to be released.
        plan: of it.

    Raises:
        Conflict: some of its days were paid for, or the plan costs more than a lifetime.
    """
    if paid(network, window):
        raise Conflict
    if sum(part.epsilon for part in plan.parts.values()) > LIFETIME + _SLACK:
        raise Conflict
    if sum(part.delta for part in plan.parts.values()) > MOST_DELTA + _SLACK * MOST_DELTA:
        raise Conflict


def paid(network: DeskKeys, window: Window) -> bool:
    """Whether figures were made of any of these days: by the ledger, or by the record, if lines of the ledger are gone.

    Also in a window that was withdrawn, or in one that somebody took out of the database.
    """
    days = (TrendWindow.first_on <= window.last_on, window.first_on <= TrendWindow.last_on)
    lines = select(TrendLedger.id).join(TrendWindow, TrendWindow.id == TrendLedger.window_id)
    here = lines.where(TrendLedger.desk_id == network.desk_id, *days)
    if db.session.scalar(here.limit(1)) is not None:
        return True
    # No window is run before it has ended, so none of these days was paid for before the first of them.
    runs = audit.lately(network, window.first_on, Event.TREND_RUN)
    return any(_touches(seen.details, window) for seen in runs)


def _touches(run: Mapping[str, str], window: Window) -> bool:
    """A run that was recorded before its days were written down may have paid for any day."""
    days = [date.fromisoformat(run[end]) for end in ("first_on", "last_on") if end in run]
    return not days or (days[0] <= window.last_on and window.first_on <= days[-1])


def write(window: Window, found: Mapping[str, Numbers], output: str, stewards: tuple[UUID, UUID]) -> None:
    """Write down what a release cost.

    Args:
        window: of the release.
        found: its numbers, by part.
        output: their hash, 64 hex digits.
        stewards: who ran it, and who agreed.

    Raises:
        Conflict: OpenDP says that it cost more than a lifetime.
    """
    if sum(one.epsilon for one in found.values()) > LIFETIME + _SLACK:
        raise Conflict
    for part, one in found.items():
        scales = {table.name: table.scale for table in one.tables}
        db.session.add(
            TrendLedger(
                id=uuid4(), desk_id=window.network_id, window_id=window.id, part=part, plan=one.plan,
                digest=one.digest, bound=BOUND, scales=json.dumps(scales, sort_keys=True), epsilon=one.epsilon,
                delta=one.delta, opendp=one.opendp, output=output, first_id=stewards[0], second_id=stewards[1],
            )
        )  # fmt: skip


def of_window(window_id: UUID) -> Sequence[Line]:
    """The lines of one window, opening first."""
    rows = select(TrendLedger).where(TrendLedger.window_id == window_id).order_by(TrendLedger.part.desc())
    return [_line(row) for row in db.session.scalars(rows)]


def _line(row: TrendLedger) -> Line:
    return Line(
        row.part, row.plan, row.digest, row.bound, json.loads(row.scales), row.epsilon, row.delta, row.opendp,
        row.output,
    )  # fmt: skip
