"""Campaigns: made, written in, led by a team whose key nobody else has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action, Role
from casework.campaigns import due, sorts
from casework.campaigns.due import Due
from casework.errors import Invalid, NotFound
from casework.stories import used
from casework.teams import book, everybody
from casework.teams import keys as team_keys
from casework.teams.records import Book, Item


@dataclass(frozen=True)
class Teammate:
    """Somebody who is in a team, or may be.

    Attributes:
        id: theirs.
        name: as coordinators know them; empty where no coordinator has written there yet.
        role: in the network.
    """

    id: UUID
    name: str
    role: Role


def make(actor: Actor, told: Mapping[str, Any], members: Iterable[UUID], form_token: UUID) -> UUID:
    """Make a campaign.

    A campaigner cannot see who is who in the network; with them are its coordinators, who let others in.

    Args:
        actor: who makes it.
        told: answers of `config/campaign/brief.toml`.
        members: who is in its team beside them; only a coordinator names any.
        form_token: of the form; the same one twice makes one campaign.

    Raises:
        Invalid: it has no name, or somebody of them can be in no team.
        Conflict: the token made a campaign of somebody else.
    """
    policy.require(actor, Action.CAMPAIGN_WORK)
    _insist_named(told)
    chosen = set(members) if policy.can(actor, Action.CAMPAIGN_TEAM) else _coordinators(actor)
    if not chosen <= team_keys.teammates(actor):
        raise Invalid("Only campaign teams and coordinators of the network can be in it.", "members")
    return book.make(actor, told, chosen, form_token)


def look(actor: Actor, campaign_id: UUID) -> Book:
    """A campaign.

    Raises:
        NotFound: there is none, or they are not in its team.
        Refused: it does not open, or is an older one that was put back.
    """
    policy.require(actor, Action.CAMPAIGN_VIEW)
    _insist_campaign(actor, campaign_id)
    return book.look(actor, campaign_id)


def listing(actor: Actor) -> tuple[list[Book], int]:
    """The campaigns in whose team somebody is, by name, and how many do not open, are older ones, or are gone."""
    policy.require(actor, Action.CAMPAIGN_VIEW)
    every, refused = book.listing(actor, but=actor.desk_id)
    return sorted(every, key=lambda one: str(one.told["name"]).casefold()), refused


def due_of(actor: Actor, every: Iterable[Book]) -> list[tuple[Book, Due]]:
    """What is due in campaigns, the earliest first.

    Args:
        actor: of their teams.
        every: the campaigns.
    """
    found = [(one, line) for one in every for line in [*due.dues(one), *_stories(actor, one)]]
    return sorted(found, key=lambda pair: pair[1].day)


def _stories(actor: Actor, found: Book) -> list[Due]:
    """Stories that their persons took back, while they still stand somewhere."""
    return [
        Due(given.copy.ended.date(), "story", given.item.id, str(given.item.told["title"]))
        for given, _places in used.tasks(actor, found)
        if given.copy and given.copy.ended
    ]


def retell(actor: Actor, campaign_id: UUID, told: Mapping[str, Any], rev: int) -> None:
    """Say anew what the campaign is.

    Raises:
        Differing: somebody else did so meanwhile.
        Invalid: it has no name.
    """
    _may_write(actor, campaign_id)
    _insist_named(told)
    book.retell(actor, campaign_id, told, rev)


def add(
    actor: Actor, campaign_id: UUID, sort: str, told: Mapping[str, Any], form_token: UUID, of: UUID | None
) -> UUID:
    """Write something of a campaign down.

    Args:
        actor: of its team.
        campaign_id: which campaign.
        sort: of `campaigns.sorts`.
        told: the answers.
        form_token: of the form; the same one twice is one item.
        of: what it belongs to.

    Raises:
        Invalid: it cannot be kept like this.
    """
    _may_write(actor, campaign_id)
    checked = _checked(actor, campaign_id, sort, told, of)
    made = book.add(actor, campaign_id, sort, checked, form_token, of)
    _share(actor, made, sort, checked)
    return made


def correct(
    actor: Actor, campaign_id: UUID, item_id: UUID, told: Mapping[str, Any], rev: int, of: UUID | None
) -> None:
    """Say what is different.

    Raises:
        NotFound: there is no such item.
        Differing: somebody else changed it meanwhile.
        Invalid: it cannot be kept like this.
    """
    _may_write(actor, campaign_id)
    item = look(actor, campaign_id).item(item_id)
    if item is None:
        raise NotFound
    checked = _checked(actor, campaign_id, item.sort, told, of)
    book.correct(actor, campaign_id, item_id, checked, rev, of)
    _share(actor, item_id, item.sort, checked, struck=item.struck)


def strike(actor: Actor, campaign_id: UUID, item_id: UUID, *, struck: bool) -> None:
    """Let an item count no more, or again.

    Raises:
        NotFound: there is no such item.
    """
    _may_write(actor, campaign_id)
    there = look(actor, campaign_id).item(item_id)
    # What a desk gave, such as a story, is not the team's to strike out.
    sorts.sort_named(there.sort if there else "")
    book.strike(actor, campaign_id, item_id, struck=struck)
    item = look(actor, campaign_id).item(item_id)
    if item is not None:
        _share(actor, item_id, item.sort, item.told, struck=struck)


def directory(actor: Actor) -> Book | None:
    """The directory of organisations and formations, for who runs a campaign together; None while nobody let them in."""
    policy.require(actor, Action.CAMPAIGN_VIEW)
    return everybody.as_it_is(actor)


def lessons(actor: Actor) -> list[Item]:
    """What campaigns let every desk of the network learn, the newest first; no campaign is named beside it."""
    policy.require(actor, Action.CAMPAIGN_VIEW)
    found = everybody.look(actor)
    return sorted(found.of_sort("lesson"), key=lambda one: one.at, reverse=True) if found else []


def _share(actor: Actor, item_id: UUID, sort: str, told: Mapping[str, Any], *, struck: bool = False) -> None:
    if sort == "lesson":
        everybody.share(actor, item_id, sort, told, shared=told.get("shared") == "yes" and not struck)


def team(actor: Actor, campaign_id: UUID) -> list[Teammate]:
    """Who is in the team of a campaign."""
    found = look(actor, campaign_id)
    return [one for one in _known(actor, found) if one.id in found.members]


def others(actor: Actor, campaign_id: UUID | None = None) -> list[Teammate]:
    """Who may be let into a team: everybody of the network who is not in it.

    Raises:
        Denied: only coordinators say who is in.
    """
    policy.require(actor, Action.CAMPAIGN_TEAM)
    found = look(actor, campaign_id) if campaign_id else None
    there = found.members if found else {actor.user_id}
    return [one for one in _known(actor, found) if one.id not in there]


def let_in(actor: Actor, campaign_id: UUID, member_id: UUID) -> None:
    """Let somebody into the team of a campaign; they read what was written before as well.

    Raises:
        Invalid: they can be in no team.
    """
    policy.require(actor, Action.CAMPAIGN_TEAM)
    _insist_campaign(actor, campaign_id)
    book.let_in(actor, campaign_id, [member_id])


def let_go(actor: Actor, campaign_id: UUID, member_id: UUID) -> None:
    """Take somebody out of the team: a new key is drawn, and what is written from now on they cannot open.

    Raises:
        NotFound: they are not in it.
        Invalid: it is oneself.
    """
    policy.require(actor, Action.CAMPAIGN_TEAM)
    _insist_campaign(actor, campaign_id)
    book.let_go(actor, campaign_id, member_id)


def _known(actor: Actor, found: Book | None) -> list[Teammate]:
    roles = team_keys.chain(actor).members
    names = dict(found.names) if found else {}
    names |= book.names_for(actor)
    lines = (Teammate(one, names.get(one, ""), roles[one].role) for one in team_keys.teammates(actor))
    return sorted(lines, key=lambda one: (one.name.casefold(), one.id))


def _coordinators(actor: Actor) -> set[UUID]:
    return set(team_keys.chain(actor).coordinators())


def _may_write(actor: Actor, campaign_id: UUID) -> None:
    policy.require(actor, Action.CAMPAIGN_WORK)
    _insist_campaign(actor, campaign_id)


def _insist_campaign(actor: Actor, campaign_id: UUID) -> None:
    """The team with the network's own id keeps the directory, and is no campaign."""
    if campaign_id == actor.desk_id:
        raise NotFound


def _insist_named(told: Mapping[str, Any]) -> None:
    if not str(told.get("name") or "").strip():
        raise Invalid("Please give a name.", "name")


def _checked(
    actor: Actor, campaign_id: UUID, sort: str, told: Mapping[str, Any], of: UUID | None
) -> dict[str, Any]:
    wanted = sorts.sort_named(sort)
    parent = look(actor, campaign_id).item(of)
    if (parent is None) if wanted.must else (of is not None and parent is None):
        raise Invalid("Choose what this belongs to.", "of")
    if parent is not None and parent.sort not in wanted.of:
        raise Invalid("Choose what this belongs to.", "of")
    return sorts.insist(sort, _listed(actor, told) if sort == "endorsement" else told)


def _listed(actor: Actor, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who stands with it under the name that the directory has, where it was chosen there."""
    chosen = told.get("listed")
    if not chosen:
        return told
    known = everybody.as_it_is(actor)
    found = known.item(UUID(chosen)) if known else None
    if found is None or found.sort not in ("organisation", "formation"):
        raise Invalid("Choose an organisation of the directory.", "listed")
    return {**told, "name": found.told["name"]}
