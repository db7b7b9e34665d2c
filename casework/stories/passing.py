"""Giving a story to a campaign: only the approved exact words, after the hours, with a yes of these days.

What the campaign gets is a copy under a key of its own. Nothing in it leads back: no case, no desk, no name but the one
that stands in the words. In the case it is written down where the copy is, so that taking the story back reaches it.
"""

from collections.abc import Mapping
from uuid import UUID, uuid4

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit.events import Event
from casework.cases import left
from casework.cases.opening import OpenCase
from casework.errors import Invalid, NotFound, Refused
from casework.stories import clocks, copies, danger, ending, moments, service, signing
from casework.stories.records import Stored, Story
from casework.stories.service import PURPOSE, Sent
from casework.teams import book
from casework.vault import keeping

#: What a story is among the items of a campaign; no form of a campaign writes one.
SORT = "story"


def campaigns(actor: Actor) -> Mapping[UUID, str]:
    """The campaigns in whose team a coordinator is, by name: to nobody else can they give anything.

    Args:
        actor: who coordinates a desk.
    """
    there = _at_network(actor)
    if there is None or there.desk_id is None:
        return {}
    found, _ = book.listing(there, but=there.desk_id)
    return {one.id: str(one.told["name"]) for one in sorted(found, key=lambda one: str(one.told["name"]))}


def give(actor: Actor, ref: str, story_id: UUID, campaign_id: UUID, sent: Sent) -> None:
    """Give a story to a campaign.

    Args:
        actor: who coordinates the desk, and is in the campaign's team.
        ref: the case's reference.
        story_id: which story.
        campaign_id: to which campaign.
        sent: what the form was made from.

    Raises:
        Differing: the story is not the one that was read.
        Invalid: something is still missing; the sentence says what.
        NotFound: they are not in that team.
    """

    def deed(case: OpenCase, story: Story, value: Stored) -> Event:
        names = campaigns(actor)
        there = _at_network(actor)
        if campaign_id not in names or there is None or there.desk_id is None:
            raise Invalid("Choose a campaign in whose team you are.", "campaign")
        problem = hindrance(case, story)
        if problem is not None:
            raise problem
        there_now = zip(value["passed"], story.passed, strict=True)
        if any(said["to"] == str(campaign_id) and ending.ended(one) is None for said, one in there_now):
            raise Invalid("This campaign has these words already.", "campaign")
        value["passed"] = [*value["passed"], _copied(case, story, there, campaign_id, names[campaign_id])]
        return Event.STORY_PASSED

    service.change(actor, ref, story_id, sent, Action.STORY_GIVE, deed)


def hindrance(case: OpenCase, story: Story) -> Invalid | None:
    """What still has to be done before a story may be given or used; None where nothing is missing.

    Args:
        case: opened.
        story: of the case.
    """
    now = moments.now()
    if story.withdrawn is not None:
        return Invalid("The person took this story back.")
    if story.approval is None or left.agreed(case, PURPOSE, "") is None:
        return Invalid("The person has not approved these words, or their agreement has ended.")
    if danger.needs_two(case, story.said_guarded) and not signing.enough(case, story):
        return Invalid(
            "Two others have to approve this first: one coordinates the desk, and a lawyer looked at it."
        )
    if story.cools(now):
        return Invalid("They are still thinking it over. Ask again when those hours have passed.")
    if not clocks.clock().holds(story.asked(now), now):
        return Invalid("Ask them once more first: a yes holds for a few days.")
    return None


def _copied(
    case: OpenCase, story: Story, there: Actor, campaign_id: UUID, campaign: str
) -> dict[str, str | None]:
    asked, told = story.asked(moments.now()), left.agreed(case, PURPOSE, "")
    network_id = there.desk_id
    if asked is None or told is None or told.answer.ends_on is None or network_id is None:
        raise NotFound
    words = {"title": story.title, "language": story.language, "text": story.text}
    keys = copies.give(there, network_id, words, asked, told.answer.ends_on)
    item = {"copy": str(keys.team_id), "key": keys.carried, "title": story.title}
    book.add(there, campaign_id, SORT, item, uuid4())
    return {
        "copy": str(keys.team_id),
        "key": keys.carried,
        "network": str(network_id),
        "to": str(campaign_id),
        "campaign": campaign,
        "by": str(case.actor.user_id),
        "at": clock.now().isoformat(),
        "ended": None,
    }


def _at_network(actor: Actor) -> Actor | None:
    """The same person at their network, where the teams are; None for who is not of one."""
    network_id = actor.desk.state.network_id
    if network_id is None:
        return None
    try:
        member = keeping.load(network_id, actor.person).members.get(actor.user_id)
    except Refused:
        return None
    return Actor(actor.person, network_id, member.role, at_network=True) if member else None
