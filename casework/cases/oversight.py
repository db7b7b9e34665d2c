"""What a coordinator looks at once a week: who opened cases that are not theirs, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from casework import clock
from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.models import Case
from casework.db import db
from casework.vault import keeping

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class WithReason:
    """A case that somebody opened who does not work on it.

    Attributes:
        ref: of the case.
        who: who opened it.
        at: when they said why.
        reason: of the list `opening_reasons`.
    """

    ref: str
    who: UUID
    at: datetime
    reason: str


def opened_with_reason(actor: Actor) -> list[WithReason]:
    """This week's, newest first. Cases that are closed to the reader are left out, as everywhere.

    Source: casework practice §5, rule 14.

    Raises:
        Denied: not for this person.
    """
    policy.require(actor, Action.DESK_AUDIT)
    seen = audit.lately(actor.desk, clock.today() - _WEEK, Event.OPENED_WITH_REASON)
    refs = _refs(actor, {UUID(one.details["case_id"]) for one in seen})
    return [
        WithReason(ref, one.actor_id, one.at, one.details["reason"])
        for one in seen
        if one.actor_id and one.at and (ref := refs.get(UUID(one.details["case_id"])))
    ]


def _refs(actor: Actor, case_ids: set[UUID]) -> dict[UUID, str]:
    if not case_ids:
        return {}
    _, hidden = keeping.restricted_cases(actor.desk)
    rows = policy.visible(actor, select(Case).where(Case.id.in_(case_ids - hidden)), Case.desk_id)
    return {row.id: row.ref for row in db.session.scalars(rows)}
