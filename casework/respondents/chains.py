"""Who owns, supplies, lends for or recruits for whom: links between entries of the register, and what hangs together."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from casework import codes
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit.events import Event
from casework.errors import Invalid
from casework.respondents import records, register
from casework.respondents.register import Register

#: Links that one entry may have: a picture of more says nothing.
MOST = 30


@dataclass(frozen=True)
class Step:
    """One link of a chain, between entries that lead.

    Attributes:
        above: who does it.
        sort: of the list `respondent_links`.
        below: to whom, or for whom.
    """

    above: UUID
    sort: str
    below: UUID


def link(actor: Actor, respondent_id: UUID, sort: str, to: UUID) -> None:
    """Say what somebody does for, or to, somebody else. Saying it twice changes nothing.

    Args:
        actor: at any desk of the network.
        respondent_id: who does it.
        sort: of the list `respondent_links`.
        to: for whom.

    Raises:
        Invalid: an unknown sort, it is the same one, or there are too many.
        NotFound: the register has none of these ids.
    """
    policy.require(actor, Action.RESPONDENT_ENTER)
    codes.load("respondent_links").code(sort)
    row, value = records.held(actor, respondent_id)
    register.get(actor, to)
    everybody = register.listing(actor)
    if everybody.leading(to) == everybody.leading(respondent_id):
        raise Invalid("Choose somebody else: these two are one.", "to")
    said, now = {"to": str(to), "sort": sort}, value.get("chains", [])
    if len(now) >= MOST:
        raise Invalid("At most %(most)s links: take one out first.", "to", most=MOST)
    if said not in now:
        records.change(actor, row, value | {"chains": [*now, said]}, Event.RESPONDENT_CHANGED)


def unlink(actor: Actor, respondent_id: UUID, sort: str, to: UUID) -> None:
    """Take a link back. Doing so twice changes nothing.

    Raises:
        NotFound: the register has none of this id.
    """
    policy.require(actor, Action.RESPONDENT_ENTER)
    row, value = records.held(actor, respondent_id)
    gone, now = {"to": str(to), "sort": sort}, value.get("chains", [])
    if gone in now:
        left = [one for one in now if one != gone]
        records.change(actor, row, value | {"chains": left}, Event.RESPONDENT_CHANGED)


def steps(everybody: Register) -> tuple[Step, ...]:
    """Every link of the register, doubles as the ones that lead; each once."""
    return tuple(dict.fromkeys(_steps(everybody)))


def _steps(everybody: Register) -> Iterator[Step]:
    for one in everybody.known:
        above = everybody.leading(one.id)
        for chain in one.chains:
            below = everybody.leading(chain.to)
            if below in everybody.by_id and above != below:
                yield Step(above, chain.sort, below)


def around(
    everybody: Register, respondent_id: UUID, reach: int = 2
) -> tuple[dict[UUID, int], tuple[Step, ...]]:
    """What hangs together with an entry.

    Args:
        everybody: the register.
        respondent_id: whose chain.
        reach: how many links away.

    Returns:
        The level of each entry, negative above the one in question, and the links between them.
    """
    every, middle = steps(everybody), everybody.leading(respondent_id)
    levels = {middle: 0}
    for _ in range(reach):
        # Those that were reached in this round reach nobody themselves until the next.
        above = {one.above: levels[one.below] - 1 for one in every if one.below in levels}
        below = {one.below: levels[one.above] + 1 for one in every if one.above in levels}
        levels = above | below | levels
    return levels, tuple(one for one in every if one.above in levels and one.below in levels)
