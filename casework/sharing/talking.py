"""Questions and answers between a desk and an ally, and the ally's own notes, which the desk sees only if they share them."""

import json
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
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.sharing import grants, reading
from casework.sharing.models import Advice, GrantMessage
from casework.vault import keeping
from casework.vault.catalogue import field
from casework.vault.grant import TalkKey
from casework.vault.keeping import granting
from casework.vault.models import Grant

_MESSAGE, _ADVICE = field("grant_message.body"), field("advice.body")
QUESTION, ANSWER, ADVICE = "question", "answer", "advice"
LONGEST = 4_000
_FILL = 900


@dataclass(frozen=True)
class Said:
    """One thing that was said.

    Attributes:
        id: of its row.
        sort: question, answer or advice.
        by: who.
        at: when.
        text: what.
    """

    id: UUID
    sort: str
    by: UUID
    at: datetime
    text: str


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
            event = Event.GRANT_TALKED
            audit.record(actor.desk, event, case=case.keys, grant=str(row.id), message=str(message))


def _checked(text: str) -> str:
    if not text.strip():
        raise Invalid("Write something first.", "text")
    if len(text) > LONGEST:
        raise Invalid("This is too long: %(most)s characters at most. Divide it.", "text", most=LONGEST)
    return text.strip()


def _say(talk: TalkKey, row: Grant, sort: str, by: UUID, text: str, form_token: UUID) -> UUID | None:
    known = db.session.scalar(select(GrantMessage).where(GrantMessage.form_token == form_token))
    if known is not None:
        if known.grant_id != row.id:
            raise Conflict
        return None
    message = GrantMessage(id=uuid4(), grant_id=row.id, case_id=row.case_id, desk_id=row.desk_id)
    message.form_token, message.on = form_token, clock.today()
    value = {"sort": sort, "by": str(by), "at": clock.now().isoformat(), "text": text}
    message.body = talk.seal(_MESSAGE, message.id, _filled(value))
    db.session.add(message)
    db.session.flush()
    return message.id


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    size = len(json.dumps(value, ensure_ascii=False).encode())
    return {**value, "fill": " " * (_FILL - size)}


def _record_keyless(actor: Actor, row: Grant, message: UUID) -> None:
    state = keeping.load(row.desk_id, actor.person)
    audit.record_keyless(
        state, Event.GRANT_TALKED, actor.user_id, row.case_id, grant=str(row.id), message=str(message)
    )


def said(talk: TalkKey, grant_id: UUID) -> list[Said]:
    """What was said about a grant, oldest first; what does not open is left out."""
    found = []
    for row in db.session.scalars(select(GrantMessage).where(GrantMessage.grant_id == grant_id)):
        try:
            value = talk.open(_MESSAGE, row.id, row.body)
        except Refused:
            continue
        if isinstance(value, dict):
            at = datetime.fromisoformat(value["at"])
            found.append(Said(row.id, value["sort"], UUID(value["by"]), at, value["text"]))
    return sorted(found, key=lambda one: one.at)


def said_of(case: OpenCase, grant_id: UUID) -> list[Said]:
    """The same for somebody of the desk who has the case open.

    Raises:
        NotFound: this case has no such grant.
    """
    row, given = grants.one(case, grant_id)
    return said(TalkKey(row.id, given["talk"]), row.id)


def asked_last(case: OpenCase, grant_id: UUID) -> bool:
    """Whether the ally spoke last, so that the desk has to answer."""
    every = said_of(case, grant_id)
    return bool(every) and every[-1].sort == QUESTION


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
