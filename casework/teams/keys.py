"""Who is in a team, and its key: drawn, handed to each of them, drawn anew when one goes."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select

from casework.access.actor import Actor
from casework.db import db
from casework.errors import NotFound, Refused
from casework.teams.models import TeamBox
from casework.vault import ChainState, keeping, team
from casework.vault.chain.state import TEAMMATES, TeamSeal
from casework.vault.team import TeamKeys


def chain(actor: Actor) -> ChainState:
    """The network's chain, as this person may rely on it.

    Raises:
        NotFound: they are at no network.
    """
    if actor.desk_id is None or not actor.at_network:
        raise NotFound
    return keeping.load(actor.desk_id, actor.person)


def seal_of(actor: Actor, team_id: UUID) -> TeamSeal:
    """What the chain says of a team in which somebody is.

    Raises:
        NotFound: there is none, or they are not in it.
    """
    found = chain(actor).teams.get(team_id)
    if found is None or actor.user_id not in found.members:
        raise NotFound
    return found


def mine(actor: Actor) -> list[UUID]:
    """The teams that somebody is in, in no order that says anything."""
    return sorted(one for one, seal in chain(actor).teams.items() if actor.user_id in seal.members)


def opened(actor: Actor, team_id: UUID) -> TeamKeys:
    """The key of a team.

    Raises:
        NotFound: there is none, or they are not in it.
        Refused: their box is gone, or is not the one that the chain knows.
    """
    seal_of(actor, team_id)
    packed = db.session.scalar(
        select(TeamBox.blob).where(TeamBox.team_id == team_id, TeamBox.member_id == actor.user_id)
    )
    return team.unbox(actor.person, chain(actor), team_id, packed)


def draw(actor: Actor, team_id: UUID, members: Iterable[UUID]) -> TeamKeys:
    """Draw the first key of a team, or the next one, and hand it to each member; older boxes go.

    Whoever calls this seals the team's body under it in the same transaction.

    Raises:
        Refused: one of them is no teammate, or whoever draws is not among them or was not before.
    """
    state, everybody = chain(actor), sorted(set(members))
    # The chain's turn comes first: the generation that is signed is the one after the newest.
    keeping.hold_chain(state.desk_id)
    keys = TeamKeys.draw(state, team_id)
    after = _sign(actor, state, keys, everybody)
    db.session.execute(delete(TeamBox).where(TeamBox.team_id == team_id))
    _hand_out(after, keys, everybody)
    return keys


def add(actor: Actor, keys: TeamKeys, members: Iterable[UUID]) -> None:
    """Hand the key of a team to more members; they read what was written before as well.

    Raises:
        Refused: one of them is no teammate, or somebody went and a new key is due first.
    """
    state = chain(actor)
    before = state.teams[keys.team_id].members
    new = sorted(set(members) - before)
    if new:
        _hand_out(_sign(actor, state, keys, sorted(before | set(new))), keys, new)


def teammates(actor: Actor) -> set[UUID]:
    """Everybody of the network who may be in a team."""
    return {who for who, one in chain(actor).members.items() if one.role in TEAMMATES}


def _sign(actor: Actor, state: ChainState, keys: TeamKeys, members: list[UUID]) -> ChainState:
    return keeping.append(
        actor.person, state, "team", keys.team_id, keys.generation, keys.commitment, *members
    )


def _hand_out(state: ChainState, keys: TeamKeys, members: list[UUID]) -> None:
    if not members:
        raise Refused
    for member_id, packed in keys.boxes(state, members).items():
        row = TeamBox(team_id=keys.team_id, member_id=member_id, desk_id=state.desk_id)
        row.generation, row.blob = keys.generation, packed
        db.session.add(row)
    db.session.flush()
