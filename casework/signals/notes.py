"""What coordinators of two desks write to each other about a name that both know. No case is in it, and none is led to."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.signals import service
from casework.signals.models import SignalNote
from casework.vault import ChainState, catalogue, keeping, to_desk

_BODY = catalogue.field("signal_note.body")
_PURPOSE = "signal note"
_FILL = 1_900
LONGEST = 1_000


@dataclass(frozen=True)
class Note:
    """One thing that was written.

    Attributes:
        about: the entry of the register.
        with_desk: the other desk.
        own: whether this desk wrote it.
        by: who wrote it, as the network calls them.
        at: when.
        text: what.
    """

    about: UUID
    with_desk: UUID
    own: bool
    by: UUID
    at: datetime
    text: str


def write(actor: Actor, respondent_id: UUID, to: UUID, text: str, form_token: UUID) -> None:
    """Write to the coordinators of another desk that knows the same name.

    Args:
        actor: who coordinates this desk, with the network's keys open.
        respondent_id: the entry that leads.
        to: the other desk.
        text: no name of a person.
        form_token: of the form; the same one twice is one note.

    Raises:
        NotFound: it is no signal, or that desk does not know the name.
        Invalid: nothing, or too much.
    """
    policy.require(actor, Action.SIGNAL_DECIDE)
    signal, text = service.get(actor, respondent_id), text.strip()
    if to not in {one.desk.desk_id for one in signal.elsewhere}:
        raise NotFound
    if not text:
        raise Invalid("Write something.", "text")
    if len(text) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most.", "text", most=LONGEST)
    mine = select(SignalNote.id).where(
        SignalNote.form_token == form_token, SignalNote.desk_id == actor.desk.desk_id
    )
    if db.session.scalar(mine) is not None:
        return
    keeping.hold_epoch(actor.network.desk_id, actor.network.epoch)
    audit.take_turn(actor.desk.desk_id)
    said = _said(actor, signal.one.id, to, text)
    for state in (actor.desk.state, keeping.load(to, actor.person if to in actor.person.pins else None)):
        if state.network_id != actor.network.desk_id:
            raise NotFound
        _keep(actor, state, said, form_token)
    audit.record(actor.desk, Event.SIGNAL_NOTED, respondent=str(signal.one.id), to_desk=str(to))


def _said(actor: Actor, about: UUID, to: UUID, text: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "about": str(about),
        "from": str(actor.desk.desk_id),
        "to": str(to),
        "by": str(actor.user_id),
        "at": clock.now().isoformat(),
        "text": text,
    }
    return said | {"signed": to_desk.sign(actor.person, _PURPOSE, _signed(said)).hex()}


def _signed(said: dict[str, Any]) -> str:
    return json.dumps({key: said[key] for key in ("about", "from", "to", "by", "at", "text")}, sort_keys=True)


def _keep(actor: Actor, state: ChainState, said: dict[str, Any], form_token: UUID) -> None:
    """A copy for one desk: boxed to it, under the network's seal."""
    row = SignalNote(id=uuid4(), desk_id=state.desk_id, on=clock.today(), form_token=form_token)
    size = len(json.dumps(said, ensure_ascii=False).encode())
    box = to_desk.pack(state, _BODY, row.id, said | {"fill": " " * (_FILL - size)})
    row.body = actor.network.seal(_BODY, row.id, box.hex())
    db.session.add(row)
    db.session.flush()


def listing(actor: Actor, about: frozenset[UUID] | None = None) -> list[Note]:
    """What was written to and by this desk, newest first; what does not open, or is nobody's, is left out.

    Args:
        actor: who coordinates this desk, with the network's keys open.
        about: entries of the register; everything, if left out.
    """
    policy.require(actor, Action.SIGNAL_VIEW)
    rows = db.session.scalars(select(SignalNote).where(SignalNote.desk_id == actor.desk.desk_id)).all()
    found = [note for row in rows if (note := _read(actor, row)) is not None]
    fitting = [one for one in found if about is None or one.about in about]
    return sorted(fitting, key=lambda one: (one.at, str(one.by)), reverse=True)


def _read(actor: Actor, row: SignalNote) -> Note | None:
    try:
        packed = actor.network.open(_BODY, row.id, row.body)
        value = to_desk.unpack(actor.desk, _BODY, row.id, bytes.fromhex(str(packed)))
    except (Refused, ValueError):
        return None
    if not isinstance(value, dict):
        return None
    by, signed = UUID(value["by"]), bytes.fromhex(value["signed"])
    if not to_desk.signed_by(actor.network.state, by, signed, _PURPOSE, _signed(value)):
        return None
    here, sender = actor.desk.desk_id, UUID(value["from"])
    other = UUID(value["to"]) if sender == here else sender
    at = datetime.fromisoformat(value["at"])
    return Note(UUID(value["about"]), other, sender == here, by, at, value["text"])
