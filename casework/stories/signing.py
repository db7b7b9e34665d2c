"""A legal ally approves a story under their own key: nobody of the desk can do it for them, nor who writes to the database.

The ally reads the story with the part of the case in which it lies. What they sign is the exact words, the moment at
which the person approved them, and what they say themselves. So other words, or a new approval, have no signature yet.
It is kept in the talk between desk and ally, and looked at each time somebody asks whether two others approved.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Role
from casework.cases.models import Entry
from casework.cases.neutral import BODY
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.sharing import grants, heard, reading, talking
from casework.sharing.heard import Said
from casework.sharing.reading import Reading
from casework.stories import records, service
from casework.stories.records import Second, Story
from casework.vault import ChainState, keeping, to_desk
from casework.vault.grant import TalkKey
from casework.vault.keeping import granting

_PURPOSE = "story approval"


def to_approve(actor: Actor, ref: str) -> tuple[Reading, list[Story]]:
    """The stories of a case that wait for two others, as its ally reads them, newest first.

    Args:
        actor: a legal ally.
        ref: the case's reference.

    Raises:
        NotFound: nothing of this case is theirs now.
    """
    found, _ = reading.open_one(actor, ref)
    waiting = [one for one in _given(found) if one.guarded and one.approval and one.withdrawn is None]
    return found, sorted(waiting, key=lambda one: (one.at, one.id), reverse=True)


def _given(found: Reading) -> Iterator[Story]:
    if service.SECTION not in found.sections:
        return
    mine = (Entry.case_id == found.case_id, Entry.tag == found.keys.tags[service.SECTION])
    for row in db.session.execute(select(Entry.id, Entry.body).where(*mine)):
        try:
            value = found.keys.open(BODY, row.id, service.SECTION, row.body)
        except Refused:
            continue
        if isinstance(value, dict) and value.get("type") == records.TYPE:
            yield records.read(row.id, value)


def approve(
    actor: Actor, ref: str, story_id: UUID, told: Mapping[str, str], rev: int, form_token: UUID
) -> None:
    """The ally approves a story, as it was shown.

    Args:
        actor: a legal ally.
        ref: the case's reference.
        story_id: which story.
        told: answers of `config/story/ally.toml`.
        rev: of the story that the form was made from.
        form_token: of the form; the same one twice approves once.

    Raises:
        Invalid: the story was changed meanwhile.
        NotFound: there is no such story for them.
    """
    found, waiting = to_approve(actor, ref)
    story = next((one for one in waiting if one.id == story_id), None)
    if story is None:
        raise NotFound
    if story.rev != rev:
        raise Invalid("This story was changed meanwhile. Read it again as it stands now, then answer.")
    said = {"story": str(story_id), "harm": told["harm"], "signed_at": clock.now().isoformat()}
    place = (found.desk_id, found.case_id)
    signature = to_desk.sign(actor.person, _PURPOSE, *_parts(place, story, said, told["lawyer"]))
    talking.sign(actor, ref, told["lawyer"], said | {"signature": signature.hex()}, form_token)


def read(actor: Actor, ref: str) -> tuple[Reading, list[Story], frozenset[UUID]]:
    """What waits for an ally, and which of it they approved as it stands; reading it is recorded.

    Args:
        actor: a legal ally.
        ref: the case's reference.

    Raises:
        NotFound: nothing of this case is theirs now, or not the part in which stories lie.
    """
    reading.section(actor, ref, service.SECTION)
    found, waiting = to_approve(actor, ref)
    state, place = keeping.load(found.desk_id, actor.person), (found.desk_id, found.case_id)
    said = heard.of(found.keys.talk, found.id).said
    signed = (one.id for one in waiting if any(_approval(state, place, one, each) for each in said))
    return found, waiting, frozenset(signed)


def of(case: OpenCase, story: Story) -> tuple[Second, ...]:
    """The legal allies who approved exactly these words after the person did, each once.

    Args:
        case: opened.
        story: of the case.
    """
    found = {one.by: one for one in _found(case, story)} if story.approval else {}
    return tuple(found.values())


def _found(case: OpenCase, story: Story) -> Iterator[Second]:
    for row, given in grants.rows_of(case):
        # One that waits for a ruling on a conflict does not count before there is one.
        if row.state == granting.WAITING:
            continue
        for said in heard.of(TalkKey(row.id, given["talk"]), row.id).said:
            if said.by == row.ally_id:
                second = _approval(case.actor.desk.state, (case.desk_id, case.id), story, said)
                if second is not None:
                    yield second


def enough(case: OpenCase, story: Story) -> bool:
    """Whether two others approved: one coordinates the desk, and a lawyer looked at it.

    Args:
        case: opened.
        story: of the case.
    """
    return story.enough_seconds(of(case, story))


def _approval(state: ChainState, place: tuple[UUID, UUID], story: Story, said: Said) -> Second | None:
    """What an ally said, where their own key signed it for this story as it stands; None otherwise."""
    member, told = state.members.get(said.by), said.signed
    if said.sort != heard.STORY or member is None or member.role is not Role.ALLY:
        return None
    if told.get("story") != str(story.id):
        return None
    parts = _parts(place, story, told, said.text)
    if not to_desk.signed_by(state, said.by, _signature(told), _PURPOSE, *parts):
        return None
    at = datetime.fromisoformat(told["signed_at"])
    return Second(said.by, at, coordinates=False, lawyer=said.text, harm=told["harm"], signed=True)


def _parts(
    place: tuple[UUID, UUID], story: Story, said: Mapping[str, Any], words: str
) -> tuple[UUID | str, ...]:
    approved = story.approval.at.isoformat() if story.approval else ""
    told = (story.language, story.text, approved, said.get("harm", ""), words, said.get("signed_at", ""))
    return (*place, story.id, *told)


def _signature(told: Mapping[str, str]) -> bytes:
    """What stands there as one; who has the key of the talk can write anything there."""
    try:
        return bytes.fromhex(told.get("signature", ""))
    except ValueError:
        return b""
