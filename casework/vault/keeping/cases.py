"""Cases of the whole desk: made, made ready for writing, swept after an epoch change."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from casework.db import db
from casework.vault.case import CaseKeys
from casework.vault.desk import DeskKeys
from casework.vault.keeping.bumping import draw, draw_all, store
from casework.vault.keeping.granting import shared
from casework.vault.keeping.opening import Wrap, open_case, open_cases
from casework.vault.keeping.rows import check_generation, hold_epoch
from casework.vault.models import CaseWrap, RestrictedWrap
from casework.vault.secret import Secret


def new_case(desk: DeskKeys, case_id: UUID, named: frozenset[UUID] | None = None) -> CaseKeys:
    """Keys for a new case; its own row is written in the same transaction.

    Args:
        desk: opened at the current epoch.
        case_id: of the new case.
        named: who may open a restricted case, see `new_restricted`; None for the whole desk.

    Raises:
        Conflict: the desk's epoch moved; open it again.
    """
    hold_epoch(desk.desk_id, desk.epoch)
    case = CaseKeys(
        desk.state,
        case_id,
        generation=1,
        born=desk.epoch,
        key=Secret.random(),
        tags=Secret.random(),
        named=named,
    )
    store(desk, case)
    return case


def writable(desk: DeskKeys, case: CaseKeys) -> CaseKeys:
    """The keys to write with now. Call it in every transaction that seals something of a case.

    A generation that was drawn before the current epoch is known to somebody who left: a new one is drawn
    first. A generation that somebody else drew meanwhile is opened.

    Raises:
        Conflict: the desk's epoch moved; open it again.
        Refused: the newest wrap does not open, or is older than the chain says.
    """
    hold_epoch(desk.desk_id, desk.epoch)
    check_generation(desk.state, case.case_id, case.generation)
    if _newest_generation(desk, case) != case.generation:
        statement, case = case.statement, open_case(desk, case.case_id)
        case.statement = statement
    return draw(desk, case) if case.born < desk.epoch else case


def _newest_generation(desk: DeskKeys, case: CaseKeys) -> int | None:
    """The stored generation, held until the transaction ends: alone where a bump is to follow."""
    if case.named is None:
        row = select(CaseWrap.generation).where(CaseWrap.case_id == case.case_id)
    else:
        row = select(RestrictedWrap.generation).where(
            RestrictedWrap.case_id == case.case_id, RestrictedWrap.member_id == desk.person.user_id
        )
    return db.session.scalar(row.with_for_update(read=case.born == desk.epoch))


def sweep(desk: DeskKeys, at_most: int) -> tuple[int, tuple[UUID, ...]]:
    """Bump cases whose generation was drawn before the current epoch.

    Returns:
        How many were bumped, and those that do not open.
    """
    handled, stuck, after = 0, list[UUID](), UUID(int=0)
    while handled < at_most and (behind := _behind(desk, after, at_most - handled)):
        given = shared(desk.desk_id)
        drawn = draw_all(desk, (row for row in behind if row[0] not in given))
        for case_id, case in open_cases(desk, [row[0] for row in behind if row[0] in given]).items():
            drawn.add(case_id)
            draw(desk, case)
        handled, after = handled + len(drawn), behind[-1][0]
        stuck += [row[0] for row in behind if row[0] not in drawn]
    return handled, tuple(stuck)


def _behind(desk: DeskKeys, after: UUID, at_most: int) -> Sequence[Wrap]:
    """Wraps of older epochs, held until the transaction ends: nobody draws another key meanwhile."""
    rows = (
        select(CaseWrap.case_id, CaseWrap.epoch, CaseWrap.generation, CaseWrap.blob)
        .where(CaseWrap.desk_id == desk.desk_id, CaseWrap.epoch < desk.epoch, CaseWrap.case_id > after)
        .order_by(CaseWrap.case_id)
        .limit(at_most)
        .with_for_update()
    )
    return db.session.execute(rows).all()
