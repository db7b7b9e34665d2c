"""Changing the epoch, and the sweep that follows it in slices (construction §6)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from casework.db import db
from casework.vault.desk import DeskKeys
from casework.vault.keeping import cases, ledger, restricted, secrets_of_desk
from casework.vault.keeping.rows import hold_alone, hold_epoch
from casework.vault.models import DeskEpoch

#: What else is sealed under the desk's secret and must follow: (desk, how many at most) → how many it did.
Sweep = Callable[[DeskKeys, int], int]
_sweeps: list[Sweep] = []


def sweep_with(sweep: Sweep) -> None:
    """Let a room above reseal its own after an epoch change: search segments, above all.

    The sweep is not finished before every one of them has answered 0. Segments that were left under
    an older epoch do not open after that.
    """
    if sweep not in _sweeps:
        _sweeps.append(sweep)


def new_epoch(desk: DeskKeys, leaver: UUID | None = None, *, short_handed: bool = False) -> DeskKeys:
    """Draw a new desk secret, without somebody who leaves if one does (transaction A).

    The caller ends the leaver's sessions in the same transaction, and goes on with `finish_epoch`.

    Args:
        desk: opened by a coordinator, or by a set of recovery cards; not by the leaver.
        leaver: who is removed with it.
        short_handed: let them go although a restricted case then has fewer than two who open it.

    Returns:
        The desk at its new epoch.

    Raises:
        Refused: the signer may not, or the leaver is no member.
        Conflict: the epoch moved, the chain grew, or a restricted case must be handed over first.
    """
    hold_alone(desk.desk_id, desk.epoch)
    state = ledger.load(desk.desk_id, desk.person)
    if leaver is not None:
        restricted.let_go(state, leaver, short_handed=short_handed)
        state = ledger.append(desk.person, state, "remove", leaver)
    drawn = secrets_of_desk.draw(desk.person, state, desk)
    row = update(DeskEpoch).where(DeskEpoch.desk_id == desk.desk_id).values(epoch=drawn.epoch)
    db.session.execute(row, execution_options={"synchronize_session": False})
    return drawn


@dataclass(frozen=True)
class Swept:
    """What one slice did.

    Attributes:
        handled: how many were brought under the current epoch now.
        stuck: cases whose wrap does not open; they need a look, or must be given up by name.
        done: the sweep is finished, and signed.
    """

    handled: int
    stuck: tuple[UUID, ...]
    done: bool


def finish_epoch(desk: DeskKeys, slice_: int = 100, give_up: Collection[UUID] = ()) -> Swept:
    """One slice of the sweep: bump cases, rewrap restricted ones, let other rooms reseal theirs.

    Each slice is a transaction of the caller's; after a crash the slices are simply repeated. The slice
    that finds nothing left signs that nothing may be wrapped under an older epoch any more.

    Args:
        desk: opened at the current epoch.
        slice_: how many at most.
        give_up: stuck cases that the sweep shall not wait for; they will not open again.

    Raises:
        Conflict: the epoch moved, or somebody else finished meanwhile.
    """
    hold_epoch(desk.desk_id, desk.epoch)
    handled, stuck = cases.sweep(desk, slice_)
    if handled < slice_:
        more, torn = restricted.sweep(desk, slice_ - handled)
        handled, stuck = handled + more, stuck + torn
    for sweep in _sweeps:
        handled += sweep(desk, slice_ - handled) if handled < slice_ else 0
    done = handled == 0 and set(stuck) <= set(give_up)
    if done:
        _sign_done(desk)
    return Swept(handled, stuck, done)


def _sign_done(desk: DeskKeys) -> None:
    newest = ledger.load(desk.desk_id, desk.person)
    if newest.done < newest.epoch:
        ledger.append(desk.person, newest, "epochdone", newest.epoch)
