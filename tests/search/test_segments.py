from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from casework.db import db
from casework.errors import Conflict
from casework.search import service, writing
from casework.search.models import Segment, SegmentManifest, SegmentOfCase
from casework.search.service import Filters, Sort
from casework.search.shelf import TAIL, Shelf
from casework.vault import keeping

#: fmt, epoch, nonce and tag of a seal.
AROUND = 5 + 12 + 16


def everybody(_case_id):
    return True


def found(desk, query):
    return [hit.card.case_id for hit in service.find(desk, query, everybody)]


def tail():
    return db.session.execute(
        select(Segment).where(Segment.is_tail), execution_options={"populate_existing": True}
    )


def cards_of(desk):
    opened = service.open_cards(desk)
    assert not opened.problems
    pack = opened.pack
    return {pack.case_id(row): pack.card(row) for row in range(len(pack)) if pack.newest[row]}


def fill(desk, some):
    for one in some:
        assert service.put(desk, one) == ()


def test_a_desk_without_cards(desk):
    assert len(service.find(desk, "Amina", everybody)) == 0
    page = service.listing(desk, Filters(), Sort())
    assert (page.cards, page.total, page.number, page.pages, page.problems) == ((), 0, 1, 1, ())
    assert service.compact(desk) == 0


def test_a_card_comes_back_as_it_was_put(desk, cases):
    some = cases(5)
    fill(desk, some)
    assert cards_of(desk) == {one.case_id: one for one in some}


def test_the_newest_card_of_a_case_counts(desk, cases):
    first, *others = cases(3, called="Amina Test")
    fill(desk, [first, *others])
    service.put(desk, replace(first, called="Bekele Test", variants=(), risk="low"))
    assert cards_of(desk)[first.case_id].called == "Bekele Test"
    assert first.case_id not in found(desk, "Amina Test")
    assert found(desk, "Bekele") == [first.case_id]


def test_the_tail_is_written_at_every_save_and_never_changes_its_size(desk, cases):
    (one,) = cases(1)
    seen = []
    for _ in range(3):
        service.put(desk, one)
        (row,) = tail().scalars()
        seen.append((row.seq, row.rev, bytes(row.blob)))
    assert len({seq for seq, _, _ in seen}) == len({blob for _, _, blob in seen}) == 3
    assert {len(blob) for _, _, blob in seen} == {TAIL + AROUND}


def test_a_full_tail_becomes_a_block_and_nothing_is_lost(desk, cases):
    some = cases(400)
    fill(desk, some)
    tails = db.session.scalars(select(Segment.is_tail)).all()
    assert tails.count(True) == 1
    assert 1 <= tails.count(False) <= 4
    assert cards_of(desk) == {one.case_id: one for one in some}
    lengths = db.session.scalars(select(func.length(Segment.blob)))
    assert {(length - AROUND) % TAIL for length in lengths} == {0}


def test_every_block_with_a_card_of_a_case_is_in_the_map(desk, cases):
    some = cases(250)
    fill(desk, some)
    fill(desk, some[:40])
    lies = {
        (case_id, segment_id) for segment_id, pack in packs_of(desk).items() for case_id in pack.case_ids()
    }
    mapped = db.session.execute(select(SegmentOfCase.case_id, SegmentOfCase.segment_id)).all()
    assert {tuple(row) for row in mapped} == lies
    assert len(mapped) > len(some)


def packs_of(desk):
    from casework.search.opened import read_blocks  # noqa: PLC0415 - looks behind the door here only

    return read_blocks(desk).packs


def test_compaction_leaves_one_card_a_case_in_no_order(desk, cases):
    some = cases(250)
    fill(desk, some)
    fill(desk, [replace(one, risk="low") for one in some[:90]])
    assert service.compact(desk) == 1
    assert cards_of(desk) == {
        one.case_id: replace(one, risk="low") if n < 90 else one for n, one in enumerate(some)
    }
    (pack,) = [pack for pack in packs_of(desk).values() if len(pack)]
    assert len(pack) == 250
    assert pack.case_ids() != [one.case_id for one in some]
    assert db.session.scalar(select(func.count()).select_from(SegmentOfCase)) == 250
    service.put(desk, some[0])
    assert cards_of(desk)[some[0].case_id] == some[0]


