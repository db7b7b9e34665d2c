"""Changing one date of a case: finding it, holding the case meanwhile, keeping what became of it, and recording that."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from casework.access import desks, policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.deadlines import following, sealing
from casework.deadlines.held import Held
from casework.errors import Invalid


@contextmanager
def turning(
    actor: Actor, ref: str, deadline_id: UUID, *, ended: bool = False
) -> Iterator[tuple[OpenCase, Held]]:
    """Change one date of a case that is held meanwhile."""
    with changing(actor, ref, Action.DEADLINE_WORK, also_closed=True) as case:
        now = date_of(case, deadline_id)
        if now.running and ended:
            raise Invalid("This date runs.")
        if not (now.running or ended):
            raise Invalid("This date was ended already.")
        yield case, following.climbed(case, now)


def date_of(case: OpenCase, deadline_id: UUID) -> Held:
    """One date of an open case.

    Raises:
        NotFound: this case has no such date.
        Refused: it does not open.
    """
    found: Held = policy.found(next((each for each in sealing.read(case) if each.id == deadline_id), None))
    return found


def end(case: OpenCase, now: Held) -> None:
    """Keep how a date ended, or that it is asked to end, and record it with its reason."""
    sealing.put(case, now)
    audit.record(
        case.actor.desk,
        Event.DEADLINE_ENDED,
        case=case.keys,
        deadline=str(now.id),
        state=now.state.value,
        reason=now.turns[-1].reason,
    )


def put(case: OpenCase, now: Held, what: str) -> None:
    """Keep a date that was changed, and record which change it was."""
    sealing.put(case, now)
    _changed(case, now, what)


def _changed(case: OpenCase, now: Held, what: str) -> None:
    audit.record(case.actor.desk, Event.DEADLINE_CHANGED, case=case.keys, deadline=str(now.id), what=what)


def check_pair(case: OpenCase, owner: UUID | None, backup: UUID | None) -> None:
    """See to it that whoever does something and whoever stands in are two people who can see the case.

    Raises:
        Invalid: they are not; names the field.
    """
    for who, name in ((owner, "owner"), (backup, "backup")):
        if who is None:
            continue
        if not desks.has_a_place(case.actor.desk, who):
            raise Invalid("Choose somebody who works on the cases of this desk.", name)
        if case.keys.named is not None and who not in case.keys.named:
            raise Invalid("Choose somebody who can see this case.", name)
    if owner is not None and owner == backup:
        raise Invalid("Whoever does it and who stands in are two people.", "backup")
