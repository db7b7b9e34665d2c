"""Questions and answers between a desk and an ally, and the ally's own notes, which the desk sees only if they share them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.changing import changing
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.sharing import grants, heard, reading
from casework.sharing.heard import ADVICE, ANSWER, MESSAGE, QUESTION, STORY
from casework.sharing.models import Advice, GrantMessage
from casework.vault import keeping
from casework.vault.catalogue import field
from casework.vault.grant import TalkKey
from casework.vault.keeping import granting
from casework.vault.models import Grant

_ADVICE = field("advice.body")
LONGEST = 4_000
_FILL = 900


@dataclass(frozen=True)
class Noted:
    """An ally's own note.

    Attributes:
        id: of its row.
        at: when it was written.
        text: what.
        shared: whether the desk has it by now.
    """

    id: UUID
    at: datetime
    text: str
    shared: bool


@dataclass(frozen=True)
class _Spoken:
    """What was just said.

    Attributes:
        id: of its row.
        event_id: of the event that records it.
    """

    id: UUID
    event_id: UUID


def ask(actor: Actor, ref: str, text: str, form_token: UUID) -> None:
    """The ally asks the desk, or tells it something.

    Raises:
        Invalid: nothing was written, or too much.
        NotFound: nothing of this case is theirs now.
    """
    found, row = reading.open_one(actor, ref)
    words = _checked(text)
    message = _say(found.keys.talk, row, QUESTION, actor.user_id, words, form_token)
    if message is not None:
        _record_keyless(actor, row, message)


def sign(
    actor: Actor, ref: str, text: str, signed: Mapping[str, str], form_token: UUID, sort: str = STORY
) -> None:
    """The ally says something that stands under their signature.

    Args:
        actor: the ally.
        ref: the case's reference.
        text: what they say, in words.
        signed: which thing it is about, and the signature.
        form_token: of the form; the same one twice says it once.
        sort: an approval, or that one is taken back.

    Raises:
        NotFound: nothing of this case is theirs now.
    """
    found, row = reading.open_one(actor, ref)
    message = _say(found.keys.talk, row, sort, actor.user_id, text, form_token, signed)
    if message is not None:
        _record_keyless(actor, row, message)


def answer(actor: Actor, ref: str, grant_id: UUID, text: str, form_token: UUID) -> None:
    """The desk answers, or asks.

    Raises:
        Invalid: nothing was written, too much, or the grant has ended.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.CASE_WORK) as case:
        row, given = grants.one(case, grant_id)
        if row.state != granting.LIVE:
            raise Invalid("This has ended; nothing reaches them here any more.")
        talk = TalkKey(row.id, given["talk"])
        message = _say(talk, row, ANSWER, actor.user_id, _checked(text), form_token)
        if message is not None:
            audit.record(
                actor.desk,
                Event.GRANT_TALKED,
                case=case.keys,
                event_id=message.event_id,
                grant=str(row.id),
                message=str(message.id),
            )


def _checked(text: str) -> str:
    if not text.strip():
        raise Invalid("Write something first.", "text")
    if len(text) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most. Divide it.", "text", most=LONGEST)
    return text.strip()


def _say(
    talk: TalkKey,
    row: Grant,
    sort: str,
    by: UUID,
    text: str,
    form_token: UUID,
    signed: Mapping[str, str] | None = None,
) -> _Spoken | None:
    """Say it in its place; nothing where the same form said it before."""
    # One speaks at a time: the place follows from what is there, and from what the record knows of.
    audit.take_turn(row.desk_id)
    known = db.session.scalar(select(GrantMessage).where(GrantMessage.form_token == form_token))
    if known is not None:
        if known.grant_id != row.id:
            raise Conflict
        return None
    place = heard.next_place(talk, row.id)
    message = GrantMessage(id=uuid4(), grant_id=row.id, case_id=row.case_id, desk_id=row.desk_id)
    message.form_token, message.on = form_token, clock.today()
    value: dict[str, Any] = {"sort": sort, "by": str(by), "at": clock.now().isoformat(), "text": text}
    value |= {"place": place} | ({"signed": dict(signed)} if signed else {})
    message.body = talk.seal(MESSAGE, message.id, _filled(value))
    db.session.add(message)
    db.session.flush()
    return _Spoken(message.id, talk.event_id(MESSAGE, place))


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    size = len(json.dumps(value, ensure_ascii=False).encode())
    return {**value, "fill": " " * (_FILL - size)}


def _record_keyless(actor: Actor, row: Grant, message: _Spoken) -> None:
    state = keeping.load(row.desk_id, actor.person)
    audit.record_keyless(
        state,
        Event.GRANT_TALKED,
        actor.user_id,
        row.case_id,
        message.event_id,
        grant=str(row.id),
        message=str(message.id),
    )


def note(actor: Actor, ref: str, text: str, form_token: UUID) -> None:
    """The ally notes something for themselves: under their own key, privileged.

    Raises:
        Invalid: nothing was written, or too much.
        NotFound: nothing of this case is theirs now.
    """
    _, row = reading.open_one(actor, ref)
    words = _checked(text)
    known = db.session.scalar(select(Advice).where(Advice.form_token == form_token))
    if known is not None:
        if known.ally_id != actor.user_id:
            raise Conflict
        return
    mine = Advice(id=uuid4(), grant_id=row.id, case_id=row.case_id, desk_id=row.desk_id)
    mine.ally_id, mine.form_token, mine.on = actor.user_id, form_token, clock.today()
    _keep(actor, mine, {"at": clock.now().isoformat(), "text": words, "shared": False})
    db.session.add(mine)


def _keep(actor: Actor, mine: Advice, value: dict[str, Any]) -> None:
    mine.body = actor.person.seal(_ADVICE, mine.id, _filled(value))


def notes(actor: Actor, ref: str) -> list[Noted]:
    """The ally's own notes on a case, oldest first; what does not open is left out."""
    _, row = reading.open_one(actor, ref)
    found = []
    for mine in db.session.scalars(
        select(Advice).where(Advice.grant_id == row.id, Advice.ally_id == actor.user_id)
    ):
        try:
            value = _opened(actor, mine)
        except Refused:
            continue
        at = datetime.fromisoformat(value["at"])
        found.append(Noted(mine.id, at, value["text"], bool(value["shared"])))
    return sorted(found, key=lambda one: one.at)


def _opened(actor: Actor, mine: Advice) -> dict[str, Any]:
    value = actor.person.open(_ADVICE, mine.id, mine.body)
    if not isinstance(value, dict):
        raise Refused
    return value


def share(actor: Actor, ref: str, note_id: UUID) -> None:
    """The ally gives the desk one of their notes; twice is as good as once.

    Raises:
        NotFound: there is no such note of theirs.
    """
    found, row = reading.open_one(actor, ref)
    mine = db.session.get(Advice, note_id, populate_existing=True)
    if mine is None or mine.grant_id != row.id or mine.ally_id != actor.user_id:
        raise NotFound
    value = _opened(actor, mine)
    # The note's own id is the token, so that it is given once.
    message = _say(found.keys.talk, row, ADVICE, actor.user_id, value["text"], mine.id)
    if message is not None:
        _keep(actor, mine, value | {"shared": True})
        _record_keyless(actor, row, message)
