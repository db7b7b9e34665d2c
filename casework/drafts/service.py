"""Keeping what was begun, giving it back to its owner, and forgetting it."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.access.actor import Actor
from casework.db import db
from casework.drafts import late, writing
from casework.drafts.models import Draft, LateForm
from casework.drafts.writing import Written
from casework.errors import NotFound, Refused
from casework.vault.catalogue import field

_BODY = field("draft.body")
#: Of one person at one desk. One more takes the place of the oldest.
MOST = 20


@dataclass(frozen=True)
class Kept:
    """Something that was begun.

    Attributes:
        id: of its row.
        written: what it holds.
        late: whether it came after its session had ended. Nobody's keys were open then, so that it is
            theirs is likely, not proved.
    """

    id: UUID
    written: Written
    late: bool


def keep(actor: Actor, written: Written, case_id: UUID | None = None) -> None:
    """Keep what a page holds now, in place of what it held before.

    What came late from the same page goes: this page went on from it.

    Args:
        actor: whose it is; they work at a desk.
        written: what to keep.
        case_id: the case whose form it is; what was begun on it goes at once when it is erased.
    """
    row = _row(actor, _id(actor, written.page), written)
    row.body = actor.person.seal(_BODY, row.id, writing.pack(written))
    row.purge_on, row.case_id = written.purge_on, case_id
    _forget_late(actor, written.page)
    db.session.flush()


def _id(actor: Actor, page: UUID) -> UUID:
    """The row of a page: whatever token somebody else's page carries, their row is another."""
    return uuid5(page, f"draft/{actor.user_id}/{actor.desk_id}")


def _row(actor: Actor, row_id: UUID, written: Written) -> Draft:
    row = db.session.get(Draft, row_id)
    if row is None:
        _make_room(actor)
        row = _new(actor, row_id, written)
    return row


def _new(actor: Actor, row_id: UUID, written: Written) -> Draft:
    """A row; when the same page is being kept at this very moment, that other one."""
    row = Draft(id=row_id, owner_id=actor.user_id, desk_id=actor.desk_id, purge_on=written.purge_on, body=b"")
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return db.session.get_one(Draft, row_id)
    return row


def _make_room(actor: Actor) -> None:
    """Let the oldest go where there are too many; one that does not open goes before all others."""
    rows = _rows(actor)
    if len(rows) >= MOST:
        opened = {kept.id: kept.written.at for kept in _opened(actor, rows)}
        oldest = sorted(rows, key=lambda row: (row.id in opened, opened.get(row.id)))
        for row in oldest[: len(rows) - MOST + 1]:
            db.session.delete(row)


def listing(actor: Actor) -> list[Kept]:
    """Everything that this person began at this desk, newest first. What does not open is left out."""
    found = [*_opened(actor, _rows(actor)), *_arrived(actor)]
    return sorted((one for one in found if one.written.fresh), key=lambda one: one.written.at, reverse=True)


def _rows(actor: Actor) -> list[Draft]:
    mine = select(Draft).where(Draft.owner_id == actor.user_id, Draft.desk_id == actor.desk_id)
    return list(db.session.scalars(mine))


def _opened(actor: Actor, rows: Iterable[Draft]) -> list[Kept]:
    found = []
    for row in rows:
        with suppress(Refused):
            written = writing.unpack(actor.person.open(_BODY, row.id, row.body))
            found.append(Kept(row.id, written, late=False))
    return found


def _arrived(actor: Actor) -> list[Kept]:
    """What was sent after a session had ended."""
    mine = select(LateForm).where(LateForm.owner_id == actor.user_id, LateForm.desk_id == actor.desk_id)
    found = []
    for row in db.session.scalars(mine):
        with suppress(Refused):
            written = late.opened(actor.person, row)
            found.append(Kept(row.id, written, late=True))
    return found


def get(actor: Actor, kept_id: UUID) -> Kept:
    """One of them.

    Raises:
        NotFound: it is gone, or another's, or another desk's.
    """
    for one in listing(actor):
        if one.id == kept_id:
            return one
    raise NotFound


def taken(actor: Actor, page: UUID) -> None:
    """What this page held was taken: it is no draft any more."""
    db.session.execute(delete(Draft).where(Draft.id == _id(actor, page)))
    _forget_late(actor, page)


def _forget_late(actor: Actor, page: UUID) -> None:
    if actor.desk_id is not None:
        db.session.execute(
            delete(LateForm).where(LateForm.id == late.row_id(actor.user_id, actor.desk_id, page))
        )


def throw_away(actor: Actor, kept_id: UUID) -> None:
    """Delete one, because its owner says so. Twice is once."""
    for table in (Draft, LateForm):
        db.session.execute(
            delete(table).where(
                table.id == kept_id, table.owner_id == actor.user_id, table.desk_id == actor.desk_id
            )
        )


def purge() -> Counter[UUID]:
    """Delete what nobody came back for; needs no keys.

    Returns:
        How many there were at each desk.
    """
    gone = Counter[UUID]()
    for table in (Draft, LateForm):
        rows = db.session.scalars(
            delete(table).where(table.purge_on <= clock.today()).returning(table.desk_id)
        )
        gone.update(rows.all())
    return gone
