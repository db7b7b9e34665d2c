"""Opening and changing what a team has written; nobody outside of it learns that it is there.

Each change counts the version under the seal up, and records an event whose id only the team's key foretells: so an
older body that was put back is betrayed by the event of the version after it, as `audit.versions` does for desks. An
older key is betrayed by the network's chain, and so is a team whose rows are gone.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.access import desks
from casework.access.actor import Actor
from casework.audit import service as audit
from casework.audit import thread
from casework.audit.events import Event
from casework.cases.changing import Differing
from casework.db import db
from casework.errors import Conflict, Invalid, NotFound, Refused
from casework.teams import keys as team_keys
from casework.teams import records
from casework.teams.models import Team
from casework.teams.records import VERSION, Book, Stored
from casework.vault.team import TeamKeys

#: What one body holds.
MOST_ITEMS = 600


def make(
    actor: Actor,
    told: Mapping[str, Any],
    members: Iterable[UUID],
    form_token: UUID,
    team_id: UUID | None = None,
) -> UUID:
    """Make a team with its first key.

    Args:
        actor: who makes it, and is in it.
        told: what it is.
        members: who is in it beside them.
        form_token: of the form; the same one twice makes one team.
        team_id: where it has one already; a random one else.

    Raises:
        Conflict: the token made a team of somebody else.
        Refused: one of them is no teammate of the network.
    """
    known = db.session.scalar(select(Team).where(Team.form_token == form_token))
    if known is not None:
        if known.id not in team_keys.mine(actor):
            raise Conflict
        return known.id
    row = Team(id=team_id or uuid4(), desk_id=team_keys.chain(actor).desk_id, form_token=form_token, body=b"")
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Conflict from None
    keys = team_keys.draw(actor, row.id, {actor.user_id, *members})
    value: Stored = {"told": dict(told), "told_rev": 1, "items": [], "names": {}, VERSION: 1}
    _name(actor, value)
    records.seal(keys, row, value)
    _record(actor, row, None)
    return row.id


def look(actor: Actor, team_id: UUID) -> Book:
    """What a team has written.

    Raises:
        NotFound: there is no such team, or they are not in it.
        Refused: it does not open, is gone, or is an older one that was put back; that is recorded.
    """
    members = team_keys.seal_of(actor, team_id).members
    try:
        value = _newest(team_keys.opened(actor, team_id), _row(team_id))
        return records.read(team_id, value, members)
    except Refused:
        audit.record_keyless(
            team_keys.chain(actor), Event.SEAL_REFUSED, actor.user_id, where=records.BODY.name
        )
        raise


def listing(actor: Actor, but: UUID | None = None) -> tuple[list[Book], int]:
    """Everything that the teams of somebody have written, and how many do not open, are older ones, or are gone.

    Args:
        actor: whose teams.
        but: a team that is left out.
    """
    found, refused = [], 0
    for team_id in team_keys.mine(actor):
        if team_id == but:
            continue
        try:
            found.append(look(actor, team_id))
        except Refused:
            refused += 1
    return found, refused


@contextmanager
def changing(actor: Actor, team_id: UUID) -> Iterator[Stored]:
    """Change what a team has written; nobody else does before this transaction ends.

    Where somebody went who knows the key, a new one is drawn first.

    Raises:
        NotFound, Refused: as for `look`.
        Conflict: somebody else was faster.
    """
    keys = team_keys.opened(actor, team_id)
    row = _row(team_id, held=True)
    value = _newest(keys, row)
    before = keys.event_id(value[VERSION])
    seal = team_keys.seal_of(actor, team_id)
    if seal.due:
        keys = team_keys.draw(actor, team_id, seal.members)
    yield value
    _finish(actor, keys, row, value, before)


def add(
    actor: Actor,
    team_id: UUID,
    sort: str,
    told: Mapping[str, Any],
    form_token: UUID,
    of: UUID | None = None,
) -> UUID:
    """Write one more item down.

    Args:
        actor: who writes.
        team_id: of which team.
        sort: of the item.
        told: the answers.
        form_token: of the form; the same one twice is one item.
        of: the item that it belongs to.

    Returns:
        The id of the item.

    Raises:
        Invalid: there are too many, or what it belongs to is not there.
    """
    with changing(actor, team_id) as value:
        if any(one["id"] == str(form_token) for one in value["items"]):
            return form_token
        _insist_there(value, of)
        if len(value["items"]) >= MOST_ITEMS:
            raise Invalid("There are %(most)s entries: no more fit in.", most=MOST_ITEMS)
        value["items"].append(
            {"id": str(form_token), "sort": sort, "struck": False, "rev": 1} | _said(actor, told, of)
        )
    return form_token


def correct(
    actor: Actor, team_id: UUID, item_id: UUID, told: Mapping[str, Any], rev: int, of: UUID | None = None
) -> None:
    """Say what is different in an item.

    Raises:
        NotFound: there is no such item.
        Differing: somebody else changed it meanwhile.
    """
    with changing(actor, team_id) as value:
        item = _found(value, item_id)
        if item["rev"] != rev:
            raise Differing(item["told"], dict(told), item["rev"])
        _insist_there(value, of)
        item |= _said(actor, told, of) | {"rev": rev + 1}


def strike(actor: Actor, team_id: UUID, item_id: UUID, *, struck: bool = True) -> None:
    """Let an item count no more, or again; it stays readable.

    Raises:
        NotFound: there is no such item.
    """
    with changing(actor, team_id) as value:
        item = _found(value, item_id)
        item |= {"struck": struck, "rev": item["rev"] + 1, "by": str(actor.user_id)}


def retell(actor: Actor, team_id: UUID, told: Mapping[str, Any], rev: int) -> None:
    """Say anew what the team is.

    Raises:
        Differing: somebody else did so meanwhile.
    """
    with changing(actor, team_id) as value:
        if value["told_rev"] != rev:
            raise Differing(value["told"], dict(told), value["told_rev"])
        value |= {"told": dict(told), "told_rev": rev + 1}


def let_in(actor: Actor, team_id: UUID, members: Iterable[UUID]) -> None:
    """Let more of the network into a team; they read what was written before as well.

    Raises:
        Invalid: one of them is neither a campaigner nor a coordinator of the network.
    """
    wanted = set(members)
    if not wanted <= team_keys.teammates(actor):
        raise Invalid("Only campaign teams and coordinators of the network can be in it.")
    with changing(actor, team_id):
        team_keys.add(actor, team_keys.opened(actor, team_id), wanted)


def let_go(actor: Actor, team_id: UUID, member_id: UUID) -> None:
    """Somebody leaves a team: what is written from now on lies under a key that they do not know.

    Raises:
        NotFound: they are not in it.
        Invalid: nobody takes themselves out: they would have drawn the new key.
    """
    members = team_keys.seal_of(actor, team_id).members
    if member_id not in members:
        raise NotFound
    if member_id == actor.user_id:
        raise Invalid("Ask somebody else of the team to take you out: the new key must not be yours.")
    keys, row = team_keys.opened(actor, team_id), _row(team_id, held=True)
    value = _newest(keys, row)
    before = keys.event_id(value[VERSION])
    new = team_keys.draw(actor, team_id, members - {member_id})
    _finish(actor, new, row, value, before)


def _row(team_id: UUID, *, held: bool = False) -> Team:
    query = select(Team).where(Team.id == team_id).execution_options(populate_existing=True)
    found = db.session.scalar(query.with_for_update() if held else query)
    if found is None:
        # The chain knows the team: whoever is in it is told so, and nobody else comes this far.
        raise Refused
    return found


def _newest(keys: TeamKeys, row: Team) -> Stored:
    """What lies in a row, if it is the newest that was ever written there."""
    for _ in range(2):
        value = records.opened(keys, row)
        if not thread.there([keys.event_id(value[VERSION])]):
            return value
        # Somebody may have changed it between the row and the record.
        db.session.refresh(row)
    raise Refused


def _finish(actor: Actor, keys: TeamKeys, row: Team, value: Stored, before: UUID) -> None:
    value[VERSION] += 1
    _name(actor, value)
    records.seal(keys, row, value)
    db.session.flush()
    _record(actor, row, before)


def _record(actor: Actor, row: Team, event_id: UUID | None) -> None:
    audit.record_keyless(
        team_keys.chain(actor),
        Event.TEAM_WRITTEN,
        actor.user_id,
        event_id=event_id,
        signer=actor.person,
        team=str(row.id),
        rows=audit.digest(row.body),
    )


def names_for(actor: Actor) -> dict[UUID, str]:
    """How teammates are called, where whoever asks can read the network's list of people."""
    if actor.desk_keys is None:
        return {}
    known = team_keys.teammates(actor)
    return {
        line.user_id: line.name
        for line in desks.lines_of(actor.desk_keys)
        if line.name and line.user_id in known
    }


def _name(actor: Actor, value: Stored) -> None:
    """Coordinators read the network's list of people; a campaign team cannot, and finds the names here."""
    value["names"] |= {str(who): name for who, name in names_for(actor).items()}


def _said(actor: Actor, told: Mapping[str, Any], of: UUID | None) -> Stored:
    answers = {key: one for key, one in told.items() if one not in (None, "", [])}
    return {
        "told": answers,
        "of": str(of) if of else None,
        "by": str(actor.user_id),
        "at": clock.now().isoformat(),
    }


def _found(value: Stored, item_id: UUID) -> Stored:
    for one in value["items"]:
        if one["id"] == str(item_id):
            found: Stored = one
            return found
    raise NotFound


def _insist_there(value: Stored, of: UUID | None) -> None:
    if of is not None:
        _found(value, of)
