"""Desks and who works at them. The signed chain says who is in; rows here say where to look."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from casework import clock, codes
from casework.access import policy
from casework.access.actor import Actor
from casework.access.models import Desk, Membership
from casework.access.policy import Action
from casework.access.signing_in import insist_on_pins
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
_MOST_CARRIED = 200


@dataclass(frozen=True)
class Caps:
    """What one worker can carry. Source of the numbers: casework practice, section 5.

    Attributes:
        open: cases that are not closed.
        urgent: of these, cases of high risk and emergencies.
    """

    open: int = 15
    urgent: int = 5


LONGEST_CARE = 400


@dataclass(frozen=True)
class Named:
    """A desk as its members see it.

    Attributes:
        id, code: of the desk; the code stands in addresses and says nothing.
        name: opened; None where the reader holds no key, or it does not open.
        role: what the reader is there.
        network: whether this is the network itself.
        zone: where its clock stands, an IANA name.
    """

    id: UUID
    code: str
    name: str | None
    role: Role
    network: bool
    zone: str = "UTC"


@dataclass(frozen=True)
class MemberLine:
    """Somebody at a desk, as the other members see them."""

    user_id: UUID
    name: str | None
    role: Role
    since: date


def found(
    person: PersonKeys,
    name: str,
    founder_name: str,
    network_id: UUID | None = None,
    desk_id: UUID | None = None,
) -> DeskKeys:
    """Found a desk, or a network where no network is given; the founder is its first coordinator.

    Args:
        person: the founder, unlocked.
        name: of the desk, as its members will see it.
        founder_name: how the founder is called there.
        network_id: the network that the desk belongs to.
        desk_id: of the new desk; drawn here, if left out.

    Raises:
        Conflict: there is a desk of this id.
    """
    if desk_id is not None and db.session.get(Desk, desk_id) is not None:
        raise Conflict
    row = Desk(id=desk_id or uuid4(), code=new_code(), network_id=network_id, body=b"")
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Conflict from None
    desk = keeping.found_desk(person, row.id, network_id or row.id)
    row.body = desk.seal(_BODY, row.id, {"name": _checked(name)})
    enrol(desk, person.user_id, Role.COORDINATOR, founder_name)
    audit.record(desk, Event.DESK_FOUNDED)
    return desk


def found_another(actor: Actor, name: str, founder_name: str, form_token: UUID | None = None) -> str:
    """Found one more desk in the actor's network.

    Args:
        actor: its founder.
        name, founder_name: as `found` takes them.
        form_token: of the form; the same one twice founds one desk.

    Returns:
        The code of the new desk.

    Raises:
        Conflict: another page of the founder stored a profile meanwhile. Without the founder's pin nobody
            could ever open the desk, so it is not founded; sent again, it is.
    """
    policy.require(actor, Action.DESK_FOUND)
    desk_id = _id_of(actor, form_token or uuid4())
    try:
        found(actor.person, name, founder_name, actor.network.desk_id, desk_id)
    except Conflict:
        return _founded_before(desk_id)
    insist_on_pins(actor.person)
    return db.session.get_one(Desk, desk_id).code


def _id_of(actor: Actor, form_token: UUID) -> UUID:
    """The id that a form founds: another person's form, or another network's, never has the same."""
    return uuid5(form_token, f"{actor.user_id}/{actor.network.desk_id}")


def _founded_before(desk_id: UUID) -> str:
    """The code of a desk that the same form has founded already.

    Raises:
        Conflict: it has not.
    """
    code = db.session.scalar(select(Desk.code).where(Desk.id == desk_id))
    if code is None:
        raise Conflict
    return code


def enrol(desk: DeskKeys, user_id: UUID, role: Role, name: str) -> None:
    """Write down that the chain has somebody, and how the desk calls them."""
    row = Membership(id=uuid4(), desk_id=desk.desk_id, user_id=user_id, role=role.value, since=clock.today())
    row.body = desk.seal(_MEMBER, row.id, {"name": _checked(name), "user": str(user_id)})
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


def settings(actor: Actor) -> tuple[dict[str, Any], int]:
    """What a desk keeps about itself, and the revision that it was read at, for those who may change it."""
    policy.require(actor, Action.DESK_NAME)
    return body(actor.desk)


def body(desk: DeskKeys) -> tuple[dict[str, Any], int]:
    """The same, for whoever holds the keys."""
    row = db.session.get_one(Desk, desk.desk_id)
    value = desk.open(_BODY, row.id, row.body)
    return (value if isinstance(value, dict) else {}), row.rev


def rename(
    actor: Actor,
    name: str,
    rev: int,
    zone: str | None = None,
    hours: dict[str, int] | None = None,
    caps: Caps | None = None,
    care: str | None = None,
) -> None:
    """Say what the desk is called, where its clock stands and how soon it answers.

    Args:
        actor: a coordinator.
        name: of the desk.
        rev: the revision that the sender had seen.
        zone: of the list `zones`; left as it is, if left out.
        hours: by code of the list `risk`, within how many hours the desk answers; never more than the list says.
        caps: what one worker can carry; left as it is, if left out.
        care: whom somebody of the desk can talk to after something hard; left as it is, if left out.

    Raises:
        Conflict: somebody else did so meanwhile.
        Invalid: an unknown zone, more hours than the list allows, or a load that cannot be meant.
    """
    policy.require(actor, Action.DESK_NAME)
    row = db.session.get_one(Desk, actor.desk.desk_id)
    value, now = body(actor.desk)
    if rev != now:
        raise Conflict
    if zone is not None:
        value["zone"] = codes.load("zones").code(zone).key
    if hours is not None:
        value["hours"] = {risk: _soon_enough(risk, within) for risk, within in hours.items()}
    if caps is not None:
        _check_caps(caps)
        value["caps"] = [caps.open, caps.urgent]
    if care is not None:
        value["care"] = care.strip()[:LONGEST_CARE]
    row.body = actor.desk.seal(_BODY, row.id, value | {"name": _checked(name)})
    audit.record(actor.desk, Event.DESK_NAMED)


def _soon_enough(risk: str, within: int) -> int:
    """A desk answers sooner than the network asks, never later."""
    most = int(codes.load("risk").fact(risk, "response_hours"))
    if not 1 <= within <= most:
        raise Invalid("At least one hour, and at most %(most)s.", f"hours_{risk}", most=most)
    return within


def _check_caps(caps: Caps) -> None:
    for name, count in (("cap_open", caps.open), ("cap_urgent", caps.urgent)):
        if not 1 <= count <= _MOST_CARRIED:
            raise Invalid("At least one case, and at most %(most)s.", name, most=_MOST_CARRIED)


def caps(desk: DeskKeys) -> Caps:
    """What one worker of a desk can carry: what it chose, else what practice says."""
    value, _ = body(desk)
    return Caps(*value["caps"]) if value.get("caps") else Caps()


def response_hours(desk: DeskKeys) -> dict[str, int]:
    """Within how many hours the desk answers, by risk: what it chose, else what the list says."""
    value, _ = body(desk)
    listed = {code.key: int(code.facts["response_hours"]) for code in codes.load("risk")}
    return listed | {key: int(hours) for key, hours in value.get("hours", {}).items() if key in listed}


def members(actor: Actor) -> list[MemberLine]:
    """Everybody whom the chain has, by name; a row that the chain does not know is not shown."""
    policy.require(actor, Action.MEMBER_VIEW)
    return lines_of(actor.desk)


def staff(actor: Actor) -> list[MemberLine]:
    """Those of a desk who can work on its cases."""
    return [line for line in members(actor) if policy.works_cases(line.role)]


def has_a_place(desk: DeskKeys, who: UUID) -> bool:
    """Whether somebody can be given work at a desk: its signed chain has them, and their last day has not come."""
    member = desk.state.members.get(who)
    if member is None or not policy.works_cases(member.role):
        return False
    return db.session.scalar(_gone(desk).where(Membership.user_id == who)) is None


def working(desk: DeskKeys) -> frozenset[UUID]:
    """Everybody who can be given work at a desk."""
    there = {who for who, member in desk.state.members.items() if policy.works_cases(member.role)}
    return frozenset(there).difference(db.session.scalars(_gone(desk)))


def _gone(desk: DeskKeys) -> Select[UUID]:
    """Those whose last day has come."""
    return select(Membership.user_id).where(
        Membership.desk_id == desk.desk_id, Membership.ends_on <= clock.today()
    )


def lines_of(desk: DeskKeys) -> list[MemberLine]:
    """The same as `members`, for whoever holds the keys."""
    rows = db.session.scalars(select(Membership).where(Membership.desk_id == desk.desk_id))
    lines = [
        MemberLine(row.user_id, _name(desk, row), desk.state.members[row.user_id].role, row.since)
        for row in rows
        if row.user_id in desk.state.members
    ]
    return sorted(lines, key=lambda line: (line.name or "").casefold())


def _name(desk: DeskKeys, row: Membership) -> str | None:
    try:
        value = desk.open(_MEMBER, row.id, row.body)
    except Refused:
        return None
    # The row's user could be exchanged with another's: the name is only theirs whom the seal names.
    own = isinstance(value, dict) and value.get("user") == str(row.user_id)
    return value["name"] if own and isinstance(value, dict) else None
