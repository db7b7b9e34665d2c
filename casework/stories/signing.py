"""A legal ally approves a story under their own key: nobody of the desk can do it for them, nor who writes to the database.

The ally reads the story with the part of the case in which it lies. What they sign is the exact words, the moment at
which the person approved them, and what they say themselves. So other words, or a new approval, have no signature yet.
It is kept in the talk between desk and ally, and looked at each time somebody asks whether two others approved.

They can take it back for as long as they read the case. That is said in the same talk, under the same key, and the
record has an event whose id follows from the signature. So neither somebody who takes the words out of the talk, nor
one who puts an older talk back, makes it count again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action, Role
from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.cases.models import Case, Entry
from casework.cases.neutral import BODY
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.sharing import grants, heard, reading, talking
from casework.sharing.heard import Said
from casework.sharing.reading import Reading
from casework.stories import ending, records, service
from casework.stories.records import Second, Story
from casework.vault import ChainState, keeping, to_desk
from casework.vault.grant import TalkKey
from casework.vault.keeping import granting

_PURPOSE = "story approval"
_BACK = "story approval taken back"


def to_approve(found: Reading) -> list[Story]:
    """The stories of a case that wait for two others, as its ally reads them, newest first.

    Args:
        found: what the ally was given of the case, opened by them.
    """
    waiting = [one for one in _given(found) if one.guarded and one.approval and one.withdrawn is None]
    return sorted(waiting, key=lambda one: (one.at, one.id), reverse=True)


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
        Denied: not for this person.
    """
    policy.require(actor, Action.STORY_SIGN)
    found, _ = reading.open_one(actor, ref)
    story = next((one for one in to_approve(found) if one.id == story_id), None)
    if story is None:
        raise NotFound
    if story.rev != rev:
        raise Invalid("This story was changed meanwhile. Read it again as it stands now, then answer.")
    said = {"story": str(story_id), "harm": told["harm"], "signed_at": clock.now().isoformat()}
    place = (found.desk_id, found.case_id)
    signature = to_desk.sign(actor.person, _PURPOSE, *_parts(place, story, said, told["lawyer"]))
    talking.sign(actor, ref, told["lawyer"], said | {"signature": signature.hex()}, form_token)


def take_back(actor: Actor, ref: str, story_id: UUID, form_token: UUID) -> None:
    """The ally takes back what they signed for a story as it stands: every campaign loses the words at once.

    Twice is as good as once, and where nothing was signed nothing happens.

    Args:
        actor: a legal ally.
        ref: the case's reference.
        story_id: which story.
        form_token: of the form; the same one twice says it once.

    Raises:
        NotFound: there is no such story for them.
        Denied: not for this person.
    """
    policy.require(actor, Action.STORY_SIGN)
    found, _ = reading.open_one(actor, ref)
    # Nobody of the desk gives the words away between this look and the end of the transaction.
    db.session.execute(select(Case.id).where(Case.id == found.case_id).with_for_update())
    found, _ = reading.open_one(actor, ref)
    waiting = to_approve(found)
    story = next((one for one in waiting if one.id == story_id), None)
    if story is None:
        raise NotFound
    standing = [one.signature for one in _own(actor, found, story) if one.second.back is None]
    if standing:
        _end_copies(actor, story)
        _say_back(actor, ref, found, story, standing, form_token)


def _end_copies(actor: Actor, story: Story) -> None:
    for passed in story.passed:
        if ending.ended(passed) is None:
            ending.empty(actor, passed)


def _say_back(
    actor: Actor, ref: str, found: Reading, story: Story, signatures: Iterable[str], token: UUID
) -> None:
    said = {"story": str(story.id), "takes_back": " ".join(signatures), "signed_at": clock.now().isoformat()}
    signature = to_desk.sign(actor.person, _BACK, *_parts_back((found.desk_id, found.case_id), said))
    talking.sign(actor, ref, "", said | {"signature": signature.hex()}, token, heard.UNSIGNED)
    state = keeping.load(found.desk_id, actor.person)
    for one in signatures:
        event_id, entry = _event_of(story, one), str(story.id)
        if not thread.there([event_id]):
            audit.record_keyless(
                state, Event.STORY_UNSIGNED, actor.user_id, found.case_id, event_id, entry=entry
            )


def read(actor: Actor, ref: str) -> tuple[Reading, list[Story], frozenset[UUID]]:
    """What waits for an ally, and which of it they approved as it stands; reading it is recorded.

    Args:
        actor: a legal ally.
        ref: the case's reference.

    Raises:
        NotFound: nothing of this case is theirs now, or not the part in which stories lie.
        Denied: not for this person.
    """
    policy.require(actor, Action.STORY_SIGN)
    found, *_ = reading.section(actor, ref, service.SECTION)
    waiting = to_approve(found)
    mine = {one.id: _own(actor, found, one) for one in waiting}
    return found, waiting, frozenset(key for key, given in mine.items() if any(map(_stands, given)))


