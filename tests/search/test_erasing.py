from dataclasses import replace

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.models import Case
from casework.db import db
from casework.search import service
from casework.search.models import Segment, SegmentOfCase
from casework.search.service import Trouble


@pytest.fixture
def filled(desk, cases):
    """A desk whose first case has cards in several blocks."""
    some = cases(150)
    known = {one.case_id: one for one in some}
    service.rebuild(desk, list(known)[:140], known.get)
    for one in some[140:]:
        service.put(desk, one)
    service.put(desk, replace(some[0], risk="low"))
    assert len(blocks_of(some[0])) > 1
    db.session.commit()
    return some


def blocks_of(card):
    query = select(SegmentOfCase.segment_id).where(SegmentOfCase.case_id == card.case_id)
    return db.session.scalars(query).all()


def test_an_erasure_without_keys_reaches_every_card_of_a_case(desk, filled):
    erased, *others = filled
    blocks = blocks_of(erased)
    service.drop(erased.case_id)
    blobs = db.session.scalars(select(Segment.blob).where(Segment.id.in_(blocks))).all()
    assert blobs == [None] * len(blocks)
    assert not blocks_of(erased)
    opened = service.open_cards(desk)
    assert {problem.trouble for problem in opened.problems} == {Trouble.ERASED}
    assert erased.case_id not in opened.pack.case_ids()
    assert erased.case_id not in opened.missing
    assert set(opened.missing) == {one.case_id for one in others} - set(opened.pack.case_ids())


def test_what_went_with_an_erasure_is_made_anew(desk, filled):
    erased, *others = filled
    service.drop(erased.case_id)
    db.session.execute(delete(Case).where(Case.id == erased.case_id))
    db.session.commit()
    known = {one.case_id: one for one in others}
    missing = service.open_cards(desk).missing
    assert service.rebuild(desk, missing, known.get) == len(missing)
    db.session.commit()
    opened = service.open_cards(desk)
    assert (opened.problems, opened.missing) == ((), ())
    pack = opened.pack
    assert {pack.case_id(n): pack.card(n) for n in range(len(pack)) if pack.newest[n]} == known
    assert not [one for one in audit.of_desk(desk) if one.event is Event.SEAL_REFUSED]


def test_saving_goes_on_before_anything_is_made_anew(desk, filled):
    service.drop(filled[-1].case_id)
    assert service.open_cards(desk).missing
    service.put(desk, filled[1])
    opened = service.open_cards(desk)
    assert filled[1].case_id in opened.pack.case_ids()


def test_a_case_cannot_go_before_its_cards(filled):
    db.session.execute(delete(Case).where(Case.id == filled[0].case_id))
    with pytest.raises(IntegrityError):
        db.session.commit()


def test_erasing_what_has_no_card_does_nothing(database, cases):
    (one,) = cases(1)
    service.drop(one.case_id)
    assert not db.session.scalars(select(Segment)).all()


def test_taking_out_from_a_block_that_does_not_open_takes_the_block(desk, filled):
    erased, *others = filled
    (first, *_) = blocks_of(erased)
    db.session.execute(Segment.__table__.update().where(Segment.id == first).values(blob=bytes(90)))
    problems = service.take_out(desk, erased.case_id)
    assert [problem.trouble for problem in problems] == [Trouble.BROKEN]
    known = {one.case_id: one for one in others}
    service.rebuild(desk, service.open_cards(desk).missing, known.get)
    assert set(service.open_cards(desk).pack.case_ids()) == set(known)
