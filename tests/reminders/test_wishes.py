"""Where and when somebody wants mail: sealed under the server's secret, gone with its owner, quiet at night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from casework import queue
from casework.access import leaving, locking
from casework.db import db
from casework.errors import Denied, Invalid, Refused
from casework.reminders import wishes
from casework.reminders.models import Letter, Reminder
from casework.reminders.wishes import Wish
from casework.vault import Role
from tests import factories
from tests.factories.worlds import join

SERVER = b"s" * 32
WISH = Wish("asha@example.org", "es", "Asia/Qatar")


def rows(table):
    return db.session.scalars(select(table)).all()


def test_it_opens_under_the_servers_secret_and_no_other(asha):
    wishes.put(SERVER, asha, WISH)
    assert wishes.of(SERVER, asha) == WISH
    assert wishes.of(b"t" * 32, asha) is None
    (row,) = rows(Reminder)
    assert b"asha" not in row.body


def test_all_of_them_have_one_length(asha, bo):
    wishes.put(SERVER, asha, WISH)
    wishes.put(
        SERVER, bo, replace(WISH, address="b" * 60 + "@example.org", zone="America/Argentina/Buenos_Aires")
    )
    assert len({len(row.body) for row in rows(Reminder)}) == 1


def test_a_body_moved_to_somebody_elses_row_does_not_open(asha, bo):
    wishes.put(SERVER, asha, WISH)
    wishes.put(SERVER, bo, replace(WISH, address="bo@example.org"))
    one, other = rows(Reminder)
    one.body, other.body = other.body, one.body
    for row in (one, other):
        with pytest.raises(Refused):
            wishes.opened(SERVER, row)


def test_a_new_address_gets_a_first_mail_and_new_hours_do_not(asha):
    wishes.put(SERVER, asha, WISH)
    wishes.put(SERVER, asha, replace(WISH, quiet_from=22))
    (letter,) = rows(Letter)
    db.session.delete(letter)
    db.session.flush()
    wishes.put(SERVER, asha, replace(WISH, address="other@example.org"))
    assert len(rows(Letter)) == 1
    assert [row.name for row in rows(queue.Outbox)] == ["mail.send"] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "a b@example.org"},
        {"address": "asha@example"},
        {"address": "asha@example.org>"},
        {"address": "asha@example.org\nBcc: x@example.org"},
        {"address": "أشا@example.org"},
        {"zone": "Nowhere/City"},
        {"quiet_until": 24},
        {"digest": True},
    ],
)
def test_what_cannot_be_is_refused(asha, wrong):
    with pytest.raises(Invalid):
        wishes.put(SERVER, asha, replace(WISH, **wrong))
    assert rows(Reminder) == []


def test_an_ally_gets_no_mail(world):
    with pytest.raises(Denied):
        wishes.put(SERVER, world.actor(world.luz), WISH)


def test_whoever_ends_it_leaves_nothing(asha):
    wishes.put(SERVER, asha, WISH)
    wishes.end(asha)
    wishes.end(asha)
    assert rows(Reminder) == rows(Letter) == []


def test_it_goes_with_whoever_leaves(app, world, asha, mei):
    wishes.put(SERVER, asha, WISH)
    leaving.remove(app.extensions["casework.doorway"], mei, asha.user_id)
    assert rows(Reminder) == rows(Letter) == []


def test_a_locked_desk_keeps_no_address(app, world, asha, ram):
    kim = factories.human("kim", "Kim")
    join(world.mei, world.network_id, kim, Role.VOLUNTEER)
    join(world.mei, world.host_id, kim, Role.COORDINATOR)
    wishes.put(SERVER, world.actor(world.asha), WISH)
    wishes.put(SERVER, ram, WISH)
    locking.lock(app.extensions["casework.doorway"], world.actor(world.bo))
    assert [row.desk_id for row in rows(Reminder)] == [world.home_id]


def test_quiet_hours_over_midnight_end_in_the_morning_of_the_place():
    late = datetime(2026, 3, 22, 19, 30, tzinfo=UTC)  # 22:30 in Qatar
    assert WISH.not_before(late) == datetime(2026, 3, 23, 4, 0, tzinfo=UTC)
    early = datetime(2026, 3, 22, 1, 0, tzinfo=UTC)  # 04:00 in Qatar
    assert WISH.not_before(early) == datetime(2026, 3, 22, 4, 0, tzinfo=UTC)
    noon = datetime(2026, 3, 22, 9, 0, tzinfo=UTC)
    assert WISH.not_before(noon) == noon


_HOURS = st.integers(0, 23)
_ZONES = st.sampled_from(
    ["Asia/Qatar", "America/New_York", "Europe/Madrid", "Asia/Kathmandu", "Australia/Lord_Howe"]
)


@given(_HOURS, _HOURS, _ZONES, st.integers(0, 26_280))
def test_a_mail_waits_less_than_a_day_and_never_goes_out_in_quiet_hours(begin, end, zone, hours):
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=17)
    wish = replace(WISH, zone=zone, quiet_from=begin, quiet_until=end)
    then = wish.not_before(now)
    assert timedelta() <= then - now <= timedelta(hours=25)
    hour = then.astimezone(ZoneInfo(zone)).hour
    if begin == end:
        assert then == now
    elif then > now:
        # Where a clock change skips the very hour at which they end, it is the next one.
        assert hour in (end, (end + 1) % 24)
