"""One-time links: the operator's for the first coordinator, a coordinator's for everybody else."""

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.models import Desk, Invitation
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound
from casework.vault import DeskKeys, Role
from casework.vault.catalogue import field

_BODY = field("invitation.body")
_TOKEN_BYTES = 24
_LIFE = timedelta(days=3)
_SET_UP_LIFE = timedelta(hours=24)

OPEN, ANSWERED = "open", "answered"

#: Whom a desk may invite, and whom the network itself may.
DESK_ROLES = (Role.VOLUNTEER, Role.COORDINATOR, Role.ALLY)
NETWORK_ROLES = (Role.CAMPAIGN, Role.COORDINATOR)


def for_set_up() -> str:
    """The operator's link for the first coordinator; an earlier one that nobody used ends.

    Returns:
        The token of the link; only its hash is kept.

    Raises:
        Invalid: the network was founded already.
    """
    if db.session.scalar(select(Desk.id).limit(1)) is not None:
        raise Invalid("This installation has a network already. Its coordinators invite everybody else.")
    db.session.execute(delete(Invitation).where(Invitation.desk_id.is_(None)))
    token, row = _new(Role.COORDINATOR, _SET_UP_LIFE)
    db.session.add(row)
    return token


def invite(actor: Actor, name: str, role: Role) -> str:
    """A coordinator's link for somebody they know.

    Args:
        actor: the coordinator.
        name: how the desk will call them; sealed to the desk.
        role: what they will be there.

    Returns:
        The token of the link, to be handed over in person or by a channel that is safe.
    """
    policy.require(actor, Action.MEMBER_INVITE)
    if role not in roles_for(actor.desk):
        raise Invalid("Please choose what they will do here.", "role")
    if not name.strip():
        raise Invalid("Please give a name.", "name")
    token, row = _new(role, _LIFE)
    row.desk_id, row.inviter_id = actor.desk.desk_id, actor.user_id
    row.body = actor.desk.seal(_BODY, row.id, {"name": name.strip()})
    db.session.add(row)
    audit.record(actor.desk, Event.MEMBER_INVITED, role=role.value)
    return token


def roles_for(desk: DeskKeys) -> tuple[Role, ...]:
    """Whom a desk may invite: the network admits campaign teams, a desk everybody else."""
    return NETWORK_ROLES if desk.state.network_id == desk.desk_id else DESK_ROLES


def by_token(token: str) -> Invitation:
    """The invitation of a link.

    Raises:
        NotFound: there is none, it was answered, or it has ended.
    """
    row = db.session.scalar(select(Invitation).where(Invitation.token_hash == _hash(token)))
    if row is None or row.state != OPEN or row.ends_at <= clock.now():
        raise NotFound
    return row


def waiting(desk: DeskKeys) -> list[tuple[Invitation, str | None]]:
    """The invitations of a desk that are not finished, each with the name that it was made for."""
    rows = db.session.scalars(
        select(Invitation).where(Invitation.desk_id == desk.desk_id).order_by(Invitation.ends_at)
    )
    return [(row, name_in(desk, row)) for row in rows if row.state == ANSWERED or row.ends_at > clock.now()]


def name_in(desk: DeskKeys, row: Invitation) -> str:
    """How the inviting coordinator called them."""
    value = desk.open(_BODY, row.id, row.body)
    return str(value["name"]) if isinstance(value, dict) else ""


def cancel(actor: Actor, invitation_id: UUID) -> None:
    """Take an invitation back, answered or not.

    Raises:
        NotFound: this desk has none with this id.
    """
    policy.require(actor, Action.MEMBER_INVITE)
    row = db.session.get(Invitation, invitation_id)
    if row is None or row.desk_id != actor.desk_id:
        raise NotFound
    audit.record(actor.desk, Event.INVITATION_CANCELLED, role=row.role)
    db.session.delete(row)


def purge() -> int:
    """Delete links that nobody answered in time; needs no keys.

    Returns:
        How many there were.
    """
    gone = db.session.execute(
        delete(Invitation)
        .where(Invitation.state == OPEN, Invitation.ends_at <= clock.now())
        .returning(Invitation.id)
    )
    return len(gone.all())


def _new(role: Role, life: timedelta) -> tuple[str, Invitation]:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = Invitation(
        id=uuid4(), token_hash=_hash(token), role=role.value, state=OPEN, ends_at=clock.now() + life
    )
    return token, row


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
