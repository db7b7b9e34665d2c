"""Closed cases with a past, for the tests of what becomes of them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from casework import clock
from casework.cases import entries, life
from casework.cases.models import Case
from casework.db import db
from tests import factories

#: The day on which all of them were closed.
CLOSED_AT = datetime(2024, 11, 22, 9, 0, tzinfo=UTC)
#: The first moment at which their names may go.
ENDS_AT = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)


def closed(actor, reason="withdrew", *, at=CLOSED_AT, called="Amina Hassan", **told):
    """A case that was closed on a day; its row."""
    with clock.at(at - timedelta(days=9)):
        told = {"host": "QA", "home": "NP", "kind": "wage_theft"} | told
        row = factories.case(actor, called=called, **told)
        entries.add(actor, row.ref, "note", clock.now(), "Called twice", uuid4())
    with clock.at(at):
        ending = factories.ending(reason, told_on=at.date())
        life.close(actor, row.ref, ending, db.session.get_one(Case, row.id).status)
    db.session.commit()
    return row
