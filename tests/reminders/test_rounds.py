"""The round: everybody who asked is told once of each step, in one mail for all of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from casework.cases import entries, erasing, opening, readers
from casework.db import db
from casework.deadlines import service
from casework.deadlines.held import Sort as Dated
from casework.reminders import rounds, wishes
from casework.reminders.models import DueHour, Letter, Reminder
from casework.reminders.wishes import Sort, Wish
from tests.reminders.dates import case_of, task

SERVER = b"s" * 32
WISH = Wish("one@example.org", "en", "UTC", 0, 0)
NOW = datetime(2026, 3, 22, 9, 0, tzinfo=UTC)
DAY = date(2026, 4, 2)


@pytest.fixture(autouse=True)
def _stand(freeze):
    freeze(NOW)


@pytest.fixture
def asked(asha, bo, mei):
    """All three asked for mail, and their first mails are out."""
    for actor in (asha, bo, mei):
        wishes.put(SERVER, actor, WISH)
    sent()
    return {}


def sent(sort=None):
    """Who is written to now; their mails are out afterwards."""
    found = db.session.execute(
        select(Letter, Reminder).join(Reminder, Reminder.id == Letter.reminder_id)
    ).all()
    names = []
    for letter, row in found:
        if sort is None or letter.sort == sort:
            names.append(row.membership_id)
        db.session.delete(letter)
    db.session.flush()
    return set(names)


def membership(actor):
    from casework.reminders import members  # noqa: PLC0415 - only here

    return members.mine(actor)


def go(freeze, moment):
    freeze(moment)
    rounds.go(SERVER)
    return sent(Sort.DATES)


def test_the_ladder_is_climbed_until_somebody_did_it(freeze, asked, asha, bo, mei):
    ref = case_of(asha, asha, bo)
    one = task(asha, ref, DAY)
    a, b, m = map(membership, (asha, bo, mei))
    told = {
        moment: go(freeze, moment)
        for moment in (
            datetime(2026, 3, 31, 5, 59, tzinfo=UTC),
            datetime(2026, 3, 31, 6, 0, tzinfo=UTC),
            datetime(2026, 3, 31, 6, 5, tzinfo=UTC),
            datetime(2026, 4, 2, 6, 0, tzinfo=UTC),
            datetime(2026, 4, 2, 12, 0, tzinfo=UTC),
        )
    }
    assert list(told.values()) == [set(), {a}, set(), {a}, {b}]
    service.done(asha, ref, one, "Brought.")
    assert go(freeze, datetime(2026, 4, 3, 6, 0, tzinfo=UTC)) == set()
    task(asha, ref, DAY)
    assert go(freeze, datetime(2026, 4, 3, 6, 5, tzinfo=UTC)) == {m}


def test_an_emergency_goes_to_the_stand_in_and_the_coordinators_until_somebody_takes_it(
    freeze, asked, asha, bo, mei
):
    a, b, m = map(membership, (asha, bo, mei))
    ref, other = (case_of(asha, asha, bo, risk="emergency") for _ in range(2))
    assert go(freeze, NOW) == {a}
    assert go(freeze, NOW + timedelta(minutes=30)) == set()
    emergency = next(one for one in service.listing(asha, other).running if one.sort is Dated.EMERGENCY)
    service.acknowledge(asha, other, emergency.id)
    assert go(freeze, NOW + timedelta(hours=1)) == {b}
    assert go(freeze, NOW + timedelta(hours=2)) == {m}
    mine = next(one for one in service.listing(asha, ref).running if one.sort is Dated.EMERGENCY)
    service.acknowledge(asha, ref, mine.id)
    assert go(freeze, NOW + timedelta(hours=3)) == set()
    # Both were taken, and neither is done a day later.
    assert go(freeze, NOW + timedelta(hours=24)) == {a}
    assert go(freeze, NOW + timedelta(hours=28)) == {a, b, m}


def test_what_belongs_to_nobody_goes_to_the_coordinators_at_once(freeze, asked, asha, mei):
    ref = case_of(asha, asha)
    from casework.cases import assignment  # noqa: PLC0415 - only here

    task(asha, ref, DAY)
    assignment.assign(mei, ref, None, None, (asha.user_id, None))
    assert go(freeze, datetime(2026, 3, 31, 6, 0, tzinfo=UTC)) == {membership(mei)}


def test_many_dates_are_one_mail_and_one_that_waits_is_enough(freeze, asked, asha):
    ref = case_of(asha, asha)
    for _ in range(3):
        task(asha, ref, DAY)
    freeze(datetime(2026, 3, 31, 6, 0, tzinfo=UTC))
    rounds.go(SERVER)
    freeze(datetime(2026, 4, 2, 6, 0, tzinfo=UTC))
    rounds.go(SERVER)
    assert len(db.session.scalars(select(Letter)).all()) == 1


def test_what_was_ended_by_mistake_is_told_again(freeze, asked, asha, bo):
    ref = case_of(asha, asha, bo)
    one = task(asha, ref, DAY)
    assert go(freeze, datetime(2026, 4, 2, 6, 0, tzinfo=UTC)) == {membership(asha)}
    service.done(asha, ref, one, "Brought.")
    service.reopen(asha, ref, one, "It was another paper.")
    assert go(freeze, datetime(2026, 4, 2, 12, 0, tzinfo=UTC)) == {membership(asha), membership(bo)}


def test_whoever_did_not_ask_is_not_written_to_and_nothing_is_kept_of_them(freeze, asha):
    task(asha, case_of(asha, asha), DAY)
    freeze(datetime(2026, 4, 2, 6, 0, tzinfo=UTC))
    rounds.go(SERVER)
    assert sent() == set()
    assert db.session.scalars(select(DueHour)).all() == []


def test_with_another_secret_of_the_server_nobody_is_written_to_and_nothing_breaks(freeze, asked, asha):
    task(asha, case_of(asha, asha), DAY)
    freeze(datetime(2026, 4, 2, 6, 0, tzinfo=UTC))
    rounds.go(b"t" * 32)
    assert sent() == set()
    rounds.go(SERVER)
    assert sent() == {membership(asha)}


def test_a_case_of_named_people_is_told_to_them_alone(freeze, asked, asha, bo, mei):
    ref = case_of(asha, asha, bo)
    task(asha, ref, DAY)
    readers.choose(asha, ref, frozenset({asha.user_id, bo.user_id}), None)
    assert go(freeze, datetime(2026, 4, 3, 6, 0, tzinfo=UTC)) == {membership(asha), membership(bo)}


def test_a_coordinator_hears_each_morning_that_the_desk_has_dates(freeze, asked, asha, bo, mei):
    wishes.put(SERVER, mei, replace(WISH, zone="Asia/Kathmandu", digest=True))
    ref = case_of(asha, asha, bo)

    def digest(moment):
        freeze(moment)
        rounds.go(SERVER)
        return sent(Sort.DIGEST)

    assert digest(datetime(2026, 4, 1, 3, 0, tzinfo=UTC)) == set()
    task(asha, ref, DAY)
    assert digest(datetime(2026, 4, 2, 1, 0, tzinfo=UTC)) == set()  # 06:45 there
    assert digest(datetime(2026, 4, 2, 1, 15, tzinfo=UTC)) == {membership(mei)}
    assert digest(datetime(2026, 4, 2, 9, 0, tzinfo=UTC)) == set()
    assert digest(datetime(2026, 4, 3, 1, 15, tzinfo=UTC)) == {membership(mei)}


def test_what_was_told_is_forgotten_and_not_told_again(freeze, asked, asha):
    ref = case_of(asha, asha)
    task(asha, ref, DAY)
    assert go(freeze, datetime(2026, 4, 2, 6, 0, tzinfo=UTC)) == {membership(asha)}
    freeze(datetime(2026, 5, 4, 7, 0, tzinfo=UTC))
    rounds.forget()
    assert db.session.scalars(select(DueHour)).all() == []
    entries.add(asha, ref, "note", NOW, "Nothing new.", uuid4())
    rounds.go(SERVER)
    assert sent() == set()


def test_a_case_that_is_saved_again_tells_nothing_twice(freeze, asked, asha):
    ref = case_of(asha, asha)
    task(asha, ref, DAY)
    assert go(freeze, datetime(2026, 4, 2, 6, 0, tzinfo=UTC)) == {membership(asha)}
    entries.add(asha, ref, "note", NOW, "Nothing new.", uuid4())
    assert go(freeze, datetime(2026, 4, 2, 6, 30, tzinfo=UTC)) == set()


def test_whoever_asks_later_is_told_of_what_was_there_before(freeze, asha, bo):
    ref = case_of(asha, asha, bo)
    task(asha, ref, DAY)
    hidden = case_of(asha, asha, bo)
    task(asha, hidden, DAY)
    readers.choose(asha, hidden, frozenset({asha.user_id, bo.user_id}), None)
    wishes.put(SERVER, asha, WISH)
    sent()
    assert go(freeze, datetime(2026, 4, 2, 6, 0, tzinfo=UTC)) == {membership(asha)}


def test_an_erased_case_leaves_no_hour(freeze, asked, asha, mei):
    ref = case_of(asha, asha)
    task(asha, ref, DAY)
    assert db.session.scalars(select(DueHour)).all() != []
    erasing.erase(mei, ref, "person_asked", ref, timedelta(days=35), uuid4())
    db.session.flush()
    assert db.session.scalars(select(DueHour)).all() == []


def test_whoever_asks_for_nothing_any_more_leaves_no_hour(asked, asha, bo, mei):
    task(asha, case_of(asha, asha, bo), DAY)
    for actor in (asha, bo, mei):
        wishes.end(actor)
    assert db.session.scalars(select(DueHour)).all() == []


def test_an_hour_names_no_case_and_no_date(asked, asha):
    ref = case_of(asha, asha)
    one = task(asha, ref, DAY)
    case = opening.load(asha, ref)
    for row in db.session.scalars(select(DueHour)):
        assert not {row.id, row.membership_id, row.desk_id} & {case.id, one}
        assert row.at is None or (row.at.minute, row.at.second) == (0, 0)
