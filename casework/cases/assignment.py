"""Who works on a case: one, and another who can stand in. Nobody's case hangs on one person."""

from uuid import UUID

from casework.access import desks
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases import legal_status
from casework.cases.changing import CLOSED, Differing, changing
from casework.cases.first_contact import FIRST
from casework.cases.models import Case
from casework.cases.opening import OpenCase
from casework.errors import Invalid
from casework.vault import DeskKeys

Pair = tuple[UUID | None, UUID | None]


def assign(actor: Actor, ref: str, primary: UUID | None, backup: UUID | None, seen: Pair) -> OpenCase:
    """Say who works on a case. A closed one can be handed over too: it may be reopened.

    Args:
        actor: who says so.
        ref: the case's reference.
        primary, backup: the worker and who stands in.
        seen: the pair that the sender had seen.

    Raises:
        Differing: somebody else assigned it meanwhile; carries both pairs.
        Invalid: not two different people of this desk, or one is missing although the case was accepted.
    """
    with changing(actor, ref, Action.CASE_ASSIGN, also_closed=True) as case:
        now = (case.row.primary_id, case.row.backup_id)
        if now not in (seen, (primary, backup)):
            raise Differing(now, (primary, backup), seen)
        check(actor.desk, case.row.status, primary, backup)
        put(case, (primary, backup))
    return case


def put(case: OpenCase, pair: Pair) -> None:
    """Write down who works on a case that is being changed, and record it; `check` comes first.

    Raises:
        Invalid: one of them cannot see the case.
    """
    if case.keys.named is not None and not {who for who in pair if who} <= case.keys.named:
        raise Invalid(
            "Only those who can see this case can work on it. Change who can see it first.", "primary"
        )
    case.row.primary_id, case.row.backup_id = pair
    legal_status.hand_on(case)
    primary, backup = map(_text, pair)
    audit.record(case.actor.desk, Event.CASE_ASSIGNED, case=case.keys, primary=primary, backup=backup)


def complete(row: Case) -> bool:
    """Whether a case has both of its workers."""
    return row.primary_id is not None and row.backup_id is not None


def check(desk: DeskKeys, status: str, primary: UUID | None, backup: UUID | None) -> None:
    """Whether these two may work on a case that stands there.

    Args:
        desk: whose case it is.
        status: where it stands, or is to stand.
        primary, backup: the worker and who stands in.

    Raises:
        Invalid: they are not two different people of this desk, or one is missing although it was accepted.
    """
    for who, field in ((primary, "primary"), (backup, "backup")):
        if who is not None and not desks.has_a_place(desk, who):
            raise Invalid("Choose somebody who works on the cases of this desk.", field)
        if who is None and status not in (FIRST, CLOSED):
            raise Invalid("An accepted case needs a worker and somebody who stands in.", field)
    if primary is not None and primary == backup:
        raise Invalid("The worker and who stands in are two people.", "backup")


def _text(who: UUID | None) -> str | None:
    return str(who) if who else None
