"""The months that a kind's file says are those by which its cases lose their names: the job reads them, nobody types them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from casework import clock
from casework.cases.models import Case
from casework.db import db
from casework.retention import periods, pseudonymising
from casework.retention.models import Kept
from tests.factories.kinds import added
from tests.retention.closed import CLOSED_AT, closed


@pytest.fixture
def allotment(tmp_path, monkeypatch):
    yield from added(tmp_path, monkeypatch)


def _run(at):
    with clock.at(at):
        gone = pseudonymising.run()
    db.session.commit()
    return sum(gone.values())


def test_the_months_of_the_file_count_and_of_several_kinds_the_longest(allotment):
    assert periods.of_kinds(["allotment"]) == (3, 4)
    assert periods.of_kinds(["allotment", "housing"]) == (12, 24)


def test_a_closed_case_of_that_kind_loses_its_name_in_its_own_month(allotment, asha):
    row = closed(asha, kind="allotment")
    kept = db.session.scalars(select(Kept).where(Kept.case_id == row.id)).one()
    assert (kept.review_on, kept.ends_on) == (date(2025, 3, 1), date(2025, 4, 1))
    ends = CLOSED_AT.replace(year=2025, month=4, day=1, hour=0)
    assert _run(ends - timedelta(minutes=1)) == 0
    assert db.session.get(Case, row.id) is not None
    assert _run(ends) == 1
    assert db.session.get(Case, row.id) is None
