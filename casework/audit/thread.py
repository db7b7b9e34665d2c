"""Threads into the record: events whose id can be foretold, so that what is missing elsewhere is betrayed here.

Rows that were deleted or put back say nothing of it themselves. If the event of the next change stands in the
record, they are not the newest. Whoever cuts the end off the record as well leaves one that is not whole.
"""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from casework.audit.models import AuditEvent
from casework.db import db
from casework.vault.encoding import bound

_AT_ONCE = 500


def public_id(desk_id: UUID, what: str, number: int) -> UUID:
    """The id of an event that those without a key of the desk must foretell.

    Args:
        desk_id: where, or of what else that has an id of its own.
        what: is numbered; it gives the number of an event away, which the rows beside it do as well.
        number: of the event, from 1.
    """
    drawn = sha256(bound("thread", desk_id, what, number)).digest()
    return UUID(bytes=drawn[:16], version=4)


def there(event_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these events stand in the record of any desk; an id binds the desk already."""
    wanted, found = list(event_ids), set()
    for at in range(0, len(wanted), _AT_ONCE):
        some = AuditEvent.id.in_(wanted[at : at + _AT_ONCE])
        found |= set(db.session.scalars(select(AuditEvent.id).where(some)))
    return found