def test_a_card_that_is_taken_out_is_in_no_block(desk, cases):
    some = cases(150)
    fill(desk, some)
    fill(desk, some[:1])
    assert service.take_out(desk, some[0].case_id) == ()
    assert all(some[0].case_id not in pack.case_ids() for pack in packs_of(desk).values())
    assert len(cards_of(desk)) == 149
    assert not db.session.scalars(select(SegmentOfCase).where(SegmentOfCase.case_id == some[0].case_id)).all()


def test_only_who_may_see_a_case_finds_it(desk, cases):
    some = cases(3, called="Amina Test", variants=())
    fill(desk, some)
    allowed = {some[1].case_id}
    hits = service.find(desk, "Ameena Test", allowed.__contains__)
    assert [hit.card for hit in hits] == [some[1]]


def test_another_desk_has_other_cards(world, desk, cases):
    fill(desk, cases(2, called="Amina Test"))
    home = world.actor(world.ram).desk
    assert len(service.find(home, "Amina Test", everybody)) == 0
    assert len(service.open_cards(home).pack) == 0


def test_lists_are_filtered_and_sorted(desk, cases):
    some = cases(60)
    fill(desk, some)
    page = service.listing(desk, Filters(risks=frozenset({"high"})), Sort("opened", descending=False), size=5)
    wanted = sorted((c for c in some if c.risk == "high"), key=lambda c: (c.opened, c.ref))
    assert (list(page.cards), page.total) == (wanted[:5], len(wanted))


def test_a_new_epoch_takes_the_blocks_along(world, desk, cases):
    fill(desk, cases(150))
    db.session.commit()
    before = cards_of(desk)
    mei = world.actor(world.mei).desk
    newer = keeping.new_epoch(mei)
    slices = 0
    while service.reseal(newer, 1):
        slices += 1
    assert slices == db.session.scalar(select(func.count()).select_from(Segment))
    epochs = {int.from_bytes(blob[1:5], "big") for blob in db.session.scalars(select(Segment.blob))}
    assert epochs == {newer.epoch}
    assert cards_of(newer) == before


def test_keys_of_an_older_epoch_write_nothing(world, desk, cases):
    (one,) = cases(1)
    keeping.new_epoch(world.actor(world.mei).desk)
    with pytest.raises(Conflict):
        service.put(desk, one)


def test_a_row_that_somebody_else_wrote_meanwhile_is_a_conflict(desk, cases):
    service.put(desk, cases(1)[0])
    shelf = Shelf(desk)
    (tail_id,) = shelf.lines
    db.session.execute(Segment.__table__.update().values(rev=Segment.rev + 1))
    with pytest.raises(Conflict):
        shelf.rewrite(tail_id, bytes(TAIL))
    db.session.execute(SegmentManifest.__table__.update().values(rev=SegmentManifest.rev + 1))
    with pytest.raises(Conflict):
        shelf.close()


def test_nothing_of_a_card_is_readable_in_the_tables(desk, cases):
    fill(
        desk,
        cases(80, called="Zyxwvut Marked", phones=("987654",), documents=("MARKED1",), kind="marked_kind"),
    )
    for table in (Segment, SegmentManifest):
        for blob in db.session.scalars(select(table.blob)):
            for mark in (b"Zyxwvut", b"987654", b"MARKED", b"marked", b"zikswut"):
                assert mark not in blob


def test_what_was_replaced_does_not_pile_up(desk, cases, monkeypatch):
    compacted = []
    original = writing.compact
    monkeypatch.setattr(writing, "compact", lambda keys: compacted.append(original(keys)))
    some = cases(300)
    fill(desk, some)
    assert not compacted
    for turn in range(3):
        fill(desk, [replace(one, due=one.opened + timedelta(days=turn)) for one in some])
    assert compacted
    assert len(cards_of(desk)) == len(some)
    places = db.session.scalar(select(func.count()).select_from(SegmentOfCase))
    assert places <= 2 * len(some) + TAIL // 100


def test_a_number_that_somebody_wrote_does_not_use_up_all_that_follow(desk, cases):
    first, second = cases(2)
    fill(desk, [first])
    db.session.execute(update(Segment).where(Segment.is_tail).values(seq=2**31 - 1))
    for one in (second, first, second):
        service.put(desk, one)
    assert db.session.scalar(select(func.max(Segment.seq)).where(Segment.seq < 2**31 - 1)) < 100
