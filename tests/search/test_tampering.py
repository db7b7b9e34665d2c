"""Somebody writes into the database, without keys. The rest stays usable, and the cards are made anew."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import delete, insert, select, update

from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.search import service
from casework.search.models import Segment, SegmentManifest, SegmentOfCase
from casework.search.service import Filters, Sort, Trouble


def everybody(_case_id):
    return True


@pytest.fixture
def filled(desk, cases):
    """A desk with two blocks and a tail, and the cards in them."""
    some = cases(150, called="Amina Test")
    known = {one.case_id: one for one in some}
    service.rebuild(desk, list(known)[:120], known.get)
    for one in some[120:]:
        service.put(desk, one)
    assert len(rows()) > 1
    assert inside(tail())
    return known


def rows():
    query = select(Segment.id, Segment.seq, Segment.is_tail, Segment.rev, Segment.blob, Segment.desk_id)
    return db.session.execute(query.order_by(Segment.seq)).all()


def block():
    """A block that is not the tail."""
    return next(row for row in rows() if not row.is_tail)


def tail():
    return next(row for row in rows() if row.is_tail)


def write(row, **values):
    db.session.execute(update(Segment).where(Segment.id == row.id).values(**values))


def troubles(desk):
    return [problem.trouble for problem in service.open_cards(desk).problems]


def inside(row):
    """The cases that the map puts into a block."""
    return set(db.session.scalars(select(SegmentOfCase.case_id).where(SegmentOfCase.segment_id == row.id)))


def mend(desk, filled):
    """What the next page does: everything that is missing is made anew from the cases."""
    opened = service.open_cards(desk)
    missing = {*opened.missing, *opened.lacking(filled)}
    service.rebuild(desk, missing, filled.get)
    opened = service.open_cards(desk)
    assert (opened.problems, opened.missing, opened.lacking(filled)) == ((), (), [])
    pack = opened.pack
    assert {pack.case_id(n): pack.card(n) for n in range(len(pack)) if pack.newest[n]} == filled


def recorded(desk):
    seen = audit.of_desk(desk)
    return [one.details["where"] for one in seen if one.event is Event.SEAL_REFUSED]


def test_a_block_with_one_wrong_bit(desk, filled):
    row = block()
    lost = inside(row)
    write(row, blob=row.blob[:-1] + bytes([row.blob[-1] ^ 1]))
    opened = service.open_cards(desk)
    assert [(p.segment_id, p.trouble) for p in opened.problems] == [(row.id, Trouble.BROKEN)]
    assert set(opened.missing) == lost
    assert set(opened.pack.case_ids()) >= set(filled) - lost
    page = service.listing(desk, Filters(), Sort())
    assert page.total >= len(filled) - len(lost)
    assert page.problems == service.find(desk, "Amina Test", everybody).problems == opened.problems
    mend(desk, filled)
    assert recorded(desk) == ["segment.blob/broken"]


@pytest.mark.parametrize("blob", [b"", b"\x08", bytes(200), bytes([8]) + bytes(50)])
def test_a_block_that_is_something_else(desk, filled, blob):
    write(block(), blob=blob)
    assert troubles(desk) == [Trouble.BROKEN]
    mend(desk, filled)


def test_a_block_cut_short(desk, filled):
    row = block()
    write(row, blob=row.blob[:-16])
    assert troubles(desk) == [Trouble.BROKEN]
    mend(desk, filled)


def test_two_blocks_swapped(desk, filled):
    first, second = block(), tail()
    write(first, blob=second.blob)
    write(second, blob=first.blob)
    assert troubles(desk) == [Trouble.BROKEN, Trouble.BROKEN]
    mend(desk, filled)


def test_a_block_of_another_desk(world, desk, filled):
    row = block()
    home = world.actor(world.ram).desk
    write(row, blob=home.seal_segment(row.id, row.seq, b"cards"))
    assert troubles(desk) == [Trouble.BROKEN]
    mend(desk, filled)


def test_a_seal_around_something_that_is_no_cards(desk, filled):
    row = block()
    write(row, blob=desk.seal_segment(row.id, row.seq, b"no cards at all"))
    assert troubles(desk) == [Trouble.BROKEN]
    mend(desk, filled)


def test_a_block_taken_away_with_its_map(desk, filled):
    row = block()
    db.session.execute(delete(SegmentOfCase).where(SegmentOfCase.segment_id == row.id))
    db.session.execute(delete(Segment).where(Segment.id == row.id))
    opened = service.open_cards(desk)
    assert [(p.segment_id, p.trouble) for p in opened.problems] == [(row.id, Trouble.GONE)]
    assert opened.lacking(filled)
    mend(desk, filled)
    assert recorded(desk) == ["segment.blob/gone"]


def test_the_tail_rolled_back(desk, filled):
    old = tail()
    known = next(iter(inside(old)))
    newer = replace(filled[known], called="Bekele Test")
    service.put(desk, newer)
    filled[known] = newer
    write(old, seq=old.seq, rev=old.rev, blob=old.blob)
    assert troubles(desk) == [Trouble.OTHER_TIME]
    assert known in service.open_cards(desk).missing
    mend(desk, filled)
    assert recorded(desk) == ["segment.blob/other time"]


def test_a_save_goes_on_over_a_tail_rolled_back(desk, filled):
    old = tail()
    service.put(desk, next(iter(filled.values())))
    write(old, seq=old.seq, blob=old.blob)
    (problem,) = service.put(desk, next(iter(filled.values())))
    assert (problem.segment_id, problem.trouble) == (old.id, Trouble.OTHER_TIME)
    assert [row.is_tail for row in rows()].count(True) == 1
    mend(desk, filled)


def test_a_block_put_back_after_it_was_merged(desk, filled):
    old = block()
    assert service.compact(desk) == 1
    db.session.execute(insert(Segment).values(**old._mapping))
    assert troubles(desk) == [Trouble.UNKNOWN]
    mend(desk, filled)
    assert recorded(desk) == ["segment.blob/unknown"]


@pytest.mark.parametrize("blob", [None, b"", bytes(64)])
def test_the_list_of_blocks_spoilt(desk, filled, blob):
    db.session.execute(update(SegmentManifest).values(blob=blob))
    assert Trouble.NO_MANIFEST in troubles(desk)
    mend(desk, filled)
    assert "segment.blob/no manifest" in recorded(desk)


def test_the_list_of_blocks_taken_away(desk, filled):
    db.session.execute(delete(SegmentManifest))
    assert Trouble.NO_MANIFEST in troubles(desk)
    mend(desk, filled)


def test_an_older_list_of_blocks_put_back(desk, filled):
    old = db.session.execute(select(SegmentManifest.rev, SegmentManifest.blob)).one()
    service.put(desk, next(iter(filled.values())))
    highest = tail().seq
    db.session.execute(update(SegmentManifest).values(rev=old.rev, blob=old.blob))
    assert troubles(desk) == [Trouble.OTHER_TIME]
    service.put(desk, next(iter(filled.values())))
    assert tail().seq > highest
    mend(desk, filled)


def test_all_blocks_taken_away(desk, filled):
    db.session.execute(delete(SegmentOfCase))
    db.session.execute(delete(Segment))
    assert set(troubles(desk)) == {Trouble.GONE}
    mend(desk, filled)


def test_mending_goes_in_slices(desk, filled):
    row = block()
    write(row, blob=bytes(100))
    missing = service.open_cards(desk).missing
    for start in range(0, len(missing), 20):
        assert service.open_cards(desk).problems
        service.rebuild(desk, missing[start : start + 20], filled.get)
    mend(desk, filled)
    assert recorded(desk) == ["segment.blob/broken"]


def test_a_case_that_shall_have_no_card_gets_none(desk, filled):
    write(block(), blob=bytes(100))
    missing = service.open_cards(desk).missing
    assert service.rebuild(desk, missing, lambda _: None) == 0
    opened = service.open_cards(desk)
    assert (opened.problems, opened.missing) == ((), ())
    assert uuid.UUID(int=0) not in opened.pack.case_ids()
    assert set(opened.lacking(filled)) <= set(missing)
