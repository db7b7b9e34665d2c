"""Tasks of cases on days that a test chooses."""

from datetime import date
from uuid import uuid4

from casework.cases import assignment
from casework.deadlines import service
from tests import factories

NOBODY = (None, None)


def case_of(actor, owner, backup=None, **told) -> str:
    """A case that somebody works on, and its reference."""
    row = factories.case(actor, called="Amina Test", **told)
    assignment.assign(
        actor, row.ref, owner.user_id, backup and backup.user_id, (row.primary_id, row.backup_id)
    )
    return row.ref


def task(actor, ref: str, day: date, pair=NOBODY, title="Bring the passport copy"):
    return service.add_task(actor, ref, title, day, pair, uuid4())
