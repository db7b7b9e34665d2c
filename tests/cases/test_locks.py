"""What holding a case keeps away, and what it must not: PostgreSQL, where people write side by side."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from casework import clock
from casework.access.policy import Action
from casework.cases import exceptions, opening
from casework.db import db
from tests import factories

pytestmark = pytest.mark.parametrize("backend", ["postgres"])

_TAKE = 'SELECT id FROM "case" WHERE id = :id FOR {} NOWAIT'


def can_take(lock, case_id):
    """Whether somebody else gets a lock on a case's row at once."""
    with db.engine.connect() as other:
        try:
            other.execute(text(_TAKE.format(lock)), {"id": case_id})
        except OperationalError:
            return False
        return True


def test_while_a_case_is_held_others_may_point_to_it_and_nobody_else_changes_it(database, asha):
    ref = factories.case(asha).ref
    db.session.commit()
    case_id = opening.hold(asha, ref, Action.CASE_WORK).id
    assert can_take("KEY SHARE", case_id)
    assert not can_take("NO KEY UPDATE", case_id)


def test_while_names_are_taken_away_others_may_point_to_the_case(database, asha):
    case = factories.case(asha, consent=None)
    exceptions.claim(asha, case.ref, "In danger, cannot be asked.")
    db.session.commit()
    assert exceptions.lapse(clock.now() + timedelta(hours=73)).total() == 1
    assert can_take("KEY SHARE", case.id)
    assert not can_take("NO KEY UPDATE", case.id)