def of(case: OpenCase, story: Story) -> tuple[Second, ...]:
    """The legal allies who approved exactly these words after the person did, and stand by it, each once.

    Args:
        case: opened.
        story: of the case.
    """
    return tuple({one.second.by: one.second for one in _found(case, story) if _stands(one)}.values())


def taken_back(case: OpenCase, story: Story) -> tuple[Second, ...]:
    """The legal allies who approved these words and stand by it no more, each once.

    Args:
        case: opened.
        story: of the case.
    """
    found = _found(case, story)
    standing = {one.second.by for one in found if _stands(one)}
    return tuple({one.second.by: one.second for one in found if one.second.by not in standing}.values())


def enough(case: OpenCase, story: Story) -> bool:
    """Whether two others approved: one coordinates the desk, and a lawyer looked at it.

    Args:
        case: opened.
        story: of the case.
    """
    return story.enough_seconds(of(case, story))


@dataclass(frozen=True)
class _Signed:
    """An approval that an ally's own key signed.

    Attributes:
        second: what they said.
        signature: in hexadecimal.
    """

    second: Second
    signature: str


def _stands(one: _Signed) -> bool:
    return one.second.back is None


def _found(case: OpenCase, story: Story) -> list[_Signed]:
    """What allies signed for a story as it stands, also what they took back."""
    if story.approval is None:
        return []
    # A grant that waits for a ruling on a conflict does not count before there is one.
    told = [(row, given) for row, given in grants.rows_of(case) if row.state != granting.WAITING]
    state, place = case.actor.desk.state, (case.desk_id, case.id)
    talks = [(row.ally_id, heard.of(TalkKey(row.id, given["talk"]), row.id).said) for row, given in told]
    return [one for ally_id, said in talks for one in _approvals(state, place, story, said, ally_id)]


def _own(actor: Actor, found: Reading, story: Story) -> list[_Signed]:
    state, place = keeping.load(found.desk_id, actor.person), (found.desk_id, found.case_id)
    return _approvals(state, place, story, heard.of(found.keys.talk, found.id).said, actor.user_id)


def _approvals(
    state: ChainState, place: tuple[UUID, UUID], story: Story, said: Iterable[Said], ally_id: UUID
) -> list[_Signed]:
    """The approvals in a talk, each with when it was taken back.

    The record decides that one was; the talk says when. A talk can be written to by whoever holds its key.
    """
    mine = [one for one in said if one.by == ally_id]
    given = [
        _Signed(second, one.signed["signature"])
        for one in mine
        if (second := _approval(state, place, story, one))
    ]
    told = {key: one.at for one in mine for key in _takes_back(state, place, story, one)}
    recorded = thread.there(_event_of(story, one.signature) for one in given)
    return [
        replace(one, second=replace(one.second, back=told.get(one.signature, one.second.at)))
        if one.signature in told or _event_of(story, one.signature) in recorded
        else one
        for one in given
    ]


def _event_of(story: Story, signature: str) -> UUID:
    """The id of the event that this signature is taken back: who reads the talk can foretell it, and nobody else."""
    return thread.public_id(story.id, f"signature {signature}", 1)


def _approval(state: ChainState, place: tuple[UUID, UUID], story: Story, said: Said) -> Second | None:
    """What an ally said, where their own key signed it for this story as it stands; None otherwise."""
    told = said.signed
    if said.sort != heard.STORY or not _by_ally_of(state, said) or told.get("story") != str(story.id):
        return None
    parts = _parts(place, story, told, said.text)
    if not to_desk.signed_by(state, said.by, _signature(told), _PURPOSE, *parts):
        return None
    at = datetime.fromisoformat(told["signed_at"])
    return Second(said.by, at, coordinates=False, lawyer=said.text, harm=told["harm"], signed=True)


def _takes_back(state: ChainState, place: tuple[UUID, UUID], story: Story, said: Said) -> Sequence[str]:
    """The signatures that an ally takes back with what they said; none where their own key did not sign it."""
    told = said.signed
    if said.sort != heard.UNSIGNED or not _by_ally_of(state, said) or told.get("story") != str(story.id):
        return ()
    parts = _parts_back(place, told)
    signed = to_desk.signed_by(state, said.by, _signature(told), _BACK, *parts)
    return told.get("takes_back", "").split() if signed else ()


def _by_ally_of(state: ChainState, said: Said) -> bool:
    member = state.members.get(said.by)
    return member is not None and member.role is Role.ALLY


def _parts_back(place: tuple[UUID, UUID], said: Mapping[str, Any]) -> tuple[UUID | str, ...]:
    return (*place, *(said.get(key, "") for key in ("story", "takes_back", "signed_at")))


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
