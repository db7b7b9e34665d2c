"""The clock that no date moves: it counts what the machine has run, loses what it was off, and never runs ahead."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from casework import clock
from casework.clock import Run
from casework.retention import steady
from casework.retention.models import SteadyClock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seen(date, start, seconds):
    with clock.at(date, Run(start, seconds)):
        return steady.now()


def beat(date, start, seconds):
    with clock.at(date, Run(start, seconds)):
        steady.beat()


@pytest.fixture(autouse=True)
def begun(database):
    beat(START, "first", 100.0)


@pytest.mark.parametrize("jump", [-900 * HOUR, timedelta(0), 48 * HOUR, 90_000 * HOUR])
def test_a_date_moves_nothing(begun, jump):
    assert seen(START + jump, "first", 3_700.0) == START + HOUR


def test_many_beats_count_no_more_than_what_passed():
    for hour in range(1, 6):
        beat(START + 30 * hour * HOUR, "first", 100.0 + 3_600 * hour)
    assert seen(START, "first", 100.0 + 3_600 * 6) == START + 6 * HOUR


def test_while_the_machine_is_off_nothing_is_counted():
    beat(START + HOUR, "first", 3_700.0)
    assert seen(START + 30 * HOUR, "second", 5.0) == START + HOUR
    beat(START + 30 * HOUR, "second", 5.0)
    assert seen(START + 31 * HOUR, "second", 3_605.0) == START + 2 * HOUR


def test_two_machines_that_beat_in_turn_count_every_hour_once():
    for hour in range(1, 6):
        now = START + hour * HOUR
        beat(now, "first", 100.0 + 3_600 * hour)
        beat(now, "other", 7.0 + 3_600 * hour)
    assert seen(START + 5 * HOUR, "first", 100.0 + 3_600 * 5) == START + 5 * HOUR
    assert seen(START + 6 * HOUR, "other", 7.0 + 3_600 * 6) == START + 6 * HOUR


def test_a_machine_that_never_beat_reads_what_the_others_wrote():
    beat(START + HOUR, "first", 3_700.0)
    assert seen(START + 2 * HOUR, "other", 50_000.0) == START + HOUR


def test_a_start_that_is_over_leaves_no_row(database):
    for day in range(1, 4):
        beat(START + 24 * day * HOUR, "second", 86_400.0 * day)
    assert database.session.scalars(select(SteadyClock.start)).all() == ["second"]


def test_a_machine_that_is_put_back_to_an_earlier_state_goes_not_back():
    assert seen(START, "first", 3.0) == START


def test_it_counts_by_itself():
    assert clock.run().start == clock.run().start
    assert clock.run().seconds <= clock.run().seconds
