"""In the demo two people meet others for organisations of the directory, and one person who wants to organise was passed on to the first of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from casework.access.actor import Actor
from casework.cases import opening, profile
from casework.demo.agreeing import agreeing
from casework.demo.cast import NETWORK
from casework.demo.founding import Network
from casework.demo.sources import table
from casework.organising import introducing, offers, wishing
from casework.organising.wishing import Wish
from casework.search import desk_lists


def tell(network: Network) -> None:
    """Say it at the end, when the directory is written."""
    told = table("together")
    said, beside = told["organiser"], told["stand_in"]
    offer = _offer(network, told["who"], said)
    stand_in = _offer(network, beside["who"], beside)
    worker = network.actor(said["by"], said["desk"])
    ref, channel = _who_wants_to(worker)
    if ref:
        wish = Wish(offer, channel, said["introduced"], said["words"], stand_in)
        answer = agreeing(introducing.PURPOSE, language=said["language"])
        introducing.introduce(worker, ref, wish, answer, uuid4(), said["task"])


def _offer(network: Network, who: str, said: Mapping[str, Any]) -> UUID:
    """That somebody meets people for an organisation of the directory."""
    organiser = network.actor(who, NETWORK)
    named = next(one.id for one in offers.listed(organiser) if one.told["name"] == said["organisation"])
    return offers.make(organiser, named, said["called"], said["says"], uuid4())


def _who_wants_to(worker: Actor) -> tuple[str, str]:
    """A case whose person wants to organise and can be reached safely, with the way; nothing where there is none."""
    pack = desk_lists.cards_for(worker).pack
    for card in pack.cards(np.flatnonzero(pack.newest).tolist()):
        if any(one.startswith(profile.ORGANISES) for one in card.profile):
            ways = wishing.ways(opening.for_upkeep(worker, card.ref))
            if ways:
                return card.ref, ways[0]
    return "", ""
