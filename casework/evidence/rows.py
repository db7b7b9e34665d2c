"""The rows of a case's evidence, sealed as they lie, and the event of each change."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import NotFound
from casework.evidence import bodies
from casework.evidence.models import Attachment


def stored(case: OpenCase) -> tuple[Sequence[Attachment], bool]:
    """The rows, and whether they are all that was written; after an emergency ended the job took them away."""
    query = select(Attachment).where(Attachment.case_id == case.id).execution_options(populate_existing=True)
    rows, whole = case.keys.statement.stored(bodies.BODY, lambda: db.session.scalars(query).all())
    keys = [(row.id, row.keys) for row in rows]
    return rows, (whole and case.keys.statement.whole(bodies.KEYS, keys)) or (case.lapsed and not rows)


def rows_of(case: OpenCase) -> Sequence[Attachment]:
    """The rows of a case's evidence, sealed as they lie."""
    return stored(case)[0]


def row_of(case: OpenCase, piece_id: UUID) -> Attachment:
    """One row.

    Raises:
        NotFound: this case has no such piece.
    """
    wanted = select(Attachment).where(Attachment.id == piece_id, Attachment.case_id == case.id)
    row = db.session.scalar(wanted.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def record(case: OpenCase, event: Event, row: Attachment) -> None:
    """Write down that something was done with a piece."""
    rows = audit.digest(row.body, row.keys)
    audit.record(case.actor.desk, event, case=case.keys, attachment=str(row.id), rows=rows)
