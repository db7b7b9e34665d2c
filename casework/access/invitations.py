"""One-time links: the operator's for the first coordinator, a coordinator's for everybody else."""

import secrets
from base64 import urlsafe_b64encode
from collections import Counter
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from casework import clock
from casework.access import desks, policy
from casework.access.actor import Actor
from casework.access.models import Desk, Invitation
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Invalid, NotFound, Refused
from casework.vault import DeskKeys, Role
from casework.vault.catalogue import field
from casework.vault.encoding import kdf

_BODY = field("invitation.body")
_TOKEN_BYTES = 24
_LIFE = timedelta(days=3)
_SET_UP_LIFE = timedelta(hours=24)

OPEN, ANSWERED = "open", "answered"


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
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    db.session.add(_row(token, Role.COORDINATOR, _SET_UP_LIFE))
    return token


def invite(actor: Actor, name: str, role: Role, form_token: UUID | None = None) -> str:
    """A coordinator's link for somebody they know.

    Args:
        actor: the coordinator.
        name: how the desk will call them; sealed to the desk.
        role: what they will be there.
        form_token: of the form; the same one twice makes one invitation and gives the same link.

    Returns:
        The token of the link, to be handed over in person or by a channel that is safe.
    """
    policy.require(actor, Action.MEMBER_INVITE)
    if role not in policy.guests_of(actor):
        raise Invalid("Please choose what they will do here.", "role")
    if not name.strip():
        raise Invalid("Please give a name.", "name")
    return _made(actor, name.strip(), role, form_token or uuid4(), {})


def _made(actor: Actor, name: str, role: Role, form_token: UUID, more: dict[str, str]) -> str:
    token = _link_of(actor, form_token)
    row = _row(token, role, _LIFE)
    row.desk_id, row.inviter_id = actor.desk.desk_id, actor.user_id
    row.body = actor.desk.seal(_BODY, row.id, {"name": name, "role": role.value, **more})
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return token
    audit.record(actor.desk, Event.MEMBER_INVITED, role=role.value)
    return token


def invite_back(actor: Actor, user_id: UUID, form_token: UUID) -> str:
    """A link for a member who lost their words: they come with new keys, and keep their work.

    Args:
        actor: a coordinator, who compares the code with them afterwards.
        user_id: who they are in the chain now.
        form_token: of the form; the same one twice gives the same link.

    Raises:
        NotFound: nobody here has this id.
    """
    policy.require(actor, Action.MEMBER_REMOVE)
    known = {line.user_id: line for line in desks.members(actor)}.get(user_id)
    if known is None or user_id == actor.user_id:
        raise NotFound
    return _made(actor, known.name or "", known.role, form_token, {"replaces": str(user_id)})


def replaces(desk: DeskKeys, row: Invitation) -> UUID | None:
    """Whose place the newcomer takes; None for somebody new."""
    value = desk.open(_BODY, row.id, row.body)
    old = value.get("replaces") if isinstance(value, dict) else None
    return UUID(old) if old else None


def by_token(token: str) -> Invitation:
    """The invitation of a link.

    Raises:
        NotFound: there is none, it was answered, or it has ended.
    """
    return _open(_of(token))


def to_answer(token: str) -> Invitation:
    """The same, held until the transaction ends: of two who answer one link, the second finds it answered."""
    return _open(_of(token).with_for_update())


def _of(token: str) -> Select[Invitation]:
    return select(Invitation).where(Invitation.token_hash == _hash(token))


def _open(asked: Select[Invitation]) -> Invitation:
    row = db.session.scalar(asked.execution_options(populate_existing=True))
    if row is None or row.state != OPEN or row.ends_at <= clock.now():
        raise NotFound
    return row


def held(actor: Actor, invitation_id: UUID) -> Invitation:
    """An invitation of the actor's desk, held until the transaction ends.

    Raises:
        NotFound: this desk has none with this id, or none any more.
    """
    asked = select(Invitation).where(Invitation.id == invitation_id, Invitation.desk_id == actor.desk_id)
    row = db.session.scalar(asked.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    return row


def waiting(actor: Actor) -> list[tuple[Invitation, str | None]]:
    """The invitations of a desk that are not finished, each with the name that it was made for.

    One that does not open has no name, and harms no other.
    """
    policy.require(actor, Action.MEMBER_INVITE)
    rows = db.session.scalars(
        select(Invitation).where(Invitation.desk_id == actor.desk_id).order_by(Invitation.ends_at)
    )
    going = [row for row in rows if row.state == ANSWERED or row.ends_at > clock.now()]
    return [(row, _name_if_it_opens(actor.desk, row)) for row in going]


def _name_if_it_opens(desk: DeskKeys, row: Invitation) -> str | None:
    try:
        role_in(desk, row)
        return name_in(desk, row)
    except Refused:
        return None


def name_in(desk: DeskKeys, row: Invitation) -> str:
    """How the inviting coordinator called them."""
    value = desk.open(_BODY, row.id, row.body)
    return str(value["name"]) if isinstance(value, dict) else ""


def role_in(desk: DeskKeys, row: Invitation) -> Role:
    """What the inviting coordinator meant them to be; the plain column is only believed when it says the same.

    Raises:
        Refused: it says something else: somebody changed it in the database.
    """
    value = desk.open(_BODY, row.id, row.body)
    if not isinstance(value, dict) or value.get("role") != row.role:
        raise Refused
    return Role(value["role"])


def cancel(actor: Actor, invitation_id: UUID) -> None:
    """Take an invitation back, answered or not.

    Raises:
        NotFound: this desk has none with this id.
    """
    policy.require(actor, Action.MEMBER_INVITE)
    row = held(actor, invitation_id)
    audit.record(actor.desk, Event.INVITATION_CANCELLED, role=row.role)
    db.session.delete(row)


def purge() -> Counter[UUID]:
    """Delete links that nobody answered in time; needs no keys.

    Returns:
        How many there were at each desk.
    """
    gone = db.session.scalars(
        delete(Invitation)
        .where(Invitation.state == OPEN, Invitation.ends_at <= clock.now())
        .returning(Invitation.desk_id)
    )
    return Counter(desk_id for desk_id in gone if desk_id is not None)


def _link_of(actor: Actor, form_token: UUID) -> str:
    """The secret of a link: drawn from the inviter's own root, so that a form sent twice gives it twice.

    Its hash is unique in the store, so the same link cannot stand there twice either.
    """
    drawn = kdf(actor.person.root, "invitation link", actor.desk.desk_id, form_token).expose()
    return urlsafe_b64encode(drawn[:_TOKEN_BYTES]).decode()


def _row(token: str, role: Role, life: timedelta) -> Invitation:
    return Invitation(
        id=uuid4(), token_hash=_hash(token), role=role.value, state=OPEN, ends_at=clock.now() + life
    )


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
