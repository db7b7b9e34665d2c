"""The calendar of one member: numbers on days, for as long as they work here."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from casework import clock
from casework.access import leaving, locking
from casework.access.models import Membership
from casework.cases import entries, life, readers
from casework.db import db
from casework.deadlines import service
from casework.errors import Denied, NotFound
from casework.reminders import feed
from casework.reminders.models import CalendarFeed
from casework.vault import Role
from tests import factories
from tests.cases.test_life import ENDING
from tests.factories.worlds import join
from tests.reminders.dates import case_of, task

NOW = datetime(2026, 3, 22, 9, 0, tzinfo=UTC)
DAY, LATER = date(2026, 4, 2), date(2026, 4, 3)


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(NOW)


@pytest.fixture
def door(app):
    return app.extensions["casework.doorway"]


def numbers(secret):
    return dict(feed.read(secret).numbers)


def test_it_counts_ones_own_dates_by_their_day(asha, bo):
    ref = case_of(asha, asha, bo)
    secret = feed.make(asha)
    task(asha, ref, DAY)
    task(asha, ref, DAY)
    task(asha, ref, LATER)
    task(asha, ref, LATER, (bo.user_id, None))
    assert numbers(secret) == {DAY: 2, LATER: 1}
    assert numbers(feed.make(bo)) == {LATER: 1}


def test_what_was_done_struck_out_or_closed_is_in_it_no_more(asha, bo):
    ref, other = case_of(asha, asha, bo), case_of(asha, asha, bo)
    secret = feed.make(asha)
    done, struck = task(asha, ref, DAY), task(asha, ref, LATER)
    service.done(asha, ref, done, "Brought.")
    service.strike(asha, ref, struck, "Twice.")
    assert numbers(secret) == {LATER: 1}
    service.answer_strike(bo, ref, struck, agree=True)
    assert numbers(secret) == {}
    task(asha, other, DAY)
    assert numbers(secret) == {DAY: 1}
    life.close(asha, other, ENDING, "contact")
    assert numbers(secret) == {}


def test_days_long_past_or_far_away_are_not_in_it(asha):
    ref = case_of(asha, asha)
    secret = feed.make(asha)
    for days in (-15, -14, 366, 367):
        task(asha, ref, clock.today() + timedelta(days=days))
    assert numbers(secret) == {date(2026, 3, 8): 1, date(2027, 3, 23): 1}


def test_only_its_hash_is_kept_and_a_new_one_ends_the_old(asha):
    first, second = feed.make(asha), feed.make(asha)
    assert len({first, second}) == 2
    with pytest.raises(NotFound):
        feed.read(first)
    assert numbers(second) == {}
    (row,) = db.session.scalars(select(CalendarFeed))
    assert second.encode() not in row.secret_hash
    assert len(second) >= 43


@pytest.mark.parametrize("guess", ["", "a", "A" * 43, "\ud800", "é" * 43])
def test_no_guess_opens_one(asha, guess):
    feed.make(asha)
    with pytest.raises(NotFound):
        feed.read(guess)


def test_its_own_hash_or_id_opens_nothing(asha):
    feed.make(asha)
    (row,) = db.session.scalars(select(CalendarFeed))
    for guess in (row.secret_hash.hex(), str(row.id), row.secret_hash.decode("latin-1")):
        with pytest.raises(NotFound):
            feed.read(guess)


def test_whoever_ends_it_has_none(asha):
    secret = feed.make(asha)
    assert feed.since(asha) == NOW.date()
    feed.end(asha)
    feed.end(asha)
    assert feed.since(asha) is None
    with pytest.raises(NotFound):
        feed.read(secret)


def test_an_ally_has_no_calendar(world):
    with pytest.raises(Denied):
        feed.make(world.actor(world.luz))


def test_it_ends_at_once_with_whoever_leaves(world, asha, mei, door):
    ref = case_of(asha, asha, world.actor(world.bo))
    entries.add(asha, ref, "handover", clock.now(), "What the next one needs to know.", uuid4())
    secret = feed.make(asha)
    leaving.remove(door, mei, asha.user_id)
    with pytest.raises(NotFound):
        feed.read(secret)
    assert db.session.scalars(select(CalendarFeed)).all() == []


def test_it_ends_on_the_last_day_before_anybody_lets_them_go(asha):
    secret = feed.make(asha)
    last = update(Membership).where(Membership.user_id == asha.user_id)
    db.session.execute(last.values(ends_on=clock.today() + timedelta(days=1)))
    assert numbers(secret) == {}
    db.session.execute(last.values(ends_on=clock.today()))
    with pytest.raises(NotFound):
        feed.read(secret)


def test_a_locked_desk_ends_all_of_its_calendars_and_no_others(world, asha, bo, ram, door):
    kim = factories.human("kim", "Kim")
    join(world.mei, world.network_id, kim, Role.VOLUNTEER)
    join(world.mei, world.host_id, kim, Role.COORDINATOR)
    theirs, others = [feed.make(world.actor(who)) for who in (world.asha, world.bo)], feed.make(ram)
    locking.lock(door, world.actor(world.bo))
    for secret in theirs:
        with pytest.raises(NotFound):
            feed.read(secret)
    assert numbers(others) == {}


def test_a_case_of_named_people_counts_for_them_alone(world, asha, bo):
    ref = case_of(asha, asha, bo)
    task(asha, ref, DAY)
    task(asha, ref, LATER, (world.mei.id, None))
    mine, mei = feed.make(asha), feed.make(world.actor(world.mei))
    readers.choose(asha, ref, frozenset({world.asha.id, world.bo.id}), None)
    assert numbers(mine) == {DAY: 1}
    assert numbers(mei) == {}
