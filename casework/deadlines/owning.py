"""Whose a date is: who takes an emergency by name, who does it, who stands in."""

from uuid import UUID

from casework.access.actor import Actor
from casework.deadlines.changed import check_pair, put, turning
from casework.deadlines.held import Held, Sort
from casework.errors import Invalid


def acknowledge(actor: Actor, ref: str, deadline_id: UUID) -> None:
    """Somebody takes an emergency upon themselves, by name. It is theirs until it is done.

    Raises:
        Invalid: it is no emergency, or somebody has it already.
    """
    with turning(actor, ref, deadline_id) as (case, now):
        if now.sort is not Sort.EMERGENCY:
            raise Invalid("This is no emergency.")
        if now.acknowledged:
            if now.owner_id == actor.user_id:
                return
            raise Invalid("Somebody has taken this upon themselves already.")
        put(case, _taken_up(now, actor.user_id), "acknowledged")


def hand_to(actor: Actor, ref: str, deadline_id: UUID, owner: UUID | None, backup: UUID | None) -> None:
    """Say whose it is, and who stands in.

    Raises:
        Invalid: they are not two different people of this desk.
    """
    with turning(actor, ref, deadline_id) as (case, now):
        check_pair(case, owner, backup)
        put(case, now.turned("taken", actor.user_id, owner_id=owner, backup_id=backup), "owner")


def take(actor: Actor, ref: str, deadline_id: UUID) -> None:
    """Say that one does it oneself; whose it was before stands in, if anybody.

    Raises:
        Invalid: it was ended already.
    """
    with turning(actor, ref, deadline_id) as (case, now):
        if now.owner_id == actor.user_id:
            return
        if now.sort is Sort.EMERGENCY:
            raise Invalid("Take the emergency upon yourself on its own page.")
        backup = now.owner_id or (now.backup_id if now.backup_id != actor.user_id else None)
        check_pair(case, actor.user_id, backup)
        put(case, now.turned("taken", actor.user_id, owner_id=actor.user_id, backup_id=backup), "owner")


def _taken_up(now: Held, who: UUID) -> Held:
    """An emergency that somebody has taken upon themselves; nobody stands in for themselves."""
    backup = now.backup_id if now.backup_id != who else None
    return now.turned("acknowledged", who, owner_id=who, backup_id=backup, wake_at=None)
