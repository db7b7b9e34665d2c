"""From a signed-in person and the address of a desk to an actor with opened keys."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor, SaidWhy, nobody_reads
from casework.access.desks import Named, body
from casework.access.models import Desk, Membership
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import DeskLocked, Locked, NotFound, Refused
from casework.vault import DeskKeys, PersonKeys, Role, keeping
from casework.vault.chain import HOLDERS

#: Rows of desks where somebody may look for their work; the chain alone says whether they are in.
Places = Sequence[Desk]


def places_of(person: PersonKeys) -> Places:
    """Where somebody works, read once a request and handed to `enter` and `desks_of`.

    A desk where their last day has come is none of theirs any more.
    """
    still = or_(Membership.ends_on.is_(None), Membership.ends_on > clock.today())
    mine = select(Desk).join(Membership, Membership.desk_id == Desk.id)
    return db.session.scalars(mine.where(Membership.user_id == person.user_id, still)).all()


def enter(
    person: PersonKeys,
    code: str | None,
    *,
    network: bool = False,
    places: Places | None = None,
    said_why: SaidWhy = nobody_reads,
) -> Actor:
    """The actor of a request.

    Args:
        person: who is signed in.
        code: of the desk that the address names, if one.
        network: whether the network's keys are needed as well.
        places: what `places_of` gave, where it was asked already.
        said_why: what the session knows, where somebody reads what is opened: every page hands it in.

    Raises:
        NotFound: there is no such desk, or this person is not in it.
        DeskLocked: two people must open it again first.
        Refused: the desk's chain is not the one that this person knows.
    """
    if code is None:
        return Actor(person)
    row = _at(places_of(person) if places is None else places, code)
    state = keeping.load(row.id, person)
    member = state.members.get(person.user_id)
    if member is None:
        raise NotFound
    if state.locked:
        raise DeskLocked(row.code)
    holds = member.role in HOLDERS
    return Actor(
        person,
        row.id,
        member.role,
        keeping.open_desk(person, row.id, state) if holds else None,
        keeping.open_desk(person, state.network_id or row.id) if holds and network else None,
        # The signed genesis says which network it is; the row could be changed by whoever writes to the database.
        at_network=state.network_id in {None, row.id},
        said_why=said_why,
    )


def _at(places: Places, code: str) -> Desk:
    for row in places:
        if row.code == code:
            return row
    raise NotFound


def named(actor: Actor) -> Named | None:
    """The desk that an actor works at, under its name; None on pages that belong to no desk."""
    if actor.desk_id is None or actor.role is None:
        return None
    row = db.session.get_one(Desk, actor.desk_id)
    value = body(actor.desk_keys)[0] if actor.desk_keys else {}
    zone = value.get("zone", "UTC")
    return Named(row.id, row.code, value.get("name"), actor.role, network=actor.at_network, zone=zone)


def desks_of(person: PersonKeys, actor: Actor | None = None, places: Places | None = None) -> list[Named]:
    """The desks that somebody works at, and their network, by name.

    Args:
        person: whose desks.
        actor: of this request, if there is one: what it opened is not opened again.
        places: what `places_of` gave, where it was asked already.
    """
    open_now = {keys.desk_id: keys for keys in _opened(actor)}
    rows = places_of(person) if places is None else places
    found = [_named(person, row, open_now.get(row.id)) for row in rows]
    return sorted(
        (desk for desk in found if desk), key=lambda desk: (desk.network, (desk.name or "").casefold())
    )


def _opened(actor: Actor | None) -> list[DeskKeys]:
    return [keys for keys in (actor.desk_keys, actor.network_keys) if keys] if actor else []


def _named(person: PersonKeys, row: Desk, keys: DeskKeys | None) -> Named | None:
    """A desk under its name; None where the chain does not have this person, whatever the row says."""
    try:
        state = keys.state if keys else keeping.load(row.id, person)
        role = state.member(person.user_id).role
        at_network = state.network_id in {None, row.id}
        if at_network and role is Role.VOLUNTEER:
            # Volunteers read the network's register; there is nothing else for them to open there.
            return None
        if role in HOLDERS:
            keys = keys or keeping.open_desk(person, row.id, state)
        name = _name(keys) if keys else None
    except (Refused, Locked):
        return None
    return Named(row.id, row.code, name, role, network=at_network)


def locked_of(person: PersonKeys, places: Places | None = None) -> list[str]:
    """The codes of somebody's desks that are locked."""
    rows = places_of(person) if places is None else places
    return [row.code for row in rows if _is_locked(person, row)]


def _is_locked(person: PersonKeys, row: Desk) -> bool:
    try:
        state = keeping.load(row.id, person)
    except Refused:
        return False
    return state.locked and person.user_id in state.members


def _name(desk: DeskKeys) -> str | None:
    value, _ = body(desk)
    return value.get("name")


def record_denial(actor: Actor | None, action: str) -> None:
    """Keep in mind that somebody asked for what they may not have."""
    if actor and actor.desk_id and actor.role is not None:
        state = keeping.load(actor.desk_id, actor.person)
        audit.record_keyless(state, Event.ACCESS_DENIED, actor.user_id, action=action)


def record_refusal(actor: Actor | None, where: str) -> None:
    """Keep in mind that something sealed did not open.

    Args:
        actor: who came across it.
        where: the endpoint, or the table and column; never content.
    """
    if actor and actor.desk_id and policy.works_cases(actor.role):
        state = keeping.load(actor.desk_id, actor.person)
        audit.record_keyless(state, Event.SEAL_REFUSED, actor.user_id, where=where)
