"""Stories in a campaign: read while they may be used, used where it is written down, taken down where they are not wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.errors import Invalid, NotFound, Refused
from casework.stories import copies, moments
from casework.stories.copies import Copy
from casework.stories.passing import SORT
from casework.teams import book
from casework.teams import keys as team_keys
from casework.teams.records import Book, Item
from casework.vault.passed import PassedKeys

#: Places that are written down of one story, at most.
MOST_USES = 24


@dataclass(frozen=True)
class Given:
    """A story that a campaign was given.

    Attributes:
        item: of the campaign.
        copy: the words, if they may be used today; None where the copy is gone or not as it was left.
    """

    item: Item
    copy: Copy | None


def listing(actor: Actor, found: Book) -> list[Given]:
    """The stories of a campaign, newest first.

    Args:
        actor: of its team.
        found: the campaign.
    """
    policy.require(actor, Action.CAMPAIGN_VIEW)
    given = [Given(item, _seen(_key(actor, item))) for item in found.of_sort(SORT)]
    return sorted(given, key=lambda one: one.item.at, reverse=True)


def one(actor: Actor, campaign_id: UUID, item_id: UUID) -> tuple[Book, Given]:
    """One story of a campaign.

    Raises:
        NotFound: there is none, or they are not in its team.
    """
    policy.require(actor, Action.CAMPAIGN_VIEW)
    found = book.look(actor, campaign_id)
    item = _item(found, item_id)
    return found, Given(item, _seen(_key(actor, item)))


def use(actor: Actor, campaign_id: UUID, item_id: UUID, told: Mapping[str, Any], form_token: UUID) -> None:
    """Write down that a story is used, before it is.

    Args:
        actor: of the campaign's team.
        campaign_id: which campaign.
        item_id: which story.
        told: answers of `config/story/use.toml`.
        form_token: of the form; the same one twice is one use.

    Raises:
        Invalid: it may not be used today.
    """
    found, keys = _to_change(actor, campaign_id, item_id)
    with copies.changing(actor, keys) as value:
        if any(one["id"] == str(form_token) for one in value["uses"]):
            return
        if not copies.look(keys).usable:
            raise Invalid("These words may not be used now. The person has to be asked again first.")
        if len(value["uses"]) >= MOST_USES:
            raise Invalid("No more places fit in.", "where")
        said = {"id": str(form_token), "where": told["where"], "who": told.get("who") or ""}
        said |= {
            "at": clock.now().isoformat(),
            "by": found.names.get(actor.user_id, ""),
            "result": "",
            "text": "",
        }
        value["uses"] = [*value["uses"], said]


def taken_down(actor: Actor, campaign_id: UUID, item_id: UUID, use_id: UUID, told: Mapping[str, Any]) -> None:
    """Write down what came of taking a story down in one place.

    Raises:
        NotFound: it was used in no such place.
        Invalid: nobody took it back.
    """
    _, keys = _to_change(actor, campaign_id, item_id)
    with copies.changing(actor, keys) as value:
        if value["ended"] is None:
            raise Invalid("Nobody took this story back.")
        places = [one for one in value["uses"] if one["id"] == str(use_id)]
        if not places:
            raise NotFound
        places[0] |= {"result": told["result"], "text": told.get("text") or ""}


def want(actor: Actor, campaign_id: UUID, item_id: UUID) -> None:
    """Let the desk know that the campaign would like the person to be asked again; nobody has to.

    Raises:
        Invalid: it was taken back.
    """
    _, keys = _to_change(actor, campaign_id, item_id)
    with copies.changing(actor, keys) as value:
        if value["ended"] is not None:
            raise Invalid("The person took this story back.")
        value["wanted"] = True


def let_go(actor: Actor, found: Book) -> None:
    """Take the words out of copies whose agreement has ended by itself: nobody may ask for a use any more.

    Args:
        actor: of the campaign's team.
        found: the campaign.
    """
    now = moments.now()
    # Words that are taken out do not come back: a date that was set forward takes none.
    today = min(now.at, now.ran).date()
    for given in listing(actor, found):
        if given.copy is not None and today > given.copy.ends_on:
            keys = _key(actor, given.item)
            if copies.look(keys).text:
                with copies.changing(actor, keys) as value:
                    value["text"] = ""


def tasks(actor: Actor, found: Book) -> list[tuple[Given, int]]:
    """Stories that were taken back, with the number of places that are still to be seen to."""
    given = [one for one in listing(actor, found) if one.copy is not None and one.copy.ended is not None]
    return [(one, len(one.copy.to_take_down)) for one in given if one.copy and one.copy.to_take_down]


def _to_change(actor: Actor, campaign_id: UUID, item_id: UUID) -> tuple[Book, PassedKeys]:
    policy.require(actor, Action.CAMPAIGN_WORK)
    found = book.look(actor, campaign_id)
    return found, _key(actor, _item(found, item_id))


def _item(found: Book, item_id: UUID) -> Item:
    item = found.item(item_id)
    if item is None or item.sort != SORT:
        raise NotFound
    return item


def _key(actor: Actor, item: Item) -> PassedKeys:
    network_id = team_keys.chain(actor).desk_id
    return PassedKeys.read(network_id, UUID(item.told["copy"]), item.told["key"])


def _seen(keys: PassedKeys) -> Copy | None:
    """What the team reads: the words only while they may be used."""
    try:
        copy = copies.look(keys)
    except Refused:
        return None
    return copy if copy.usable else replace(copy, text="")
