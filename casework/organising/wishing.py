"""What somebody wants an organiser to know, and by which of their ways; checked before anything is kept."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.cases import gate, safe_contact
from casework.cases.opening import OpenCase
from casework.cases.safe_contact import Obstacle
from casework.errors import Invalid
from casework.organising import offers
from casework.organising.offers import Offer

#: The hours do not stand against passing a way on: the organiser is told them.
_AGAINST = {Obstacle.UNSAFE, Obstacle.STALE}


@dataclass(frozen=True)
class Wish:
    """What somebody wants to let an organiser know.

    Attributes:
        offer_id: whom they chose.
        channel: one of the ways that are expressly safe, of the list `contact_channels`.
        called: by what name they want to be called there.
        words: how they want to be reached; nothing of their case.
        stand_in_id: who may step in if the one whom they chose is away or leaves; None: they are asked again.
    """

    offer_id: UUID
    channel: str
    called: str
    words: str
    stand_in_id: UUID | None = None


def chosen(actor: Actor, wish: Wish) -> tuple[Offer, Offer | None]:
    """Whom they chose, and who may step in.

    Raises:
        Invalid: nobody was chosen, or nobody else to step in.
    """
    every = {one.id: one for one in offers.listing(actor)}
    offer, stand_in = every.get(wish.offer_id), None
    if offer is None:
        raise Invalid("Choose whom they want to meet.", "offer")
    if wish.stand_in_id is not None:
        stand_in = every.get(wish.stand_in_id)
        if stand_in is None or stand_in.user_id == offer.user_id:
            raise Invalid("Choose somebody else to step in, or nobody.", "stand_in")
    return offer, stand_in


def ways(case: OpenCase) -> list[str]:
    """The channels by which somebody can be passed on: expressly safe ones, confirmed lately; none against their will."""
    rule = safe_contact.of(case)
    if gate.unwanted(case) or _AGAINST & set(rule.obstacles(clock.now())):
        return []
    safe = (way for way in rule.ways if safe_contact.is_safe(way) and way.get("number"))
    return list(dict.fromkeys(way["channel"] for way in safe if way.get("channel")))


def number(case: OpenCase, channel: str) -> str:
    """The number of a way that somebody marked as safe.

    Raises:
        Invalid: there is no such way, or nobody confirmed it lately.
    """
    if channel not in ways(case):
        raise Invalid("Choose a way that they marked as safe, and had confirmed lately.", "channel")
    found = (one for one in safe_contact.of(case).ways if one.get("channel") == channel)
    way: dict[str, Any] = next(dict(one) for one in found if safe_contact.is_safe(one) and one.get("number"))
    written = way["number"]
    return str(written["written"]) if isinstance(written, dict) else str(written)


def check(wish: Wish) -> None:
    """See that nothing is missing.

    Raises:
        Invalid: no name to be called by, or no words on how.
    """
    for key, words in (("called", wish.called), ("words", wish.words)):
        if not words.strip():
            raise Invalid("Please answer this one.", key)
