"""What of a grant waits: for a ruling on a possible conflict, or to be given again after its case was damaged."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casework import clock
from casework.access.actor import Actor
from casework.access.policy import Action
from casework.audit import service as audit
from casework.audit.events import Event
from casework.cases.changing import changing
from casework.cases.opening import OpenCase
from casework.db import db
from casework.errors import Invalid
from casework.sharing import conflicts, grants, terms
from casework.vault.keeping import granting
from casework.vault.models import Grant


def rule(actor: Actor, ref: str, grant_id: UUID, reason: str, *, allow: bool) -> None:
    """A coordinator rules on what the conflict check found; without a reason nothing is ruled.

    Raises:
        Invalid: no reason, it does not wait, the ally has no list yet, or the person has not agreed any more.
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.GRANT_MAKE) as case:
        row, given = grants.one(case, grant_id)
        if row.state != granting.WAITING:
            raise Invalid("This does not wait for anything any more.")
        if not reason.strip():
            raise Invalid("Write down why, so that it can be answered for.", "reason")
        if allow:
            _allow(case, row, given, reason.strip())
        else:
            row.state = granting.DUE
            grants.put(case, row, given | {"ended": {"at": clock.now().isoformat(), "why": "conflict"}})
        audit.record(
            actor.desk,
            Event.GRANT_RULED,
            case=case.keys,
            grant=str(grant_id),
            allowed=allow,
            reason=reason.strip(),
        )


def _allow(case: OpenCase, row: Grant, given: dict[str, Any], reason: str) -> None:
    if terms.agreed(case, given["name"]) is None or row.ends_on < clock.today():
        raise Invalid("The person's agreement does not hold any more. Ask them first.")
    found = conflicts.compare(case, row.ally_id)
    if found.unlisted:
        raise Invalid("They have not said yet whom they act for, so nothing could be compared.")
    allowed = {"ruled": reason, "allowed": found.hits}
    _open(case, row, given | conflicts.as_given(case, found) | allowed)


def compare_again(actor: Actor, ref: str, grant_id: UUID) -> bool:
    """Compare once more, because the ally has given their list or changed it.

    Returns:
        Whether nothing was found, so that the ally reads now.

    Raises:
        NotFound, Denied: not for this person.
        Invalid: it does not wait, or the person has not agreed any more.
    """
    with changing(actor, ref, Action.GRANT_MAKE) as case:
        row, given = grants.one(case, grant_id)
        if row.state != granting.WAITING:
            raise Invalid("This does not wait for anything any more.")
        return _compare(case, row, given)


def _compare(case: OpenCase, row: Grant, given: dict[str, Any]) -> bool:
    fresh = given | conflicts.as_given(case, conflicts.compare(case, row.ally_id))
    if granting.blocked(fresh):
        grants.put(case, row, fresh)
        return False
    if terms.agreed(case, given["name"]) is None:
        raise Invalid("The person's agreement does not hold any more. Ask them first.")
    _open(case, row, fresh)
    return True


@dataclass(frozen=True)
class Again:
    """What giving everything again came to.

    Attributes:
        given: how many can be read now.
        waiting: how many still wait: for a ruling, a list, or the person's agreement.
    """

    given: int
    waiting: int


def give_again(actor: Actor, ref: str) -> Again:
    """After a damaged case was let stand: give again what was given, as far as it may still be given.

    Raises:
        NotFound, Denied: not for this person.
    """
    with changing(actor, ref, Action.GRANT_MAKE) as case:
        waits = [(row, given) for row, given in grants.rows_of(case) if _mended(row, given)]
        opened = [_if_it_may(case, row, given) for row, given in waits]
        for (row, _), now in zip(waits, opened, strict=True):
            if now:
                audit.record(actor.desk, Event.GRANT_AGAIN, case=case.keys, grant=str(row.id))
    return Again(sum(opened), len(opened) - sum(opened))


def _mended(row: Grant, given: dict[str, Any]) -> bool:
    return bool(given.get("mended")) and row.state == granting.WAITING and row.ends_on >= clock.today()


def _if_it_may(case: OpenCase, row: Grant, given: dict[str, Any]) -> bool:
    try:
        return _compare(case, row, given)
    except Invalid:
        return False


def follow(case: OpenCase) -> None:
    """Hold what a case says now against the lists of allies who read it; a new hit closes it to them until it is ruled.

    Args:
        case: being saved. A case whose names are as they were compared costs one look.
    """
    if not case.keys.statement.count(granting.BODY):
        return
    living = [(row, given) for row, given in grants.rows_of(case) if row.state == granting.LIVE]
    marks = conflicts.marks_of(case) if living else {}
    for row, given in living:
        if not marks.items() <= given.get("compared", {}).items():
            _look_again(case, row, given)


def _look_again(case: OpenCase, row: Grant, given: dict[str, Any]) -> None:
    fresh = given | conflicts.as_given(case, conflicts.compare(case, row.ally_id), given.get("compared", {}))
    if granting.blocked(fresh):
        row.state, row.box = granting.WAITING, None
        audit.record(case.actor.desk, Event.GRANT_PAUSED, case=case.keys, grant=str(row.id))
    grants.put(case, row, fresh)
    db.session.flush()


def _open(case: OpenCase, row: Grant, given: dict[str, Any]) -> None:
    row.state = granting.LIVE
    given = {name: value for name, value in given.items() if name != "mended"}
    grants.put(case, row, given)
    granting.box(case.actor.desk, case.keys, row, given)
