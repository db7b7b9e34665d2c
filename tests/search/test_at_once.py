"""Several people save, erase and compact at one moment. No card is lost."""

from sqlalchemy import func, select

from casework.db import db
from casework.errors import Conflict
from casework.search import service
from casework.search.models import Segment, SegmentManifest, SegmentOfCase
from tests.cases.at_once import at_once


def state(desk):
    opened = service.open_cards(desk)
    assert (opened.problems, opened.missing) == ((), ())
    return set(opened.pack.case_ids())


def putting(world, who, some):
    def _put():
        desk = world.actor(who).desk
        for one in some:
            service.put(desk, one)

    return _put


def test_the_first_cards_of_a_desk_at_once(app, world, desk, cases):
    some = cases(4)
    db.session.commit()
    people = (world.asha, world.bo, world.mei, world.asha)
    assert (
        at_once(app, *(putting(world, who, [one]) for who, one in zip(people, some, strict=True)))
        == [None] * 4
    )
    db.session.rollback()
    assert state(desk) == {one.case_id for one in some}
    for table in (SegmentManifest, Segment):
        assert db.session.scalar(select(func.count()).select_from(table)) == 1


def test_many_writers_over_a_full_tail(app, world, desk, cases):
    some = cases(160)
    db.session.commit()
    halves = (some[:80], some[80:])
    assert at_once(
        app, *(putting(world, who, half) for who, half in zip((world.asha, world.bo), halves, strict=True))
    ) == [None, None]
    db.session.rollback()
    assert state(desk) == {one.case_id for one in some}


def test_saving_while_another_compacts(app, world, desk, cases):
    some = cases(160)
    for one in some[:150]:
        service.put(desk, one)
    db.session.commit()

    def compacting():
        service.compact(world.actor(world.mei).desk)

    assert at_once(app, compacting, *(putting(world, world.asha, [one]) for one in some[150:])) == [None] * 11
    db.session.rollback()
    assert state(desk) == {one.case_id for one in some}


def test_erasing_while_others_save(app, world, desk, cases):
    some = cases(130)
    for one in some[:120]:
        service.put(desk, one)
    db.session.commit()
    erased = some[0].case_id

    def erasing():
        service.drop(erased)

    assert at_once(app, erasing, *(putting(world, world.bo, [one]) for one in some[120:])) == [None] * 11
    db.session.rollback()
    opened = service.open_cards(desk)
    assert erased not in opened.pack.case_ids()
    assert not db.session.scalars(select(SegmentOfCase).where(SegmentOfCase.case_id == erased)).all()
    known = {one.case_id: one for one in some[1:]}
    service.rebuild(desk, [*opened.missing, *opened.lacking(known)], known.get)
    assert state(desk) == set(known)


def test_a_reader_sees_no_alarm_while_others_write(app, world, desk, cases):
    some = cases(90)
    db.session.commit()

    def reading():
        troubles = []
        keys = world.actor(world.mei).desk
        for _ in range(40):
            troubles += service.open_cards(keys).problems
            db.session.rollback()
        return troubles

    results = at_once(app, reading, putting(world, world.asha, some))
    assert results == [[], None]


def test_nobody_is_told_of_a_conflict_that_is_none(app, world, desk, cases):
    (one,) = cases(1)
    db.session.commit()
    results = at_once(app, *(putting(world, who, [one] * 5) for who in (world.asha, world.bo, world.mei)))
    assert not [result for result in results if isinstance(result, Conflict)]
    db.session.rollback()
    assert state(desk) == {one.case_id}
