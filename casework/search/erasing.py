"""Erasing cards, with and without keys, and making anew what went with them."""

from collections.abc import Callable, Collection
from uuid import UUID

import numpy as np
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.search.card import Card
from casework.search.models import Segment, SegmentOfCase
from casework.search.opened import Problem, Trouble, cases_of, read_blocks
from casework.search.packing import to_bytes
from casework.search.shelf import Shelf, change, hold_manifest, padded
from casework.search.writing import keep
from casework.vault import DeskKeys


def drop(case_id: UUID) -> None:
    """Erase the cards of a case without any key: every block that holds one goes.

    To be called before the case itself is deleted, and when the name of a person was taken away. The
    cards of other cases in those blocks, and a new one of this case if it stays, are made anew by
    `rebuild`, by the next who has keys.

    Args:
        case_id: the case.
    """
    for desk_id in db.session.scalars(_lies(case_id, SegmentOfCase.desk_id).distinct()).all():
        hold_manifest(desk_id)
    # Read only now: while this waited for another writer, a card may have moved.
    blocks = db.session.scalars(_lies(case_id, SegmentOfCase.segment_id)).all()
    change(update(Segment).where(Segment.id.in_(blocks)).values(blob=None, rev=Segment.rev + 1))
    change(delete(SegmentOfCase).where(SegmentOfCase.case_id == case_id))


def _lies(case_id: UUID, column: InstrumentedAttribute[UUID]) -> Select[UUID]:
    return select(column).where(SegmentOfCase.case_id == case_id)


def take_out(desk: DeskKeys, case_id: UUID) -> tuple[Problem, ...]:
    """Take the cards of a case out, because it became restricted or is erased by somebody with keys.

    Args:
        desk: the desk's keys.
        case_id: the case.

    Returns:
        Blocks that did not open. They went as a whole, and their other cards are made anew by `rebuild`.

    Raises:
        Conflict: the desk's epoch moved.
    """
    shelf = Shelf(desk)
    for segment_id in db.session.scalars(_lies(case_id, SegmentOfCase.segment_id)).all():
        pack = shelf.open(segment_id)
        if pack is None:
            change(update(Segment).where(Segment.id == segment_id).values(blob=None))
            continue
        stays = np.setdiff1d(np.arange(len(pack)), pack.rows_of([case_id]))
        shelf.rewrite(segment_id, padded(to_bytes(pack.take(stays))))
    change(delete(SegmentOfCase).where(SegmentOfCase.case_id == case_id))
    shelf.close()
    return tuple(shelf.problems)


def rebuild(
    desk: DeskKeys,
    missing_case_ids: Collection[UUID],
    card_of: Callable[[UUID], Card | None],
    *,
    more: bool = False,
) -> int:
    """Make cards anew that were lost with a block; blocks of which nothing is missing any more go.

    It may be called with a part of what is missing, so that long work is done in slices.

    Args:
        desk: the desk's keys.
        missing_case_ids: as `Opened.missing` or `Opened.lacking` gave them.
        card_of: gives the card of a case, or None where it shall have none: gone, or restricted.
        more: whether other slices follow. No block goes before the last: the map does not name the case
            whose card was erased, and it is the block's absence that lets somebody look for it.

    Returns:
        How many cards were made.

    Raises:
        Conflict: the desk's epoch moved.
    """
    # What opens badly is recorded on the way; a save has recorded too before it holds the shelf.
    audit.take_turn(desk.desk_id)
    shelf = Shelf(desk)
    problems = read_blocks(desk).problems
    cards = [card for case_id in missing_case_ids if (card := card_of(case_id)) is not None]
    if cards:
        keep(shelf, cards)
    shelf.forget([p.segment_id for p in problems], missing_case_ids)
    for problem in problems if not more else ():
        _give_up(shelf, problem)
    shelf.close()
    return len(cards)


def _give_up(shelf: Shelf, problem: Problem) -> None:
    """Take away what was set aside, once nothing is missing any more, and record what was wrong with it."""
    if cases_of([problem.segment_id]):
        return
    shelf.remove([problem.segment_id])
    if problem.trouble is not Trouble.ERASED:
        audit.record(shelf.desk, Event.SEAL_REFUSED, where=f"segment.blob/{problem.trouble}")
