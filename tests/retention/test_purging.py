"""Nothing goes by a clock that jumped, nothing twice, nothing early; what went is told to the desk."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework import clock
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.models import Case
from casework.db import db
from casework.errors import Denied
from casework.jobs import registry
from casework.retention import periods, purging, witness
from casework.retention.models import PurgeClock
from tests.retention.closed import ENDS_AT, closed

#: A full hour after what the record of a desk made today says: the clock may not be behind its record.
NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


class Shelf:
    """Something with an end: what has come to its end goes, and is counted."""

    def __init__(self, desk_id, ends):
        self.desk_id, self.ends, self.gone = desk_id, list(ends), []

    def purge(self):
        now = clock.now()
        over = [end for end in self.ends if end <= now]
        self.ends = [end for end in self.ends if end > now]
        self.gone += [(end, now) for end in over]
        return Counter({self.desk_id: len(over)})


def run(shelf, at):
    with clock.at(at):
        purging.run("drafts", shelf.purge)
        db.session.commit()


@pytest.fixture
def shelf(asha):
    made = Shelf(asha.desk_id, [NOW + timedelta(days=days) for days in (1, 400, 4000)])
    with clock.at(NOW):
        purging.run("drafts", made.purge)
    db.session.commit()
    return made


@pytest.mark.parametrize(
    "jump", [timedelta(days=8), timedelta(days=4000), timedelta(days=-1), timedelta(days=-900)]
)
def test_by_a_clock_that_jumped_nothing_goes_until_a_coordinator_says_so(shelf, asha, mei, jump):
    run(shelf, NOW + jump)
    assert shelf.gone == []
    with clock.at(NOW + jump):
        found = witness.jump()
        assert (found.trusted, found.now) == (NOW, NOW + jump)
        with pytest.raises(Denied):
            witness.trust(asha)
        witness.trust(mei)
        assert witness.jump() is None
    run(shelf, NOW + jump + timedelta(minutes=1))
    assert len(shelf.gone) == sum(
        end <= NOW + jump for end in [NOW + timedelta(days=d) for d in (1, 400, 4000)]
    )


def test_a_clock_that_comes_back_needs_nobody(shelf):
    run(shelf, NOW + timedelta(days=4000))
    assert witness.jump() is not None
    run(shelf, NOW + timedelta(days=2))
    assert witness.jump() is None
    assert [end for end, _ in shelf.gone] == [NOW + timedelta(days=1)]


def test_every_desk_is_told_once_that_it_stands_still(shelf, mei):
    for hours in range(3):
        run(shelf, NOW + timedelta(days=90, hours=hours))
    told = [one for one in audit.of_desk(mei.desk) if one.event is Event.CLOCK_STOPPED]
    assert len(told) == 1


def test_before_the_first_run_the_record_says_how_late_it_is(asha, mei):
    shelf = Shelf(asha.desk_id, [clock.now() + timedelta(days=1)])
    run(shelf, clock.now() + timedelta(days=3000))
    assert shelf.gone == []
    assert witness.jump() is not None


def test_what_went_is_told_by_day_and_kind(shelf, asha, mei):
    shelf.ends += [NOW + timedelta(days=1, minutes=1)] * 3
    for minutes in (0, 10, 20):
        run(shelf, NOW + timedelta(days=1, minutes=minutes))
    run(shelf, NOW + timedelta(days=2))
    with clock.at(NOW + timedelta(days=2)):
        assert [(one.what, one.count) for one in purging.reports(mei, timedelta(days=7))] == [("drafts", 4)]
        with pytest.raises(Denied):
            purging.reports(asha, timedelta(days=7))
    with clock.at(NOW + timedelta(days=12)):
        assert purging.reports(mei, timedelta(days=7)) == []


def test_the_job_takes_names_only_by_a_trusted_clock(asha):
    """The whole way that `make run` goes: the register's own function."""
    row = closed(asha)
    with clock.at(ENDS_AT - timedelta(days=3)):
        registry.perform("cases.pseudonymise", [])
        db.session.commit()
        witness.trusted()
    db.session.get_one(PurgeClock, 1).at = ENDS_AT - timedelta(days=3)
    db.session.commit()
    for moment, stays in ((ENDS_AT + timedelta(days=3000), True), (ENDS_AT, False)):
        with clock.at(moment):
            registry.perform("cases.pseudonymise", [])
            db.session.commit()
        assert (db.session.get(Case, row.id) is not None) is stays


STEPS = some.lists(
    some.tuples(
        some.sampled_from(["wait", "jump", "killed"]),
        some.integers(-2000, 2000),
    ),
    max_size=12,
)


@given(STEPS)
def test_whatever_the_clock_does_nothing_goes_early_or_twice(steps):
    """A model: true time only goes on; the server's clock may lie; a run may be killed before it is kept.

    What goes has come to its end by true time, unless the clock lied by no more than it is allowed to jump.
    """
    allowed = periods.load()
    true, lie, trusted = 0.0, 0.0, 0.0
    ends, gone = [float(hours) for hours in range(0, 24 * 200, 300)], []
    for what, hours in steps:
        true += abs(hours) if what == "wait" else 0.2
        lie += hours if what == "jump" else 0
        now = NOW + timedelta(hours=true + lie)
        if witness._jumped(NOW + timedelta(hours=trusted), now):
            continue
        over = [end for end in ends if end <= true + lie]
        if what == "killed":
            continue
        trusted = max(trusted, true + lie)
        ends = [end for end in ends if end not in over]
        gone += over
        early = max((end - true for end in over), default=0)
        assert early <= max(lie, 0) + 1e-6
    assert len(gone) == len(set(gone))
    assert allowed.jump == timedelta(days=7)
