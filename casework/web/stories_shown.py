"""Stories as templates show them: where one stands, who approved it, where it went."""

from datetime import datetime
from typing import Any

from flask import g, url_for
from flask_babel import gettext

from casework.access.policy import Action, can
from casework.cases.asking import Section
from casework.cases.opening import OpenCase
from casework.stories import clocks, danger, ending, moments, passing, signing
from casework.stories.copies import Copy, Use
from casework.stories.records import Passed, Story
from casework.web import questions
from casework.web.cases_shown import moment, word, workers

#: A word and its colour.
Mark = tuple[str, str]


def line(case: OpenCase, story: Story) -> dict[str, Any]:
    """A story in the list of a case."""
    return {
        "href": url_for("cases.story", ref=case.row.ref, story_id=story.id),
        "title": story.title,
        "mark": mark(case, story),
        "at": moment(story.at),
    }


def mark(case: OpenCase, story: Story) -> Mark:
    """Where a story stands, in a word."""
    if story.withdrawn:
        return gettext("Taken back"), "line"
    if story.approval is None:
        return gettext("Not approved yet"), "amber"
    if story.cools(moments.now()):
        return gettext("They are thinking it over"), "amber"
    if passing.hindrance(case, story) is not None:
        return gettext("Something is missing"), "amber"
    return gettext("May be told"), "green"


def next_form(case: OpenCase, story: Story) -> str:
    """Which step comes next for whoever looks: approve, second, again, give; empty where there is none for them."""
    if story.withdrawn or case.row.status == "closed":
        return ""
    if story.approval is None:
        return "approve"
    if danger.needs_two(case, story.said_guarded) and not signing.enough(case, story):
        mine = (*story.written_by, story.approval.by, *(one.by for one in story.seconds))
        return "" if g.actor.user_id in mine else "second"
    if story.cools(moments.now()):
        return ""
    if passing.hindrance(case, story) is not None or _wanted(story):
        return "again"
    return "give" if can(g.actor, Action.STORY_GIVE) else "again"


def _wanted(story: Story) -> bool:
    """Whether a campaign would like the person to be asked again."""
    return any(
        (copy := ending.copy_of(one)) and copy.wanted for one in story.passed if ending.ended(one) is None
    )


def whole(case: OpenCase, story: Story) -> dict[str, Any]:
    """A story on its own page."""
    missing = passing.hindrance(case, story)
    return {
        "title": story.title,
        "text": story.text,
        "lang": story.language,
        "language": _named("languages", story.language),
        "mark": mark(case, story),
        "missing": questions.sentence(missing) if missing and not story.withdrawn else "",
        "needs_two": danger.needs_two(case, story.said_guarded),
        "waits_for_others": danger.needs_two(case, story.said_guarded) and not signing.enough(case, story),
        "steps": _steps(case, story),
        "wanted": _wanted(story),
        "passed": [_passed(one) for one in story.passed],
        "withdrawn": moment(story.withdrawn) if story.withdrawn else "",
    }


def for_ally(story: Story) -> dict[str, Any]:
    """A story as a legal ally reads it: the exact words, and when the person approved them."""
    return {
        "title": story.title,
        "text": story.text,
        "lang": story.language,
        "language": _named("languages", story.language),
        "approved": moment(story.approval.at) if story.approval else "",
    }


def _steps(case: OpenCase, story: Story) -> list[tuple[str, str]]:
    """What was done for it, each with who and when."""
    found = [(gettext("Written down"), _who(story.written_by[-1], story.at))]
    if story.approval is not None:
        found.append((gettext("Read back and approved"), _who(story.approval.by, story.approval.at)))
        cooled = clocks.clock().cooled_at(story.approval.when, moments.now())
        found.append((gettext("Thinking it over until"), moment(cooled)))
    for one in (*story.seconds, *signing.of(case, story)):
        found.append(
            (
                gettext("Signed by the legal ally") if one.signed else gettext("Approved as well"),
                _who(one.by, one.at),
            )
        )
        found.append((gettext("What could happen"), one.harm))
        if one.lawyer:
            found.append((gettext("The lawyer"), one.lawyer))
    back = gettext("The legal ally took the signature back")
    found.extend((back, _who(one.by, one.back or one.at)) for one in signing.taken_back(case, story))
    asked = story.asked(moments.now())
    if asked is not None:
        found.append((gettext("Said yes again"), moment(asked.at)))
        found.append((gettext("That holds until"), moment(clocks.clock().holds_until(asked))))
    return [(str(label), value) for label, value in found]


def _who(who: Any, at: datetime) -> str:
    name = workers().get(who)
    return f"{moment(at)}, {name}" if name else moment(at)


def _passed(one: Passed) -> dict[str, Any]:
    copy = ending.copy_of(one)
    return {
        "campaign": one.campaign,
        "at": moment(one.at),
        "ended": moment(ended) if (ended := ending.ended(one)) else "",
        "amiss": copy is None,
        "uses": [use(each) for each in copy.uses] if copy else [],
    }


def use(one: Use) -> dict[str, Any]:
    """A place where a story was used."""
    return {
        "where": one.where,
        "who": one.who,
        "at": moment(one.at),
        "by": one.by,
        "result": _named("story_downs", one.result) if one.result else "",
        "text": one.text,
    }


def copied(copy: Copy) -> Mark:
    """Where a campaign's copy stands, in a word."""
    if copy.ended is not None:
        return gettext("Taken back"), "red"
    if copy.usable:
        return gettext("May be used until %(moment)s", moment=moment(_until(copy))), "green"
    return gettext("They have to be asked again"), "amber"


def _until(copy: Copy) -> datetime:
    return clocks.clock().holds_until(copy.asked)


def answers(story: Story) -> dict[str, Any]:
    """A story as the answers of its form."""
    return {
        "title": story.title,
        "language": story.language,
        "text": story.text,
        "guarded": story.said_guarded,
    }


def spoken(case: OpenCase) -> Any:
    """The language that the person speaks best, where somebody wrote it down."""
    return case.section(Section.HEADER).values.get("language")


def _named(listed: str, code: str) -> str:
    found = word(listed, code)
    return found[1] if found else code
