"""The directory of organisations, and formations: what is written, by whom, and how each stands."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.errors import Invalid, NotFound
from casework.formations import sorts
from casework.teams import book, everybody
from casework.teams.records import Book, Item


def look(actor: Actor) -> Book | None:
    """Everything; None while whoever asks waits to be let in by somebody of the network who has the key.

    Raises:
        Denied: not for this person.
        Refused: it does not open, or is an older one that was put back.
    """
    policy.require(actor, Action.FORMATION_VIEW)
    return everybody.look(actor)


def item(actor: Actor, item_id: UUID, *sort: str) -> tuple[Book, Item]:
    """One organisation, formation, or what belongs to one.

    Raises:
        NotFound: there is none of these sorts.
    """
    found = look(actor)
    wanted = found.item(item_id) if found else None
    if found is None or wanted is None or (sort and wanted.sort not in sort):
        raise NotFound
    return found, wanted


def add(
    actor: Actor,
    sort: str,
    told: Mapping[str, Any],
    form_token: UUID,
    formation: UUID | None = None,
    organisation: UUID | None = None,
) -> UUID:
    """Write an organisation or a formation down, or something of one.

    Args:
        actor: of the network.
        sort: of `formations.sorts`.
        told: the answers.
        form_token: of the form; the same one twice is one item.
        formation: which one it belongs to.
        organisation: which one it is that belongs to it.

    Raises:
        Invalid: the organisation is not in the directory, or belongs to it already.
    """
    policy.require(actor, Action.FORMATION_WORK)
    checked = _checked(actor, sort, told, formation, organisation, form_token)
    return book.add(actor, everybody.insist(actor), sort, checked, form_token, formation)


def correct(
    actor: Actor, item_id: UUID, told: Mapping[str, Any], rev: int, organisation: UUID | None = None
) -> None:
    """Say what is different.

    Raises:
        NotFound: there is none.
        Differing: somebody else changed it meanwhile.
    """
    policy.require(actor, Action.FORMATION_WORK)
    _book, now = item(actor, item_id)
    checked = _checked(actor, now.sort, told, now.of, organisation, item_id)
    book.correct(actor, everybody.insist(actor), item_id, checked, rev, now.of)


def strike(actor: Actor, item_id: UUID, *, struck: bool) -> None:
    """Let something count no more, or again.

    Raises:
        NotFound: there is none.
    """
    policy.require(actor, Action.FORMATION_WORK)
    item(actor, item_id)
    book.strike(actor, everybody.insist(actor), item_id, struck=struck)


def _checked(
    actor: Actor,
    sort: str,
    told: Mapping[str, Any],
    formation: UUID | None,
    organisation: UUID | None,
    item_id: UUID,
) -> dict[str, Any]:
    sorts.fields(sort)
    checked = dict(told)
    if sort in sorts.OF_FORMATION:
        if formation is None:
            raise NotFound
        found, _formation = item(actor, formation, "formation")
        if sort == "member":
            checked["organisation"] = str(_organisation(found, formation, organisation, item_id))
    return checked


def _organisation(found: Book, formation: UUID, organisation: UUID | None, item_id: UUID) -> UUID:
    if organisation is None or organisation not in {one.id for one in found.of_sort("organisation")}:
        raise Invalid("Choose an organisation of the directory.", "of")
    for one in found.of_sort("member"):
        there = one.of == formation and one.told["organisation"] == str(organisation)
        if there and one.id != item_id and not one.told.get("left_on"):
            raise Invalid("This organisation belongs to it already.", "of")
    return organisation
