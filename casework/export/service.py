"""Asking, agreeing, stopping: the door through which all files of a desk could leave, and who holds it open."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import versions
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound
from casework.export import asked, terms
from casework.export.asked import Asked, Said, Stand
from casework.export.models import DeskExport
from casework.vault import keeping
from casework.vault.catalogue import field

BODY = field("desk_export.body")
LONGEST = 400
#: More coordinators could agree to, or come back to, than anybody would.
MOST_MADE = 20
#: Bytes up to which all of them look alike.
_FILL = 8_000


@dataclass(frozen=True)
class Standing:
    """What was asked for, and where it stands.

    Attributes:
        asked: what.
        stand: where.
    """

    asked: Asked
    stand: Stand

    @property
    def living(self) -> bool:
        """Whether something still has to be done or heard."""
        return self.stand in asked.LIVING


def ask(actor: Actor, reason: str, form_token: UUID) -> UUID:
    """Ask that all files of the desk be taken along; nothing happens until somebody else agrees.

    Args:
        actor: a coordinator.
        reason: why, without names of people who were helped.
        form_token: of the form; the same one twice asks once.

    Returns:
        Its id.

    Raises:
        Denied: not for this person.
        Invalid: no reason, nobody who could agree, or something like it waits already.
        Conflict: the token belongs to another desk, or the desk's keys were changed just now.
    """
    policy.require(actor, Action.DESK_EXPORT)
    known = db.session.scalar(select(DeskExport).where(DeskExport.form_token == form_token))
    if known is not None:
        if known.desk_id != actor.desk_id:
            raise Conflict
        return known.id
    said = _reason(reason)
    _take_turn(actor)
    _check_alone(actor)
    row = DeskExport(id=uuid4(), desk_id=actor.desk.desk_id, form_token=form_token)
    one = asked.ask(actor.person, row.id, row.desk_id, said)
    at = versions.place(actor.desk, BODY, len(_rows(actor)))
    _seal(actor, row, asked.as_value(one))
    db.session.add(row)
    db.session.flush()
    audit.record(
        actor.desk,
        Event.EXPORT_ASKED,
        event_id=at,
        export=str(row.id),
        fingerprint=one.fingerprint,
        reason=said,
    )
    return row.id


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise Invalid("Write down why, so that it can be answered for.", "reason")
    if len(reason) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most.", "reason", most=LONGEST)
    return reason


def _check_alone(actor: Actor) -> None:
    if any(one.living for one in _standing(actor)):
        raise Invalid("Somebody has asked for this already. One at a time.")
    if not any(who != actor.user_id for who in actor.desk.state.coordinators()):
        raise Invalid("There is no second coordinator who could agree. Admit one first.")


def agree(actor: Actor, export_id: UUID, fingerprint: str) -> None:
    """A second coordinator agrees to exactly what they saw.

    Args:
        actor: somebody else than who asked.
        export_id: what.
        fingerprint: of the request, as their page showed it.

    Raises:
        NotFound, Denied: there is none, or not for this person.
        Invalid: they asked themselves, it was agreed to already, or it counts no more.
        Conflict: it is not what their page showed.
    """
    row, one, stand = held(actor, export_id)
    if one.asked.by == actor.user_id:
        raise Invalid("A second coordinator has to agree: not who asked.")
    if one.agreed and one.agreed.by == actor.user_id and stand in asked.LIVING:
        return
    if stand is not Stand.ASKED:
        raise Invalid("This counts no more, or was agreed to already. Look at it again.")
    if fingerprint != one.fingerprint:
        raise Conflict
    told = {"export": str(row.id), "fingerprint": one.fingerprint}
    write(actor, row, asked.agree(actor.person, one), Event.EXPORT_AGREED, **told)


def stop(actor: Actor, export_id: UUID) -> None:
    """Take it back, take the yes back, or stop it: any coordinator can, and it is over. Twice is no error.

    Raises:
        NotFound, Denied: there is none, or not for this person.
    """
    row, one, _ = held(actor, export_id)
    if one.stopped is None:
        over = replace(one, stopped=Said(actor.user_id, clock.now()))
        write(actor, row, over, Event.EXPORT_STOPPED, export=str(row.id))


def standing(actor: Actor) -> list[Standing]:
    """Everything that was ever asked for at this desk, the newest first.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.DESK_EXPORT)
    return _standing(actor)


def told(actor: Actor) -> list[Standing]:
    """What everybody who works here is told: that it was asked for, that two agreed, that it was made lately."""
    policy.require(actor, Action.CASE_LIST)
    since = clock.now() - terms.load().told
    return [one for one in _standing(actor) if one.living or any(each.at > since for each in one.asked.made)]


def held(actor: Actor, export_id: UUID) -> tuple[DeskExport, Asked, Stand]:
    """One of this desk, to be changed.

    Raises:
        NotFound, Denied: there is none, or not for this person.
        Refused: it does not open, or is an older one that was put back.
    """
    policy.require(actor, Action.DESK_EXPORT)
    _take_turn(actor)
    query = policy.visible(actor, select(DeskExport), DeskExport.desk_id, Action.DESK_EXPORT)
    row = db.session.scalar(
        query.where(DeskExport.id == export_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    one = asked.read(row.id, row.desk_id, versions.opened(actor.desk, BODY, row))
    return row, one, one.stand(actor.desk.state, _locked_at(actor, one.asked.at))


def write(actor: Actor, row: DeskExport, one: Asked, event: Event, **details: Any) -> None:
    """Seal what became of it, and record it.

    Args:
        actor: who did it.
        row: held.
        one: as it is from now on.
        event: what it was.
        details: of the event.
    """
    value = versions.opened(actor.desk, BODY, row) | asked.as_value(one)
    at = versions.change(actor.desk, BODY, row.id, value)
    _seal(actor, row, value)
    db.session.flush()
    audit.record(actor.desk, event, event_id=at, **details)


def _take_turn(actor: Actor) -> None:
    """The desk's row before its record: whoever changes the keys takes them in this order too."""
    keeping.hold_epoch(actor.desk.desk_id, actor.desk.epoch)
    audit.take_turn(actor.desk.desk_id)


def _seal(actor: Actor, row: DeskExport, value: asked.Stored) -> None:
    value = {name: part for name, part in value.items() if name != "fill"}
    size = len(json.dumps(value, ensure_ascii=False).encode())
    row.body = actor.desk.seal(BODY, row.id, value | {"fill": " " * (_FILL - size)})


def _standing(actor: Actor) -> list[Standing]:
    rows, _ = versions.listed(actor.desk, BODY, lambda: _rows(actor))
    found = [asked.read(row.id, row.desk_id, value) for row, value in rows]
    fresh = [one.asked.at for one in found if one.ends_at > clock.now() and not one.stopped]
    locked_at = _locked_at(actor, min(fresh)) if fresh else None
    every = [Standing(one, one.stand(actor.desk.state, locked_at)) for one in found]
    return sorted(every, key=lambda one: one.asked.asked.at, reverse=True)


def _rows(actor: Actor) -> Sequence[DeskExport]:
    query = select(DeskExport).where(DeskExport.desk_id == actor.desk_id).order_by(DeskExport.id)
    return db.session.scalars(query).all()


def _locked_at(actor: Actor, since: datetime) -> datetime | None:
    """When the desk was locked last; only what was asked for before that has to be asked for anew."""
    seen = audit.lately(actor.desk, since.date(), Event.DESK_LOCKED)
    return max((one.at for one in seen if one.at), default=None)
