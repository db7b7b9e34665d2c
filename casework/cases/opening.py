"""Opening a case: its row, its keys and its statement at once, each section only when somebody reads it."""

from sqlalchemy import select

from casework.access import policy
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.cases import apart, references, stating
from casework.cases.models import Case
from casework.cases.opened import OpenCase, SectionValues, State
from casework.db import db
from casework.errors import NeedsReason, NotFound, Refused
from casework.vault import CaseKeys, keeping

__all__ = ["OpenCase", "SectionValues", "State", "hold", "load"]


def load(actor: Actor, ref: str, action: Action = Action.CASE_OPEN) -> OpenCase:
    """Open a case by its reference.

    Args:
        actor: who asks, at one desk.
        ref: as it stands in the address, or as somebody typed it.
        action: what for.

    Raises:
        NotFound: no such reference, or a case of another desk.
        Denied: this role may not.
        Refused: the case's key or its statement does not open, the reference is another case's, or the
            record knows of a newer save; nothing of the case opens then.
        Conflict: the desk's keys were changed just now.
        NeedsReason: it is somebody else's, and why it is opened was not said yet.
    """
    return _asked_why(_open(actor, _found(actor, ref, action, for_change=False), held=False))


def for_upkeep(actor: Actor, ref: str) -> OpenCase:
    """Open a case for what nobody reads: its card is made anew, its keys are renewed. It asks for no reason.

    Raises:
        As `load`.
    """
    return _open(actor, _found(actor, ref, Action.CASE_OPEN, for_change=False), held=False)


def hold(actor: Actor, ref: str, action: Action) -> OpenCase:
    """Open a case to change it; nobody else changes it until this transaction ends.

    Raises:
        As `load`.
    """
    case = _asked_why(_open(actor, _found(actor, ref, action, for_change=True), held=True))
    case.keys = keeping.writable(actor.desk, case.keys)
    return case


def hold_for_upkeep(actor: Actor, ref: str) -> OpenCase:
    """Hold a case to bring up to date what follows from it; nobody reads it meanwhile, so nobody asks why.

    Raises:
        As `load`.
    """
    case = _open(actor, _found(actor, ref, Action.CASE_OPEN, for_change=True), held=True)
    case.keys = keeping.writable(actor.desk, case.keys)
    return case


def without_statement(actor: Actor, ref: str, action: Action, *, held: bool) -> OpenCase:
    """Open a case whose statement is not to be believed, to see what is left of it; nothing is compared.

    Raises:
        NotFound, Denied: not for this person.
        Refused: its key does not open.
    """
    row = _found(actor, ref, action, for_change=held)
    case = OpenCase(actor, row, _keys(actor, row), held=held)
    if held:
        case.keys = keeping.writable(actor.desk, case.keys)
    return case


def _found(actor: Actor, ref: str, action: Action, *, for_change: bool) -> Case:
    policy.require(actor, action)
    query = policy.visible(actor, select(Case).where(Case.ref == _written(ref)), Case.desk_id, action)
    if for_change:
        # Rows may still point to the case meanwhile: another case's save moves cards of many cases.
        query = query.with_for_update(key_share=True)
    row = db.session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound
    policy.require(actor, action, row)
    return row


def _asked_why(case: OpenCase) -> OpenCase:
    """A case that nobody has taken is everybody's: to take it up is the work. Who is named needs no reason."""
    row, who = case.row, case.actor.user_id
    theirs = row.primary_id is None or who in (row.primary_id, row.backup_id) or case.keys.restricted
    if not theirs and not case.actor.said_why(row.id):
        raise NeedsReason(row.ref)
    return case


def _written(ref: str) -> str:
    found = references.read(ref)
    if found is None:
        raise NotFound
    return found


def _open(actor: Actor, row: Case, *, held: bool) -> OpenCase:
    case = OpenCase(actor, row, _keys(actor, row), held=held)
    stating.read(case.keys, row)
    while audit.knows_newer(case.keys):
        # A save came between the row and the record; or the row is an older one, put back.
        if not case.renew():
            raise Refused
    if held:
        case.keys.statement.begin()
    _take_the_sealed_word(case)
    apart.check(case)
    return case


def _keys(actor: Actor, row: Case) -> CaseKeys:
    try:
        return keeping.open_case(actor.desk, row.id)
    except Refused:
        # A case that is closed to this person answers as one that is not there, and leaves no line either:
        # by it a coordinator could tell that there is one.
        if row.id in keeping.restricted_cases(actor.desk)[1]:
            raise NotFound from None
        raise


def _take_the_sealed_word(case: OpenCase) -> None:
    """Plain columns count for as much as the statement says of them."""
    names = stating.differing(case.keys, case.row)
    if "ref" in names:
        raise Refused
    stating.restore(case.keys, case.row, names, held=case.held)
    for name in names:
        case.complain(f"case.{name}")
