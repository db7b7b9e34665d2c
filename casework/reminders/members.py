"""Memberships of a desk as jobs see them: who works here today, and who asked to be reminded."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.models import Membership
from casework.access.policy import Action
from casework.db import db
from casework.reminders.models import CalendarFeed, Reminder
from casework.vault import Role


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who asked to be reminded.

    Attributes:
        membership_id, user_id: who.
        coordinator: whether they are one.
        feed, mail: by what.
    """

    membership_id: UUID
    user_id: UUID
    coordinator: bool
    feed: bool
    mail: bool


def working() -> tuple[ColumnElement[bool], ...]:
    """That somebody works on the cases of a desk today: by their membership's plain columns."""
    return (
        or_(Membership.ends_on.is_(None), Membership.ends_on > clock.today()),
        Membership.role.in_([Role.VOLUNTEER.value, Role.COORDINATOR.value]),
    )


def mine(actor: Actor) -> UUID:
    """The membership of somebody who may be reminded.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.REMINDER_SET)
    query = select(Membership.id).where(
        Membership.desk_id == actor.desk.desk_id, Membership.user_id == actor.user_id
    )
    found: UUID = policy.found(db.session.scalar(query))
    return found


def asked(desk_id: UUID) -> list[Asked]:
    """Who asked to be reminded at a desk."""
    query = (
        select(Membership.id, Membership.user_id, Membership.role, CalendarFeed.id, Reminder.id)
        .outerjoin(CalendarFeed, CalendarFeed.membership_id == Membership.id)
        .outerjoin(Reminder, Reminder.membership_id == Membership.id)
        .where(
            Membership.desk_id == desk_id,
            or_(CalendarFeed.id.is_not(None), Reminder.id.is_not(None)),
            *working(),
        )
    )
    return [
        Asked(membership_id, user_id, role == Role.COORDINATOR, feed is not None, mail is not None)
        for membership_id, user_id, role, feed, mail in db.session.execute(query)
    ]
