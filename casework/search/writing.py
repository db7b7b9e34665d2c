"""Keeping cards. The tail, a desk's last block, is written at every save and always has the same size.

So the store does not show which save touched a name. When the tail is full it is merged with blocks up to
its own size into a new one: a desk has few blocks, and each card is written again about log n times.
"""

import secrets
from collections.abc import Sequence
from uuid import UUID

import numpy as np
from sqlalchemy import func, select

from casework.db import db
from casework.search.card import Card
from casework.search.models import Segment, SegmentOfCase
from casework.search.opened import Problem, read_blocks
from casework.search.pack import Pack
from casework.search.packing import to_bytes
from casework.search.ragged import Array
from casework.search.shelf import TAIL, Shelf, padded
from casework.vault import DeskKeys

#: Blocks are merged up to this size in bytes: so much has to be made anew, at most, after an erasure.
_LARGEST = 48 * TAIL
MOST_CARDS = 6_000
_EMPTY = Pack.of([])


def put(desk: DeskKeys, card: Card) -> tuple[Problem, ...]:
    """Keep a card; an older one of the same case counts no more.

    Args:
        desk: the desk's keys.
        card: of a case that is not restricted.

    Returns:
        What did not open on the way. The save stands; the cards that were there are made anew by `rebuild`.

    Raises:
        Conflict: the desk's epoch moved.
    """
    shelf = Shelf(desk)
    settled = keep(shelf, [card])
    shelf.close()
    if settled and not shelf.problems and _worn(desk):
        compact(desk)
    return tuple(shelf.problems)


def _worn(desk: DeskKeys) -> bool:
    """Whether more than half of where cards lie is taken up by cards that newer ones have replaced."""
    each = select(func.count(), func.count(SegmentOfCase.case_id.distinct()))
    places, cases = db.session.execute(each.where(SegmentOfCase.desk_id == desk.desk_id)).one()
    return bool(places > 2 * cases)


def keep(shelf: Shelf, cards: Sequence[Card]) -> bool:
    """Write cards into the tail, and the tail into a larger block when it is full.

    Returns:
        Whether it was full.
    """
    tail_id, tail = _tail(shelf)
    fresh = Pack.of(cards, shelf.manifest.next())
    case_ids = [card.case_id for card in cards]
    stays = np.setdiff1d(np.arange(len(tail)), tail.rows_of(case_ids))
    pack = _shuffled(Pack.join([tail, fresh]), np.append(stays, len(tail) + np.arange(len(fresh))))
    data = to_bytes(pack)
    full = len(data) > TAIL
    if full:
        _settle(shelf, pack, size=len(data))
        shelf.forget([tail_id] if tail_id else [])
        data, case_ids = to_bytes(_EMPTY), []
    if tail_id is None:
        tail_id = shelf.add_tail(padded(data))
    else:
        shelf.rewrite(tail_id, padded(data))
    shelf.remember(tail_id, case_ids)
    return full


def _tail(shelf: Shelf) -> tuple[UUID | None, Pack]:
    """The tail; none where there is none that opens."""
    for line in shelf.lines.values():
        if line.is_tail and (pack := shelf.open(line.id)) is not None:
            return line.id, pack
    return None, _EMPTY


def _shuffled(pack: Pack, rows: Array) -> Pack:
    """Some cards in no order, so that their order says nothing about when they were saved."""
    return pack.take(np.random.default_rng(secrets.randbits(128)).permutation(rows))


def _settle(shelf: Shelf, pack: Pack, size: int) -> None:
    """Write a full tail into a block of its own, together with blocks that are not larger than what is gathered.

    Blocks then grow by doubling: n cards lie in few blocks, and each was written about log n times.
    """
    merged: list[UUID] = []
    packs = [pack]
    blocks = [line for line in shelf.lines.values() if not line.is_tail and line.size]
    for line in sorted(blocks, key=lambda line: line.size):
        if line.size > size or size + line.size > _LARGEST:
            break
        if (found := shelf.open(line.id)) is not None:
            merged.append(line.id)
            packs.append(found)
            size += line.size
    _write(shelf, Pack.join(packs))
    shelf.remove(merged)


def _write(shelf: Shelf, pack: Pack) -> None:
    """Write the newest cards of a pack into as many blocks as they need."""
    newest = _shuffled(pack, np.flatnonzero(pack.newest))
    for rows in np.array_split(np.arange(len(newest)), -(-len(newest) // MOST_CARDS) or 1):
        shelf.add(newest.take(rows))


def compact(desk: DeskKeys) -> int:
    """Write all cards anew into as few blocks as they need, in no order.

    Args:
        desk: the desk's keys.

    Returns:
        How many blocks there are now, beside the tail.

    Raises:
        Conflict: the desk's epoch moved.
    """
    shelf = Shelf(desk)
    tail_id, _ = _tail(shelf)
    blocks = read_blocks(desk)
    pack = Pack.join(list(blocks.packs.values()))
    shelf.remove([segment_id for segment_id in blocks.packs if segment_id != tail_id])
    if tail_id is not None:
        shelf.forget([tail_id])
        shelf.rewrite(tail_id, padded(to_bytes(_EMPTY)))
    if len(pack):
        _write(shelf, pack)
    shelf.close()
    return len(shelf.manifest.current) - (tail_id is not None)


def reseal(desk: DeskKeys, most: int) -> int:
    """Bring blocks under the present epoch, a slice at a time; for `keeping.sweep_with`.

    Blocks that do not open stay as they are and are made anew from the cases.

    Args:
        desk: the desk's keys, at the new epoch.
        most: how many at most.

    Returns:
        How many it were; 0 when nothing is left.
    """
    shelf = Shelf(desk)
    epoch = func.substr(Segment.blob, 2, 4)
    older = select(Segment.id).where(
        Segment.desk_id == desk.desk_id, Segment.blob.is_not(None), epoch != desk.epoch.to_bytes(4, "big")
    )
    done = 0
    for segment_id in db.session.scalars(older).all():
        if done < most and (pack := shelf.open(segment_id)) is not None:
            shelf.rewrite(segment_id, padded(to_bytes(pack)))
            done += 1
    if done:
        shelf.close()
    return done
