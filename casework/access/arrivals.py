"""What happens around a sign-in: pins move on, each desk records it, the audit gets its witness."""

from sqlalchemy import select

from casework.access import sessions
from casework.access.doorway import Doorway
from casework.access.models import Desk, Membership
from casework.audit import service as audit
from casework.audit.events import Event
from casework.db import db
from casework.errors import Locked, Refused
from casework.vault import DeskKeys, PersonKeys, keeping


def arrive(person: PersonKeys) -> None:
    """Record a sign-in at every desk that opens, and witness its audit; a desk that does not open is left.

    Whoever admits somebody takes the chains first and the record after that; so the same is done here.
    """
    desks = opened(person)
    unwitnessed = [desk.desk_id for desk in desks if audit.lacks_witness(desk.desk_id)]
    for desk_id in unwitnessed:
        keeping.hold_chain(desk_id)
    for desk in desks:
        audit.record(desk, Event.SIGNED_IN)
        if desk.desk_id in unwitnessed:
            audit.witness(desk)


def sign_out_everywhere(door: Doorway, person: PersonKeys) -> None:
    """End every session of somebody, and record it at their desks."""
    ended = sessions.end_all(door, person.user_id)
    for desk in opened(person):
        audit.record(desk, Event.SIGNED_OUT_EVERYWHERE, sessions=ended)


def opened(person: PersonKeys) -> list[DeskKeys]:
    """The desks whose secret somebody holds and that open now: the desks, then their network.

    Always in this order: two who sign in take the same rows, and neither waits for what the other holds.
    """
    mine = Membership.user_id == person.user_id
    ids = db.session.scalars(
        select(Desk.id)
        .join(Membership, Membership.desk_id == Desk.id)
        .where(mine)
        .order_by(Desk.network_id.is_(None), Desk.id)
    ).all()
    found = []
    for desk_id in ids:
        try:
            found.append(keeping.open_desk(person, desk_id))
        except (Refused, Locked):
            continue
    return found
