"""Making the file, case by case. Each step asks anew whether it still may; nothing of it is ever kept.

What calls this owns the transactions: one a case, ended before a byte of that case is sent. So a record that a case
left is never lost, and nobody else waits for longer than one case takes.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.audit.events import Event
from casework.cases.models import Case
from casework.db import db
from casework.errors import CaseworkError, Invalid, NotFound
from casework.export import service
from casework.export.asked import Asked, Made, Stand


class BrokenOff(CaseworkError):
    """It may not go on: the desk was locked, somebody stopped it, the session ended. Says nothing else."""


@dataclass(frozen=True)
class Going:
    """A file that is being made.

    Attributes:
        id: what was agreed to.
        token: of this time.
        two: the coordinators.
        refs: of the cases, as they stand now, in one order.
    """

    id: UUID
    token: UUID
    two: frozenset[UUID]
    refs: tuple[str, ...]


def ready(actor: Actor, export_id: UUID) -> Asked:
    """What may be made now, by this person.

    Raises:
        NotFound, Denied: there is none, or it is not theirs to make.
        Invalid: it waits, or counts no more.
    """
    _, one, stand = service.held(actor, export_id)
    if one.asked.by != actor.user_id:
        raise NotFound
    if stand is not Stand.READY:
        raise Invalid("It cannot be made now. Look at where it stands.")
    return one


def begin(actor: Actor, export_id: UUID, token: UUID) -> Going:
    """Begin to make it.

    Args:
        actor: who asked.
        export_id: what.
        token: of the form; with the same one it is made once, also where that broke off.

    Raises:
        NotFound, Denied: there is none, or it is not theirs to make.
        Invalid: it waits, counts no more, or this form was sent before.
    """
    one = ready(actor, export_id)
    row, _, _ = service.held(actor, export_id)
    if any(each.token == token for each in one.made):
        raise Invalid("It is being made already, or was made with these words. Go back and take new ones.")
    if len(one.made) >= service.MOST_MADE:
        raise Invalid("It was made too often. Ask for it anew.")
    begun = replace(one, made=(*one.made, Made(clock.now(), token)))
    service.write(actor, row, begun, Event.EXPORT_BEGUN, export=str(row.id))
    refs = db.session.scalars(select(Case.ref).where(Case.desk_id == actor.desk_id).order_by(Case.ref))
    return Going(row.id, token, one.two, tuple(refs))


def go_on(actor: Actor, going: Going) -> None:
    """Go on only if it still may.

    Args:
        actor: who makes it, as they stand at the desk at this moment.
        going: what is being made.

    Raises:
        BrokenOff: it may not.
    """
    try:
        ready(actor, going.id)
    except (NotFound, Invalid):
        raise BrokenOff from None


def end(actor: Actor, going: Going, cases: int, files: int, manifest: str) -> None:
    """It came to its end: everything was handed to the network.

    Args:
        actor: who made it.
        going: what was made.
        cases, files: how many are in it.
        manifest: SHA-256 of the list of what is in it.

    Raises:
        BrokenOff: it may not.
    """
    go_on(actor, going)
    row, one, _ = service.held(actor, going.id)
    made = tuple(
        replace(each, done_at=clock.now(), cases=cases, files=files, manifest=manifest)
        if each.token == going.token
        else each
        for each in one.made
    )
    service.write(
        actor,
        row,
        replace(one, made=made),
        Event.EXPORT_MADE,
        export=str(row.id),
        cases=cases,
        files=files,
        manifest=manifest,
    )
