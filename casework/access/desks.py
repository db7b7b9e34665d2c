"""Desks and who works at them. The signed chain says who is in; rows here say where to look."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.models import Desk, Membership
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Conflict, Invalid, Refused
from casework.vault import DeskKeys, PersonKeys, Role, keeping
from casework.vault.catalogue import field

_BODY = field("desk.body")
_MEMBER = field("membership.body")
_CODE_LETTERS = "bcdfghjkmnpqrtvwxyz"
_CODE_LENGTH = 6
LONGEST_NAME = 80


@dataclass(frozen=True)
class Named:
    """A desk as its members see it.

    Attributes:
        id, code: of the desk; the code stands in addresses and says nothing.
        name: opened; None where the reader holds no key, or it does not open.
        role: what the reader is there.
        network: whether this is the network itself.
    """

    id: UUID
    code: str
    name: str | None
    role: Role
    network: bool


@dataclass(frozen=True)
class MemberLine:
    """Somebody at a desk, as the other members see them."""

    user_id: UUID
    name: str | None
    role: Role
    since: date


def found(person: PersonKeys, name: str, founder_name: str, network_id: UUID | None = None) -> DeskKeys:
    """Found a desk, or a network where no network is given; the founder is its first coordinator.

    Args:
        person: the founder, unlocked.
        name: of the desk, as its members will see it.
        founder_name: how the founder is called there.
        network_id: the network that the desk belongs to.
    """
    row = Desk(id=uuid4(), code=new_code(), network_id=network_id, body=b"")
    db.session.add(row)
    db.session.flush()
    desk = keeping.found_desk(person, row.id, network_id or row.id)
    row.body = desk.seal(_BODY, row.id, {"name": _checked(name)})
    enrol(desk, person.user_id, Role.COORDINATOR, founder_name)
    audit.record(desk, Event.DESK_FOUNDED)
    return desk


def found_another(actor: Actor, name: str, founder_name: str) -> str:
    """Found one more desk in the actor's network.

    Returns:
        The code of the new desk.
    """
    policy.require(actor, Action.DESK_FOUND)
    desk = found(actor.person, name, founder_name, actor.network.desk_id)
    return db.session.get_one(Desk, desk.desk_id).code


def enrol(desk: DeskKeys, user_id: UUID, role: Role, name: str) -> None:
    """Write down that the chain has somebody, and how the desk calls them."""
    row = Membership(id=uuid4(), desk_id=desk.desk_id, user_id=user_id, role=role.value, since=clock.today())
    row.body = desk.seal(_MEMBER, row.id, {"name": _checked(name)})
    db.session.add(row)
    db.session.flush()


def every() -> list[tuple[UUID, str]]:
    """The id and code of every desk, the network's too; for checks that need no keys."""
    return [(row.id, row.code) for row in db.session.scalars(select(Desk).order_by(Desk.code))]


def new_code() -> str:
    """Six random letters that say nothing."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("Please give a name.", "name")
    if len(name) > LONGEST_NAME:
        raise Invalid("This name is too long: %(most)s characters at most.", "name", most=LONGEST_NAME)
    return name


def settings(desk: DeskKeys) -> tuple[dict[str, Any], int]:
    """What a desk keeps about itself, and the revision that it was read at."""
    row = db.session.get_one(Desk, desk.desk_id)
    value = desk.open(_BODY, row.id, row.body)
    return (value if isinstance(value, dict) else {}), row.rev


def rename(actor: Actor, name: str, rev: int) -> None:
    """Give the desk another name.

    Raises:
        Conflict: somebody else did so meanwhile.
    """
    policy.require(actor, Action.DESK_NAME)
    row = db.session.get_one(Desk, actor.desk.desk_id)
    value, now = settings(actor.desk)
    if rev != now:
        raise Conflict
    row.body = actor.desk.seal(_BODY, row.id, value | {"name": _checked(name)})
    audit.record(actor.desk, Event.DESK_NAMED)


def members(desk: DeskKeys) -> list[MemberLine]:
    """Everybody whom the chain has, by name; a row that the chain does not know is not shown."""
    rows = db.session.scalars(select(Membership).where(Membership.desk_id == desk.desk_id))
    lines = [
        MemberLine(row.user_id, _name(desk, row), desk.state.members[row.user_id].role, row.since)
        for row in rows
        if row.user_id in desk.state.members
    ]
    return sorted(lines, key=lambda line: (line.name or "").casefold())


def staff(desk: DeskKeys) -> list[MemberLine]:
    """Those of a desk who can work on its cases."""
    return [line for line in members(desk) if line.role in {Role.VOLUNTEER, Role.COORDINATOR}]


def names(desk: DeskKeys) -> dict[UUID, str | None]:
    """How the desk calls each of its members."""
    return {line.user_id: line.name for line in members(desk)}


def _name(desk: DeskKeys, row: Membership) -> str | None:
    try:
        value = desk.open(_MEMBER, row.id, row.body)
    except Refused:
        return None
    return value.get("name") if isinstance(value, dict) else None
