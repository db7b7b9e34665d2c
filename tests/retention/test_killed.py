"""A run that is killed at any statement has done nothing, and the next one does all of it, once."""

import pytest
from sqlalchemy import event, func, select

from casework import clock
from casework.audit.models import AuditEvent
from casework.cases.models import Case
from casework.db import db
from casework.jobs import registry
from casework.queue import Outbox
from casework.retention.models import Kept, PurgeClock
from casework.vault.models import CaseWrap
from tests import factories
from tests.retention.closed import ENDS_AT, closed


class Killed(BaseException):
    """The worker is gone: nothing that stands after this is done."""


def run(dies_at):
    """Run the job; True if it came to its end before its so-manieth statement."""
    count = 0

    def look(*_):
        nonlocal count
        count += 1
        if count == dies_at:
            raise Killed

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        registry.perform("cases.pseudonymise", [])
        db.session.commit()
    except Killed:
        db.session.rollback()
        return False
    finally:
        event.remove(db.engine, "before_cursor_execute", look)
    return True


def standing():
    """What there is of the case: rows, keys, what stays, events, jobs."""
    counts = (select(func.count()).select_from(table) for table in (Case, CaseWrap, Kept, AuditEvent, Outbox))
    found = [db.session.scalar(count) for count in counts]
    links = list(db.session.scalars(select(Kept.case_id)))
    db.session.rollback()
    return found, links


@pytest.fixture
def row(asha):
    db.session.add(PurgeClock(id=1, at=ENDS_AT))
    return closed(asha)


def test_wherever_it_is_killed_all_of_it_is_there_or_gone(asha, row):
    before, dies_at = standing(), 0
    with clock.at(ENDS_AT):
        while True:
            dies_at += 1
            if run(dies_at):
                break
            assert standing() == before, f"killed at statement {dies_at}"
            if dies_at % 10 == 0:
                assert factories.reload(asha, row.ref).called == "Amina Hassan"
                db.session.rollback()
        after = standing()
        assert dies_at > 10
        assert (after[0][0], after[1]) == (0, [None])
        assert run(10_000)
        assert standing() == after
