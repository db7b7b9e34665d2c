"""Approving a story: by the person, word by word; by two others where they are in danger; by the person once more.

A no takes the story back, and changes nothing else.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action, Role
from casework.audit.events import Event
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.people import consents
from casework.people.answers import Answer
from casework.stories import danger, ending, moments, service, signing
from casework.stories.records import Stored, Story
from casework.stories.service import Sent
from casework.vault import Section

_YES = "yes"
#: Where somebody says which language they speak best.
_LANGUAGE = "language"


def approve(actor: Actor, ref: str, story_id: UUID, told: Mapping[str, Any], sent: Sent) -> None:
    """Write down what the person said after the exact words were read back to them.

    Args:
        actor: who read them back.
        ref: the case's reference.
        story_id: which story.
        told: answers of `config/story/approval.toml`; a no takes the story back.
        sent: what the form was made from: words that were changed since are not approved.

    Raises:
        Differing: the story is not the one that was read.
        Invalid: it was not read back, in their language, alone.
    """

    def deed(case: OpenCase, story: Story, value: Stored) -> Event:
        service.insist_stands(story)
        if told["given"] != _YES:
            return ending.take_back(case, value)
        if told["read_back"] != _YES:
            raise Invalid("Read every word back first: what was not heard is not approved.", "read_back")
        _agree(case, told, sent.token)
        said = {"by": str(actor.user_id)} | moments.stored(moments.now())
        value |= {
            "approval": said | {key: told[key] for key in ("language", "how")},
            "seconds": [],
            "again": [],
            # A legal ally does not open what this follows from, so it stands beside the words.
            "two": danger.needs_two(case, story.said_guarded),
        }
        # What went out under an earlier approval waits for the new one.
        ending.end_copies(actor, value)
        return Event.STORY_APPROVED

    service.change(actor, ref, story_id, sent, Action.CONSENT_RECORD, deed)


def second(actor: Actor, ref: str, story_id: UUID, told: Mapping[str, Any], sent: Sent) -> None:
    """Another one of the desk approves, where the person is in danger.

    Raises:
        Differing: the story is not the one that was read.
        Invalid: it needs nobody else, or this person wrote it down, read it back, or approved it already.
    """

    def deed(case: OpenCase, story: Story, value: Stored) -> Event:
        service.insist_stands(story)
        if not danger.needs_two(case, story.said_guarded):
            raise Invalid("Nobody else has to approve this story.")
        if story.approval is None:
            raise Invalid("The person has not approved these words yet.")
        if actor.user_id in (*story.written_by, story.approval.by):
            raise Invalid("Somebody else has to approve this: not who wrote it down or read it back.")
        if any(one.by == actor.user_id for one in story.seconds):
            raise Invalid("You approved this already. Another person is needed.")
        coordinates = actor.role is Role.COORDINATOR
        if coordinates and not told.get("lawyer") and not signing.of(case, story):
            raise Invalid("Say which lawyer or legal ally looked at it, and what they said.", "lawyer")
        said = {"by": str(actor.user_id), "at": clock.now().isoformat(), "coordinates": coordinates}
        said |= {"lawyer": told.get("lawyer") or "", "harm": told["harm"]}
        value["seconds"] = [*value["seconds"], said]
        return Event.STORY_SECONDED

    service.change(actor, ref, story_id, sent, Action.STORY_SECOND, deed)


def ask_again(actor: Actor, ref: str, story_id: UUID, told: Mapping[str, Any], sent: Sent) -> None:
    """Write down what the person said when they were asked once more; a no takes the story back.

    Raises:
        Differing: the story is not the one that was asked about.
        Invalid: it was not approved, or they are still thinking it over.
    """

    def deed(case: OpenCase, story: Story, value: Stored) -> Event:
        service.insist_stands(story)
        if told["given"] != _YES:
            return ending.take_back(case, value)
        if story.approval is None:
            raise Invalid("The person has not approved these words yet.")
        if story.cools(moments.now()):
            raise Invalid("They are still thinking it over. Ask again when those hours have passed.", "given")
        _agree(case, told, sent.token)
        value["again"] = [*value["again"], moments.stored(moments.now())]
        ending.renew_copies(case, value)
        return Event.STORY_ASKED

    service.change(actor, ref, story_id, sent, Action.CONSENT_RECORD, deed)


def _agree(case: OpenCase, told: Mapping[str, Any], token: UUID) -> None:
    """Their yes is an agreement like every other: freely given, understood, and it ends by itself."""
    answer = Answer(
        purpose=service.PURPOSE,
        given=True,
        how=told.get("how", ""),
        language=told.get("language", ""),
        interpreter=told.get("interpreter", ""),
        present=tuple(told.get("present", ())),
    )
    spoken = case.section(Section.HEADER).values.get(_LANGUAGE)
    if not answer.language:
        raise Invalid(
            "Say in which language they were asked: what they cannot follow they cannot approve.", _LANGUAGE
        )
    if spoken and answer.language != spoken:
        raise Invalid(
            "Say it in the language that they speak best, as the overview of the case has it.", _LANGUAGE
        )
    consents.record(case.actor, case.keys, answer, token)
