"""Files of the store that no row names: of a form that was never finished, of what was taken out or erased.

Nothing here needs a key, so jobs and erasures without keys do it.
"""

from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from casework import queue
from casework.db import db
from casework.evidence.mending import DELETE
from casework.evidence.models import Attachment, StoredFile
from casework.store import Store

#: A folder tells the day of a file only, so two days are one at least. No form takes so long.
_YOUNG = timedelta(days=2)
_AT_ONCE = 200


#: Tells which of some files (of all, where none are given) a room above names.
Named = Callable[[Collection[UUID] | None], set[UUID]]
_named_above: list[Named] = []


def also_named(tell: Named) -> None:
    """Have a room above asked which files of the store it names, before one is deleted."""
    if tell not in _named_above:
        _named_above.append(tell)


def forget(case_id: UUID, *_: object) -> None:
    """Take all evidence of a case away, files too; for an emergency that ended, and for an erasure.

    Args:
        case_id: which case; no key of it is needed.
    """
    files = list(db.session.scalars(select(StoredFile.id).where(StoredFile.case_id == case_id)))
    db.session.execute(delete(Attachment).where(Attachment.case_id == case_id))
    db.session.execute(delete(StoredFile).where(StoredFile.case_id == case_id))
    for at in range(0, len(files), _AT_ONCE):
        queue.enqueue(DELETE, *files[at : at + _AT_ONCE])


def delete_unnamed(store: Store, *file_ids: UUID) -> None:
    """Delete those of these files that no row names; asked for when they were taken out.

    Raises:
        StoreAway: the store does not answer; the job is tried again.
    """
    named = set(db.session.scalars(select(StoredFile.id).where(StoredFile.id.in_(file_ids))))
    named = named.union(*(tell(file_ids) for tell in _named_above))
    store.delete(*(one for one in file_ids if one not in named))


def sweep(store: Store) -> int:
    """Delete every file that has lain in the store for days and that no row names.

    Returns:
        How many there were.

    Raises:
        StoreAway: the store does not answer; the job is tried again.
    """
    old = list(store.older_than(_YOUNG))
    named = set(db.session.scalars(select(StoredFile.id)))
    named = named.union(*(tell(None) for tell in _named_above))
    gone = [one for one in old if one not in named]
    store.delete(*gone)
    return len(gone)
