"""The team that everybody is in who may be in one: it keeps the directory, the formations and what others can learn.

It has the network's own id. Who comes to the network later is let in by the next of them who looks.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from casework.access.actor import Actor
from casework.errors import NotFound
from casework.teams import book
from casework.teams import keys as team_keys
from casework.teams.records import Book


def ready(actor: Actor) -> UUID | None:
    """See that the team is there, and that everybody is in it.

    Returns:
        Its id; None while whoever asks waits to be let in by somebody who is in it.
    """
    state = team_keys.chain(actor)
    seal, everybody = state.teams.get(state.desk_id), team_keys.teammates(actor)
    if seal is None:
        return book.make(actor, {}, everybody, uuid5(state.desk_id, "directory"), state.desk_id)
    if actor.user_id not in seal.members:
        return None
    if seal.due or everybody - seal.members:
        book.let_in(actor, state.desk_id, everybody)
    return state.desk_id


def look(actor: Actor) -> Book | None:
    """What everybody has written; None while whoever asks waits to be let in.

    Raises:
        Refused: it does not open, or is an older one that was put back.
    """
    team_id = ready(actor)
    return book.look(actor, team_id) if team_id else None


def as_it_is(actor: Actor) -> Book | None:
    """The same without letting anybody in, so that nothing is written; None where they are not in it yet.

    Raises:
        Refused: it does not open, or is an older one that was put back.
    """
    state = team_keys.chain(actor)
    seal = state.teams.get(state.desk_id)
    return book.look(actor, state.desk_id) if seal and actor.user_id in seal.members else None


def insist(actor: Actor) -> UUID:
    """The id of the team, for who is in it.

    Raises:
        NotFound: nobody has let them in yet.
    """
    team_id = ready(actor)
    if team_id is None:
        raise NotFound
    return team_id


def share(actor: Actor, item_id: UUID, sort: str, told: Mapping[str, Any], *, shared: bool) -> None:
    """Let everybody read something that a team wrote, as it is now; or take it back from their sight.

    Args:
        actor: of that team.
        item_id: of the item there.
        sort: of the item.
        told: what may be read.
        shared: whether it may.
    """
    team_id, there = insist(actor), uuid5(item_id, "shared")
    found = book.look(actor, team_id).item(there)
    if found is None:
        if shared:
            book.add(actor, team_id, sort, told, there)
        return
    if shared:
        book.correct(actor, team_id, there, told, found.rev)
    if found.struck is shared:
        book.strike(actor, team_id, there, struck=not shared)
