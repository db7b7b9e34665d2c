"""Restricted cases: boxed to at least two named members instead of the desk (construction §5)."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, exists, func, select, update

from casework.db import db
from casework.errors import Conflict, Refused
from casework.vault.case import CaseKeys
from casework.vault.chain import ChainState, Role
from casework.vault.desk import DeskKeys
from casework.vault.keeping import wraps
from casework.vault.keeping.bumping import bump_to
from casework.vault.keeping.cases import new_case
from casework.vault.models import CaseWrap, RestrictedWrap

#: Fewer would lose the case with one person.
FEWEST = 2


def new_restricted(desk: DeskKeys, case_id: UUID, named: Collection[UUID]) -> CaseKeys:
    """Keys for a new case that only named members open.

    Args:
        desk: opened at the current epoch.
        case_id: of the new case.
        named: at least two who hold the desk's secret; recovery cards may be one of them.

    Raises:
        Refused: too few, or somebody who does not hold the desk's secret.
        Conflict: the desk's epoch moved; open it again.
    """
    return new_case(desk, case_id, _enough(desk.state, frozenset(named)))


def restrict(desk: DeskKeys, case: CaseKeys, named: Collection[UUID]) -> CaseKeys:
    """Close a case to all but named members, or name others: what is written from now on is theirs.

    What was written before can still be read by members who kept its key.

    Raises:
        Refused: as in `new_restricted`.
        Conflict: the epoch moved, or somebody else bumped the case meanwhile.
    """
    return bump_to(desk, case, _enough(desk.state, frozenset(named)))


def unrestrict(desk: DeskKeys, case: CaseKeys) -> CaseKeys:
    """Open a restricted case to the whole desk; only who is named can.

    Raises:
        Conflict: the epoch moved, or somebody else bumped the case meanwhile.
    """
    return bump_to(desk, case, None)


def _enough(state: ChainState, named: frozenset[UUID]) -> frozenset[UUID]:
    holders = state.holders()
    people = [who for who in named & holders.keys() if holders[who].role is not Role.RECOVERY]
    if len(named) < FEWEST or not named <= holders.keys() or not people:
        raise Refused
    return named


def restricted_cases(desk: DeskKeys) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """The restricted cases of a desk: those that this person is named in, and those of others.

    A row that somebody slips in beside the wrap of an open case makes it no restricted one.
    """
    found = db.session.execute(_restricted(desk, RestrictedWrap.case_id, RestrictedWrap.member_id)).all()
    mine = frozenset(row.case_id for row in found if row.member_id == desk.person.user_id)
    return mine, frozenset(row.case_id for row in found) - mine


def all_restricted(desk: DeskKeys) -> Select[UUID]:
    """The same, whoever is named in them: to be left out by a query that counts."""
    return _restricted(desk, RestrictedWrap.case_id)


def _restricted(desk: DeskKeys, *columns: Any) -> Select[Any]:
    return select(*columns).where(
        RestrictedWrap.desk_id == desk.desk_id,
        ~exists().where(CaseWrap.case_id == RestrictedWrap.case_id),
    )


def is_restricted(case_id: UUID) -> bool:
    """Whether a case is boxed to named members; asked by jobs, which hold no key."""
    here = select(RestrictedWrap.case_id).where(
        RestrictedWrap.case_id == case_id, ~exists().where(CaseWrap.case_id == RestrictedWrap.case_id)
    )
    return db.session.scalar(here.limit(1)) is not None


def leaves_too_few(state: ChainState, leaver: UUID) -> bool:
    """Whether a restricted case would be left to fewer than two, if somebody went now."""
    theirs = (RestrictedWrap.desk_id == state.desk_id, RestrictedWrap.member_id == leaver)
    return db.session.scalar(_left_short(select(RestrictedWrap.case_id).where(*theirs)).limit(1)) is not None


def _left_short(cases: Select[UUID]) -> Select[UUID]:
    return (
        select(RestrictedWrap.case_id)
        .where(RestrictedWrap.case_id.in_(cases))
        .group_by(RestrictedWrap.case_id)
        .having(func.count() - 1 < FEWEST)
    )


def let_go(state: ChainState, leaver: UUID, *, short_handed: bool) -> None:
    """Delete the wraps of somebody who leaves.

    Args:
        state: of the desk.
        leaver: who leaves.
        short_handed: also where fewer than two others are left.

    Raises:
        Conflict: a case would be left to fewer than two; name somebody else there first.
    """
    theirs = (RestrictedWrap.desk_id == state.desk_id, RestrictedWrap.member_id == leaver)
    if not short_handed and leaves_too_few(state, leaver):
        raise Conflict
    db.session.execute(
        delete(RestrictedWrap).where(*theirs), execution_options={"synchronize_session": False}
    )


def sweep(desk: DeskKeys, at_most: int) -> tuple[int, tuple[UUID, ...]]:
    """Renew the desk's layer around boxes of an older epoch; any holder of the desk's secret can.

    Returns:
        How many were renewed, and the cases where the old layer does not open.
    """
    handled, stuck = 0, list[UUID]()
    for row in _behind(desk):
        if handled == at_most:
            break
        try:
            sealed = wraps.cover_again(desk, row.case_id, row.generation, row.member_id, row.blob)
        except Refused:
            stuck.append(row.case_id)
            continue
        _renew(desk, row, sealed)
        handled += 1
    return handled, tuple(stuck)


def _behind(desk: DeskKeys) -> Collection[RestrictedWrap]:
    behind = select(RestrictedWrap).where(
        RestrictedWrap.desk_id == desk.desk_id, RestrictedWrap.epoch < desk.epoch
    )
    return db.session.scalars(behind.with_for_update()).all()


def _renew(desk: DeskKeys, row: RestrictedWrap, sealed: bytes) -> None:
    here = update(RestrictedWrap).where(
        RestrictedWrap.case_id == row.case_id, RestrictedWrap.member_id == row.member_id
    )
    db.session.execute(
        here.values(epoch=desk.epoch, blob=sealed), execution_options={"synchronize_session": False}
    )
