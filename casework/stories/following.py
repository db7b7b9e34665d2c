"""What a story follows: agreements that are taken back, a case that is erased, a copy that the person gets."""

from typing import Any

from casework.audit import service as audit
from casework.cases import left as leaving
from casework.cases import neutral
from casework.cases.opening import OpenCase
from casework.people import consents
from casework.people.consents import CASEWORK, Told
from casework.stories import ending, service
from casework.stories.copies import Copy
from casework.stories.records import Passed, Story


def follow_consents(case: OpenCase) -> None:
    """Who takes back that their story is told, or all casework, takes every story back.

    An agreement that only ran out ends no use of the past; it allows no further one.

    Args:
        case: held for a change.
    """
    told = consents.listing(case.actor, case.keys)
    if not any(_taken_back(told.newest(purpose)) for purpose in (service.PURPOSE, CASEWORK)):
        return
    for story in service.of_case(case):
        if story.withdrawn is None and (story.approval is not None or story.passed):
            row = neutral.row(case, story.id, service.SECTION)
            value = neutral.opened(case, row, service.SECTION)
            event = ending.take_back(case, value)
            neutral.write(case, row, service.SECTION, value | {"rev": value["rev"] + 1})
            audit.record(case.actor.desk, event, case=case.keys, entry=str(row.id))


def _taken_back(told: Told | None) -> bool:
    return told is not None and (told.withdrawn_at is not None or not told.answer.given)


def forget(case: OpenCase) -> None:
    """The case is about to be erased: the words go out of every campaign that has them."""
    for story in service.of_case(case):
        for passed in story.passed:
            if passed.ended is None:
                ending.empty(case.actor, passed)


def left(case: OpenCase) -> list[leaving.Left]:
    """What left as a story: to a campaign, and to each place where it was used."""
    return [one for story in service.of_case(case) for passed in story.passed for one in _left(story, passed)]


def _left(story: Story, passed: Passed) -> list[leaving.Left]:
    copy = ending.copy_of(passed)
    gone = [leaving.Left(service.PURPOSE, passed.campaign, story.title, passed.at)]
    uses = copy.uses if copy else ()
    return gone + [leaving.Left(service.PURPOSE, one.where, story.title, one.at) for one in uses]


def part_of_copy(case: OpenCase) -> list[dict[str, Any]]:
    """Stories as JSON takes them, for the copy that a person gets; how a campaign's copy opens is left out."""
    return [
        {
            "title": one.title,
            "language": one.language,
            "text": one.text,
            "approved_at": one.approval.at.isoformat() if one.approval else None,
            "asked_again_at": [each.at.isoformat() for each in one.again],
            "taken_back_at": one.withdrawn.isoformat() if one.withdrawn else None,
            "given_to": [_given(passed, ending.copy_of(passed)) for passed in one.passed],
        }
        for one in service.of_case(case)
    ]


def _given(passed: Passed, copy: Copy | None) -> dict[str, Any]:
    uses = copy.uses if copy else ()
    return {
        "campaign": passed.campaign,
        "at": passed.at.isoformat(),
        "ended_at": passed.ended.isoformat() if passed.ended else None,
        "used": [{"where": one.where, "at": one.at.isoformat(), "result": one.result} for one in uses],
    }
