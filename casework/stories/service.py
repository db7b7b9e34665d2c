"""Stories at the desk: written down, changed, taken back. Approving one is `approving.py`.

Nothing here looks at what help somebody gets, and nothing there looks here: a no changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import gate, neutral, opening
from casework.cases.changing import Differing, changing
from casework.cases.models import Entry
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound, Refused
from casework.stories import ending, records
from casework.stories.records import Stored, Story
from casework.vault import Section

#: The agreement on which every story stands.
PURPOSE = "story_text"
#: Under whose key the rows lie: with contacts outside, among which nobody counts them.
SECTION = Section.LEGAL


@dataclass(frozen=True)
class Sent:
    """What a form was made from.

    Attributes:
        rev: of the story that its sender had seen.
        token: of the form; the same one twice does it once.
    """

    rev: int
    token: UUID


Deed = Callable[[OpenCase, Story, Stored], Event]


def listing(actor: Actor, ref: str) -> tuple[OpenCase, list[Story]]:
    """The stories of a case, newest first; opening them is recorded.

    Raises:
        NotFound, Denied: not for this person.
    """
    case = opening.load(actor, ref, Action.STORY_TELL)
    audit.record(actor.desk, Event.SECTION_OPENED, case=case.keys, section="stories")
    return case, of_case(case)


def of_case(case: OpenCase) -> list[Story]:
    """The same, of a case that is open. What does not open is recorded and left out."""
    found = []
    for row in neutral.rows(case, SECTION):
        try:
            body = neutral.opened(case, row, SECTION)
        except Refused:
            case.complain(neutral.BODY.name)
            continue
        if body.get("type") == records.TYPE:
            found.append(records.read(row.id, body))
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def one(actor: Actor, ref: str, story_id: UUID) -> tuple[OpenCase, Story]:
    """One story; opening it is recorded.

    Raises:
        NotFound: this case has none of that id.
    """
    case, found = listing(actor, ref)
    for story in found:
        if story.id == story_id:
            return case, story
    raise NotFound


def write(actor: Actor, ref: str, told: Mapping[str, Any], form_token: UUID) -> UUID:
    """Write somebody's words down. Nobody has approved them yet.

    Args:
        actor: who writes.
        ref: the case's reference.
        told: answers of `config/story/text.toml`.
        form_token: of the form; the same one twice writes one story.

    Returns:
        The id of the story.

    Raises:
        Invalid: the person has not agreed that anything of them is kept.
    """
    with changing(actor, ref, Action.STORY_TELL) as case:
        known = neutral.sent_before(case, form_token)
        if known is not None:
            return known.id
        gate.insist(case)
        row = neutral.add(case, SECTION, records.begun(told, actor.user_id, clock.now()), form_token)
        audit.record(actor.desk, Event.STORY_WRITTEN, case=case.keys, entry=str(row.id))
        return row.id


def edit(actor: Actor, ref: str, story_id: UUID, told: Mapping[str, Any], sent: Sent) -> None:
    """Write other words. Every approval ends with it, and so does every copy of the older words.

    Raises:
        Differing: somebody else changed the story meanwhile.
        Invalid: it was taken back.
    """

    def deed(_case: OpenCase, story: Story, value: Stored) -> Event:
        insist_stands(story)
        ending.end_copies(actor, value)
        wrote = dict.fromkeys([*value["written_by"], str(actor.user_id)])
        value |= records.written(told, clock.now()) | {"written_by": list(wrote)}
        return Event.STORY_WRITTEN

    change(actor, ref, story_id, sent, Action.STORY_TELL, deed)


def take_back(actor: Actor, ref: str, story_id: UUID) -> None:
    """The person takes it back; a word is enough, at once, also on a closed case, whatever form it came from.

    Raises:
        NotFound: this case has none of that id.
    """
    with changing(actor, ref, Action.CONSENT_RECORD, also_closed=True) as case:
        row, value = _held(case, story_id)
        if value["withdrawn"] is None:
            event = ending.take_back(case, value)
            _write(case, row, value, event)
            ending.let_agreement_go(case, of_case(case))


def change(actor: Actor, ref: str, story_id: UUID, sent: Sent, action: Action, deed: Deed) -> None:
    """Change a story, once, as it was seen. The deed says what was done.

    Args:
        actor: who changes it.
        ref: the case's reference.
        story_id: which story.
        sent: what the form was made from.
        action: that they have to be allowed.
        deed: changes what the row holds.

    Raises:
        Differing: somebody else changed the story meanwhile.
    """
    with changing(actor, ref, action) as case:
        row, value = _held(case, story_id)
        if value.get("token") == str(sent.token):
            return
        if value["rev"] != sent.rev:
            raise Differing(records.read(row.id, value), {}, value["rev"])
        event = deed(case, records.read(row.id, value), value)
        value["token"] = str(sent.token)
        _write(case, row, value, event)
        if event is Event.STORY_WITHDRAWN:
            ending.let_agreement_go(case, of_case(case))


def _held(case: OpenCase, story_id: UUID) -> tuple[Entry, Stored]:
    row = neutral.row(case, story_id, SECTION)
    value = neutral.opened(case, row, SECTION)
    if value.get("type") != records.TYPE:
        raise NotFound
    return row, {key: one for key, one in value.items() if key != "fill"}


def _write(case: OpenCase, row: Entry, value: Stored, event: Event) -> None:
    value["rev"] += 1
    neutral.write(case, row, SECTION, value)
    audit.record(case.actor.desk, event, case=case.keys, entry=str(row.id))


def insist_stands(story: Story) -> None:
    """Nothing more is done for a story that was taken back.

    Raises:
        Invalid: it was.
    """
    if story.withdrawn is not None:
        raise Invalid("The person took this story back. If they want to tell one again, write a new one.")
