"""What an ally promises before they read anything: accepted once, signed with their own key."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import NotFound
from casework.sharing.models import Undertaking
from casework.vault import ChainState, keeping, to_desk

#: Raised when the words change; everybody is asked again then.
VERSION = 1
_PURPOSE = "undertaking"


def accept(actor: Actor) -> None:
    """The ally promises. Twice is as good as once.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.REVIEW_READ)
    if accepted_on(actor) is not None or actor.desk_id is None:
        return
    state = keeping.load(actor.desk_id, actor.person)
    row = Undertaking(id=uuid4(), desk_id=state.desk_id, user_id=actor.user_id)
    row.version, row.on = VERSION, clock.today()
    row.signature = to_desk.sign(actor.person, _PURPOSE, *_parts(row))
    db.session.add(row)
    audit.record_keyless(state, Event.UNDERTAKEN, actor.user_id, version=str(VERSION))


def accepted_on(actor: Actor) -> date | None:
    """The day on which the ally who asks promised; None where they did not, or somebody else wrote it down.

    Raises:
        NotFound: at no desk.
    """
    if actor.desk_id is None:
        raise NotFound
    return of(keeping.load(actor.desk_id, actor.person), actor.user_id)


def of(state: ChainState, user_id: UUID) -> date | None:
    """The same, for whoever has the desk's chain."""
    mine = (Undertaking.desk_id == state.desk_id, Undertaking.user_id == user_id)
    row = db.session.scalar(select(Undertaking).where(*mine, Undertaking.version == VERSION))
    if row is None or not to_desk.signed_by(state, user_id, row.signature, _PURPOSE, *_parts(row)):
        return None
    return row.on


def _parts(row: Undertaking) -> tuple[UUID | int | str, ...]:
    return row.desk_id, row.user_id, row.version, row.on.isoformat()
