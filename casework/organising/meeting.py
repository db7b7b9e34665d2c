"""The organiser's side: who wants to be met, opened with their own key alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.db import db
from casework.errors import NotFound, Refused
from casework.organising.boxes import BOX, signed
from casework.organising.models import Introduction
from casework.teams import keys as team_keys
from casework.vault import ChainState, to_desk
from casework.vault.chain.state import HOLDERS

#: What the organiser is not yet done with.
_FULL = Introduction.body != b""


@dataclass(frozen=True)
class Wanting:
    """Somebody who wants to be met.

    Attributes:
        id: of the row.
        called: by what name.
        channel: of the list `contact_channels`.
        number: that of this way; empty where it was taken back.
        words: how they want to be reached; empty where it was taken back.
        named: the organisation that they chose.
        on: when it was passed.
        ends_on: when it is destroyed here.
        taken_back: whether they do not want it any more.
    """

    id: UUID
    called: str
    channel: str
    number: str
    words: str
    named: str
    on: date
    ends_on: date
    taken_back: bool


def listing(actor: Actor) -> tuple[list[Wanting], int]:
    """Who wants to be met by somebody, the newest first, and how much of it does not open or is nobody's word.

    The first reading of each is recorded, and its day kept: then the desk knows that it left.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.ORGANISER_MEET)
    state, found, refused = team_keys.chain(actor), list[Wanting](), 0
    for row in _mine(actor):
        try:
            one = _opened(actor, state, row)
        except Refused:
            refused += 1
            continue
        if row.opened_on is None:
            if one.taken_back:
                # It was destroyed unread, and somebody put it back: it tells nothing.
                refused += 1
                continue
            _note_reading(actor, state, row)
        found.append(one)
    db.session.flush()
    return sorted(found, key=lambda one: (one.on, one.id), reverse=True), refused


def _note_reading(actor: Actor, state: ChainState, row: Introduction) -> None:
    row.opened_on = clock.today()
    audit.record_keyless(
        state, Event.INTRODUCTION_READ, actor.user_id, signer=actor.person, introduction=str(row.id)
    )


def _of(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """What was passed to somebody as one of this network's people: in another network they are somebody else."""
    return Introduction.to_id == actor.user_id, Introduction.desk_id == actor.desk_id, _FULL


def _mine(actor: Actor) -> list[Introduction]:
    query = select(Introduction).where(*_of(actor))
    rows = db.session.scalars(query.where(Introduction.ends_on >= clock.today()).order_by(Introduction.id))
    return list(rows)


def waiting(actor: Actor) -> int:
    """How many are there that nobody has read yet."""
    policy.require(actor, Action.ORGANISER_MEET)
    return sum(row.opened_on is None for row in _mine(actor))


def _opened(actor: Actor, state: ChainState, row: Introduction) -> Wanting:
    value = actor.person.unpack(row.body, BOX, row.desk_id, row.id, row.to_id)
    if not isinstance(value, dict) or not _from_a_desk(state, row, value):
        raise Refused
    taken_back = bool(thread.there([UUID(value["end"])]))
    number, words = ("", "") if taken_back else (value["number"], value["words"])
    on = date.fromisoformat(value["on"])
    told = (value["called"], value["channel"], number, words, value["named"], on, row.ends_on)
    return Wanting(row.id, *told, taken_back)


def _from_a_desk(state: ChainState, row: Introduction, value: dict[str, Any]) -> bool:
    """Whether somebody packed it who works at a desk of the network: a box alone proves nothing."""
    member = state.members.get(UUID(value["by"]))
    if member is None or member.role not in HOLDERS:
        return False
    return to_desk.signed_with(member.ed, bytes.fromhex(value["signed"]), BOX, *signed(row, value))


def settle(actor: Actor, row_id: UUID) -> None:
    """They were met, or are left alone: what was told is destroyed here. That it was read stays until its day.

    Raises:
        NotFound: nothing of this id was passed to them.
    """
    policy.require(actor, Action.ORGANISER_MEET)
    mine = (*_of(actor), Introduction.id == row_id)
    emptied = update(Introduction).where(*mine).values(body=b"").returning(Introduction.id)
    if not db.session.execute(emptied).all():
        raise NotFound


def give_back(actor: Actor, row_id: UUID) -> None:
    """They cannot meet them: it is gone here, and the desk sees that nobody has it.

    Raises:
        NotFound: nothing of this id was passed to them.
    """
    policy.require(actor, Action.ORGANISER_MEET)
    mine = (*_of(actor), Introduction.id == row_id)
    if not db.session.execute(delete(Introduction).where(*mine).returning(Introduction.id)).all():
        raise NotFound
