"""The row that orders writers and epoch changes of a desk."""

from uuid import UUID

from sqlalchemy import Select, select

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault.chain import ChainState
from casework.vault.models import DeskEpoch


def hold_epoch(desk_id: UUID, epoch: int) -> None:
    """Be sure that a desk still writes under an epoch, until this transaction ends.

    Writers share the row; who changes the epoch takes it alone, so that nobody writes under a key that
    a leaver knows after the leaving was committed. (SQLite: every writing transaction is alone.)

    Args:
        desk_id: the desk.
        epoch: the one that the writer's keys are of.

    Raises:
        Conflict: it moved; open the desk again.
    """
    if db.session.scalar(_row(desk_id).with_for_update(read=True)) != epoch:
        raise Conflict


def hold_alone(desk_id: UUID, epoch: int) -> None:
    """The same, with nobody else writing until this transaction ends.

    Raises:
        Conflict: the epoch moved; open the desk again.
    """
    if db.session.scalar(_row(desk_id).with_for_update()) != epoch:
        raise Conflict


def check_floors(state: ChainState, case_id: UUID, epoch: int, generation: int) -> None:
    """Hold a wrap against what the chain says, before it is opened (construction §5).

    Args:
        state: the desk's verified chain.
        case_id: whose wrap it is.
        epoch: in the head of the wrap.
        generation: of the wrap.

    Raises:
        Refused: it is of a finished or an unknown epoch, or older than the chain's bump.
        Conflict: it is newer than the chain that was read, because the epoch has just moved.
    """
    if epoch > state.epoch and db.session.scalar(_row(state.desk_id)) != state.epoch:
        raise Conflict
    if not state.done <= epoch <= state.epoch:
        raise Refused
    check_generation(state, case_id, generation)


def check_generation(state: ChainState, case_id: UUID, generation: int) -> None:
    """Refuse a generation that is older than the chain's bump of the case.

    Raises:
        Refused: it is.
    """
    if generation < state.bumps.get(case_id, 0):
        raise Refused


def _row(desk_id: UUID) -> Select[int]:
    return select(DeskEpoch.epoch).where(DeskEpoch.desk_id == desk_id)
