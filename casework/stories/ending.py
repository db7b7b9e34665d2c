"""How a story ends where it went: each copy loses the words at once, and each place where it was used becomes a task."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.audit.events import Event
from casework.cases import heads_up, left
from casework.cases.opening import OpenCase
from casework.errors import Refused
from casework.people import consents
from casework.stories import copies
from casework.stories.copies import Copy
from casework.stories.records import Passed, Stored, Story
from casework.vault.passed import PassedKeys

_PURPOSE = "story_text"


def key_of(passed: Passed) -> PassedKeys:
    """The key of a copy, as its case has it."""
    return PassedKeys.read(passed.network, passed.copy, passed.key)


def copy_of(passed: Passed) -> Copy | None:
    """A copy that was given; None where it is gone, or is not as it was left."""
    try:
        return copies.look(key_of(passed))
    except Refused:
        return None


def ended(passed: Passed) -> datetime | None:
    """When a copy lost the words. A legal ally who takes a signature back ends it and cannot write that into the case."""
    copy = copy_of(passed)
    return passed.ended or (copy.ended if copy else None)


def empty(actor: Actor, passed: Passed) -> None:
    """Take the words out of one copy."""
    copies.empty(actor, key_of(passed))


def end_copies(actor: Actor, value: Stored) -> None:
    """Take the words out of every copy of a story."""
    for one in _standing(value):
        copies.empty(actor, _key(one))
        one["ended"] = clock.now().isoformat()


def renew_copies(case: OpenCase, value: Stored) -> None:
    """Tell every copy that the person said yes again."""
    told = left.agreed(case, _PURPOSE, "")
    for one in _standing(value) if told is not None else ():
        ends_on = told.answer.ends_on if told else None
        try:
            with copies.changing(case.actor, _key(one)) as copy:
                copy |= {"asked": value["again"][-1], "wanted": False}
                copy["ends_on"] = ends_on.isoformat() if ends_on else copy["ends_on"]
        except Refused:
            continue


def take_back(case: OpenCase, value: Stored) -> Event:
    """The person takes a story back; the coordinators are told where it stands.

    Args:
        case: held for a change.
        value: of the story's row, written by the caller.
    """
    places = [place for one in value["passed"] for place in _places(one)]
    end_copies(case.actor, value)
    value |= {"withdrawn": clock.now().isoformat(), "approval": None, "seconds": [], "again": []}
    if places:
        heads_up.tell(case, heads_up.What.WITHDRAWN, "; ".join(dict.fromkeys(places)))
    return Event.STORY_WITHDRAWN


def let_agreement_go(case: OpenCase, stories: Iterable[Story]) -> None:
    """The agreement to tell a story ends with the last one that stands on it."""
    if any(one.approval is not None for one in stories):
        return
    told = consents.live(case.actor, case.keys, _PURPOSE)
    if told is not None:
        consents.withdraw(case.actor, case.keys, told.id)


def _standing(value: Stored) -> list[dict[str, Any]]:
    return [one for one in value["passed"] if one["ended"] is None]


def _key(said: dict[str, Any]) -> PassedKeys:
    return PassedKeys.read(UUID(said["network"]), UUID(said["copy"]), said["key"])


def _places(said: dict[str, Any]) -> list[str]:
    """Where a copy stands: with the campaign, and wherever it was used."""
    try:
        uses = copies.look(_key(said)).uses
    except Refused:
        uses = ()
    return [said["campaign"], *(one.where for one in uses)]
